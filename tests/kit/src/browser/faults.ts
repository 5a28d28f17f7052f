import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core'

/** What a browser finds wrong with a page, as it happens. */
export interface Faults {
  /** Whole sentences, oldest first: errors of scripts and the console, violations of the CSP. */
  readonly all: readonly string[]
  /** From now on nothing is a fault whose sentence this fits: a test that provokes one says so. */
  expect(form: RegExp): void
}

interface Violation {
  readonly directive: string
  readonly blocked: string
  readonly sample: string
  readonly page: string
}

/** Runs in every frame before its own scripts; the policy of a page can't keep it out. */
const reporter = `addEventListener('securitypolicyviolation', (event) => {
  newswireViolation({
    directive: event.effectiveDirective,
    blocked: event.blockedURI,
    sample: event.sample,
    page: location.href,
  })
}, true)`

/** Call it before a page of the context is opened. */
export async function watchFaults(context: BrowserContext): Promise<Faults> {
  const seen: string[] = []
  const expected: RegExp[] = []
  const say = (sentence: string) => void seen.push(sentence)
  await context.exposeBinding('newswireViolation', (_source, violation: Violation) => {
    const { directive, blocked, sample, page } = violation
    say(`The policy of ${page} forbids (${directive}): ${blocked || 'inline'} ${sample}`)
  })
  await context.addInitScript({ content: reporter })
  context.on('console', (message) => {
    if (isFault(message)) say(`The console of ${message.location().url} says: ${message.text()}`)
  })
  context.on('weberror', (error) => say(`A script has failed: ${String(error.error())}`))
  context.on('page', (page) => watchPage(page, say))
  return {
    get all() {
      return seen.filter((sentence) => !expected.some((form) => form.test(sentence)))
    },
    expect(form) {
      expected.push(form)
    },
  }
}

/** A warning of the browser about what it refuses is a fault too: it says so at that level. */
function isFault(message: ConsoleMessage): boolean {
  if (message.type() === 'error') return true
  return message.type() === 'warning' && /Content[- ]Security[- ]Policy/i.test(message.text())
}

function watchPage(page: Page, say: (sentence: string) => void): void {
  page.on('crash', () => say(`${page.url()} has crashed.`))
  page.on('response', (answer) => {
    if (answer.status() >= 500) say(`${answer.url()} was answered with ${answer.status()}.`)
  })
}
