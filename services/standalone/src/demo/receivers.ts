import { type Answer, type Asked, type Loopback, startLoopback } from './loopback.js'
import { moodAt } from './mood.js'

export interface Receiver {
  readonly name: string
  readonly description: string
  readonly url: string
}

export interface Receivers {
  readonly all: readonly Receiver[]
  stop(): Promise<void>
}

const steadyMs = 40
const slowMs = 3_000

/** Two desks that take everything: one always well, one that breaks, drags and comes back. */
export async function startReceivers(): Promise<Receivers> {
  const began = performance.now()
  const web: Loopback = await startLoopback((asked) => {
    const challenge = challengeIn(asked)
    if (challenge !== undefined) {
      return { status: 200, type: 'application/json', body: JSON.stringify({ challenge }) }
    }
    if (asked.path !== '/failing') return { status: 204, delayMs: steadyMs }
    return failingAnswer(performance.now() - began)
  })
  return {
    all: [
      {
        name: 'Steady desk (demo)',
        description: 'Answers 204 within a moment.',
        url: `${web.url}/steady`,
      },
      {
        name: 'Failing desk (demo)',
        description: 'Breaks with 503, then is slow, then well, and again.',
        url: `${web.url}/failing`,
      },
    ],
    stop: web.stop,
  }
}

function failingAnswer(sinceMs: number): Answer {
  const mood = moodAt(sinceMs)
  if (mood === 'well') return { status: 204, delayMs: steadyMs }
  if (mood === 'slow') return { status: 204, delayMs: slowMs }
  return {
    status: 503,
    type: 'text/plain; charset=utf-8',
    body: 'The demo breaks this desk on purpose; it comes back within a minute.',
  }
}

/** What a `webhook.verify` (README, Register a webhook) wants to hear again. */
function challengeIn({ body }: Asked): string | undefined {
  try {
    const event = JSON.parse(body) as { type?: unknown; data?: { challenge?: unknown } }
    if (event.type !== 'webhook.verify') return undefined
    return typeof event.data?.challenge === 'string' ? event.data.challenge : undefined
  } catch {
    // No JSON is no challenge; the desk answers it like any other call.
    return undefined
  }
}
