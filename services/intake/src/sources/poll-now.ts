import { setTimeout as delay } from 'node:timers/promises'
import { Problem } from '@newswire/http'
import type { Source } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import { intakeLimits } from '../limits.js'
import { restsUntil } from '../poll/due.js'
import type { HostGate } from '../poll/host-gate.js'
import type { Poller } from '../poll/poller.js'
import type { Positions } from '../poll/positions.js'

export interface PollNowOptions {
  readonly positions: Positions
  readonly poller: Poller
  readonly gate: HostGate
  readonly clock: Clock
}

const secondMs = 1_000

/** Polls because a person wants it: not due, but never against Retry-After or its host's gap. */
export async function pollNow(source: Source, options: PollNowOptions) {
  const { positions, poller, clock } = options
  if (source.kind === 'drop') throw notPolled()
  const until = restsUntil(await positions.get(source.id), clock.now())
  if (until) throw tooEarly(until, clock.now())
  const leave = await enter(source, options)
  try {
    const { result, published, error, position } = await poller.poll(source)
    return { result, published, ...(error ? { error } : {}), nextPollAt: position.nextPollAt }
  } finally {
    leave()
  }
}

async function enter({ id, url }: Source, { gate, clock }: PollNowOptions): Promise<() => void> {
  const patienceEnds = clock.now().getTime() + intakeLimits.manualWaitMs
  for (;;) {
    const entry = await gate.enter(id, url)
    if (entry.kind === 'entered') return entry.leave
    const until = new Date(clock.now().getTime() + entry.ms)
    if (until.getTime() > patienceEnds) throw tooEarly(until, clock.now())
    await delay(entry.ms)
  }
}

function notPolled(): Problem {
  return new Problem({
    status: 422,
    slug: 'not-polled',
    title: 'A drop folder is not polled',
    detail: 'Put a file into the folder: it is taken as soon as it is complete.',
  })
}

function tooEarly(until: Date, now: Date): Problem {
  const retrySeconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / secondMs))
  return new Problem({
    status: 429,
    slug: 'source-rests',
    title: 'The source or its host wants to be left alone for now',
    detail: `It is polled by itself from ${until.toISOString()} on; ask then, or in ${retrySeconds} seconds.`,
    extra: { retrySeconds },
    headers: { 'retry-after': String(retrySeconds) },
  })
}
