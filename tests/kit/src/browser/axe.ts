import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Something that keeps people out, as axe names it. */
export interface Barrier {
  readonly rule: string
  readonly impact: string
  readonly help: string
  /** Where: selectors, each with what is wrong there. At most `placesMax`. */
  readonly places: readonly string[]
}

interface Ran {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string | null
    readonly help: string
    readonly nodes: readonly {
      readonly target: readonly unknown[]
      readonly failureSummary?: string
    }[]
  }[]
}

const world = 'newswire-axe'
const placesMax = 5
const rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }

/**
 * The serious and critical findings of axe. It runs in a world of its own beside the page's
 * scripts, where the page's policy (CSP) neither stops it nor is loosened for it.
 */
export async function seriousBarriers(page: Page): Promise<readonly Barrier[]> {
  const session = await page.context().newCDPSession(page)
  try {
    const { frameTree } = await session.send('Page.getFrameTree')
    const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: world,
    })
    const run = async (expression: string): Promise<unknown> => {
      const wish = { contextId, expression, awaitPromise: true, returnByValue: true }
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', wish)
      if (exceptionDetails) {
        const { exception, text } = exceptionDetails
        throw new Error(`axe failed: ${exception?.description ?? text}`)
      }
      return result.value
    }
    await run(`${axe.source}; undefined`)
    const options = { runOnly: rules, iframes: false, resultTypes: ['violations'] }
    const ran = (await run(`axe.run(document, ${JSON.stringify(options)})`)) as Ran
    return ran.violations.filter(({ impact }) => isSerious(impact)).map(barrierOf)
  } finally {
    await session.detach()
  }
}

const isSerious = (impact: string | null) => impact === 'serious' || impact === 'critical'

function barrierOf({ id, impact, help, nodes }: Ran['violations'][number]): Barrier {
  return {
    rule: id,
    impact: impact ?? '',
    help,
    places: nodes
      .slice(0, placesMax)
      .map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
  }
}
