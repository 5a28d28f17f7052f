import { gzipSync } from 'node:zlib'
import type { Page, Response } from 'playwright-core'

/** What it costs to get a page to work. */
export interface Weight {
  /** All scripts that the page has loaded by itself, each gzipped alone (level 9). */
  readonly scriptBytesGzip: number
  readonly scripts: number
  readonly requests: number
  /** From the beginning of the navigation to the first paint that has content. */
  readonly firstPaintMs: number | null
  /** … until the page's main heading stood there and nothing was loading any more. */
  readonly usableMs: number
}

const gzipLevel = 9

/** Counts from before the page is opened; `read` once it is usable. */
export function weigh(page: Page): { read(): Promise<Weight> } {
  const answers: Response[] = []
  page.on('response', (answer) => void answers.push(answer))
  return {
    async read() {
      const usableMs = Number(await page.evaluate('performance.now()'))
      const scripts = answers.filter((answer) => answer.request().resourceType() === 'script')
      const sizes = await Promise.all(
        scripts.map(async (answer) => gzipSync(await answer.body(), { level: gzipLevel }).length),
      )
      return {
        scriptBytesGzip: sizes.reduce((all, bytes) => all + bytes, 0),
        scripts: scripts.length,
        requests: answers.length,
        firstPaintMs: await firstPaint(page),
        usableMs: Math.round(usableMs),
      }
    },
  }
}

async function firstPaint(page: Page): Promise<number | null> {
  const entries = `performance.getEntriesByName('first-contentful-paint')`
  const at: unknown = await page.evaluate(`${entries}[0]?.startTime ?? null`)
  return typeof at === 'number' ? Math.round(at) : null
}
