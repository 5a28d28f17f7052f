import { type FactName, facts, toToken } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import type { Appender } from './append.js'
import { createAttemptBook } from './attempts.js'
import type { SubscribeOptions, Subscription } from './bus.js'
import type { Counters } from './counters.js'
import { Group } from './group.js'
import { createUndertaker, redoSubject } from './letter.js'
import type { Link } from './link.js'
import type { SharedFacts } from './shared-facts.js'
import { redoStream } from './streams.js'
import { Tries } from './tries.js'

export interface Subscriber {
  readonly link: Link
  readonly log: Log
  readonly append: Appender
  readonly counters: Counters
  readonly shared: SharedFacts
  readonly redeliveryDelaysMs: readonly number[]
  readonly handlerTimeMsMax: number
  readonly ackWaitMs: number
  readonly watchdogMs: number
}

export async function subscribe<N extends FactName>(
  { link, log, append, counters, shared, ...limits }: Subscriber,
  { fact, group, concurrency, handle, from = 'all' }: SubscribeOptions<N>,
): Promise<Subscription> {
  if (toToken(group) !== group)
    throw new Error(`Group "${group}" is no token of letters and digits.`)
  const { stream } = facts[fact]
  const { ackWaitMs, watchdogMs } = limits
  const tries = new Tries({
    fact,
    group,
    handle,
    delaysMs: limits.redeliveryDelaysMs,
    handlerTimeMsMax: limits.handlerTimeMsMax,
    book: createAttemptBook({ link, append, path: `${stream}.${group}` }),
    bury: createUndertaker({ append, log }),
    counters,
    shared,
    log,
  })
  const subscription = new Group({
    link,
    concurrency,
    ackWaitMs,
    tries,
    feed: { log, watchdogMs, onRestart: () => counters.restarted({ fact, group }) },
    durable: { stream, name: group, ackWaitMs, from },
    redo: {
      stream: redoStream,
      name: `${stream}-${group}`,
      ackWaitMs,
      from: 'all',
      filter: redoSubject(stream, group),
    },
  })
  await subscription.start()
  const leave = shared.join(fact)
  return {
    async stop() {
      leave()
      await subscription.stop()
    },
  }
}
