import { type FactName, facts, type RegisterName } from '@newswire/model'
import type { Log, Metrics } from '@newswire/runtime'
import { createAppender, payloadBytesMax, tooLarge } from './append.js'
import { followArrivals } from './arrivals.js'
import type { Bus, Subscription } from './bus.js'
import { createCounters } from './counters.js'
import { createDeadLetters } from './dead-letters.js'
import { eraseAnswers, eraseFact, eraseOlder, eraseOut } from './erase.js'
import { Fill } from './fill.js'
import { history } from './history.js'
import {
  ackWaitMsDefault,
  handlerTimeMsMaxDefault,
  letterEnvelopeBytesMax,
  messageBytesMax,
  pingTimeoutMs,
  redeliveryDelaysMsDefault,
  watchdogMsDefault,
} from './limits.js'
import { type Link, openLink } from './link.js'
import { newestFacts, storedAfter } from './newest.js'
import { positionAt } from './position-at.js'
import { createRegister, ensureRegister } from './register.js'
import { replay } from './replay.js'
import { SharedFacts } from './shared-facts.js'
import { groupStates, streamStates } from './states.js'
import { messageAt, newestOn, storedFact } from './stored.js'
import { ensureStream, type StreamLimits, wantedStreams } from './streams.js'
import { subscribe } from './subscribe.js'

export interface BusOptions {
  /**
   * `nats://host:port`; several of one cluster separated by commas; user and password may stand in
   * it.
   */
  readonly url: string
  /** Shown at the server, with the host's name. */
  readonly name: string
  readonly log: Log
  readonly metrics?: Metrics
  /** Those not said stay as they stand; new streams have the house's defaults. */
  readonly streamLimits?: StreamLimits
  /** The waits before a handler's second, third, … try. Default 1 s, 5 s, 30 s, 2 min, 10 min. */
  readonly redeliveryDelaysMs?: readonly number[]
  /** Default 10 s. */
  readonly ackWaitMs?: number
  /** Default 5 min. */
  readonly handlerTimeMsMax?: number
  /** Default 15 s. */
  readonly watchdogMs?: number
}

/** Connects, and makes or updates every stream. BusDownError where no server answers. */
export async function connectBus(options: BusOptions): Promise<Bus> {
  const { url, name, log } = options
  const link = await openLink(url, name, log)
  try {
    for (const stream of wantedStreams(options.streamLimits ?? {}))
      await ensureStream(link.jsm, stream)
  } catch (error) {
    await link.close()
    throw error
  }
  if (payloadBytesMax(link) < messageBytesMax / 2) {
    log.warn({ bytesMax: payloadBytesMax(link) }, 'the NATS server takes small messages only')
  }
  const fill = new Fill(link, log)
  await fill.check()
  return assemble(options, link, fill)
}

function assemble(options: BusOptions, link: Link, fill: Fill): Bus {
  const { log } = options
  const append = createAppender({ link, fill, log })
  const counters = createCounters(options.metrics)
  const running = new Set<Subscription>()
  const subscriber = {
    link,
    log,
    append,
    counters,
    shared: new SharedFacts(),
    redeliveryDelaysMs: options.redeliveryDelaysMs ?? redeliveryDelaysMsDefault,
    handlerTimeMsMax: options.handlerTimeMsMax ?? handlerTimeMsMaxDefault,
    ackWaitMs: options.ackWaitMs ?? ackWaitMsDefault,
    watchdogMs: options.watchdogMs ?? watchdogMsDefault,
  }
  const close = once(async () => {
    await Promise.all([...running].map((subscription) => subscription.stop()))
    fill.stop()
    await link.close()
  })
  return {
    publish: createPublish(link, append, counters),
    async latest(name, keys) {
      const subject = facts[name].subject(keys as never)
      const message = await link.ask(() => newestOn(link, facts[name].stream, subject))
      return message && storedFact(name, message)
    },
    async read(name, sequence) {
      const message = await link.ask(() => messageAt(link, facts[name].stream, sequence))
      return message && storedFact(name, message)
    },
    positionAt: (name, instant) => positionAt(link, facts[name].stream, instant),
    history: (name, keys) => history(link, name, keys),
    eraseOlder: (name, keys) => eraseOlder(link, name, keys),
    newest: (name, options) => newestFacts(link, name, options),
    storedAfter: (name, sequence) => storedAfter(link, name, sequence),
    arrivals: async (wanted) => kept(running, await followArrivals({ link, log }, wanted)),
    erase: (name, sequence) => eraseFact(link, name, sequence),
    eraseAnswers: (of) => eraseAnswers(link, of),
    eraseOut: (of) => eraseOut(link, of),
    subscribe: async (wanted) => kept(running, await subscribe(subscriber, wanted)),
    replay: async (wanted) => kept(running, await replay({ link, log }, wanted)),
    async register(name: RegisterName, schema) {
      await link.attempt(() => ensureRegister(link.jsm, name))
      const register = createRegister({ link, log, append }, name, schema)
      return {
        ...register,
        watch: async (wanted) => kept(running, await register.watch(wanted)),
      }
    },
    deadLetters: createDeadLetters({ link, append, log }),
    groups: () => link.attempt(() => groupStates(link)),
    streams: () => link.attempt(() => streamStates(link)),
    ping: () => ping(link),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function createPublish(
  link: Link,
  append: ReturnType<typeof createAppender>,
  counters: ReturnType<typeof createCounters>,
): Bus['publish'] {
  return async (name, value, keys, { id, expect, headers }) => {
    const { stream, subject } = facts[name]
    const data = Buffer.from(JSON.stringify(value))
    const bytesMax = payloadBytesMax(link) - (name === 'dead' ? 0 : letterEnvelopeBytesMax)
    if (data.byteLength > bytesMax) throw tooLarge(stream, data.byteLength)
    const published = await append({
      ...{ stream, subject: subject(keys as never), data, id, expect },
      ...(headers === undefined ? {} : { headers }),
    })
    if (!published.duplicate) counters.published({ fact: name satisfies FactName })
    return published
  }
}

/** Remembers what runs, so that `close` ends it. */
function kept(running: Set<Subscription>, subscription: Subscription): Subscription {
  const entry: Subscription = {
    async stop() {
      running.delete(entry)
      await subscription.stop()
    },
  }
  running.add(entry)
  return entry
}

async function ping(link: Link): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), pingTimeoutMs)
  })
  try {
    await Promise.race([link.attempt(() => link.jsm.getAccountInfo()), late])
    return true
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

function once(run: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined
  return () => {
    result ??= run()
    return result
  }
}
