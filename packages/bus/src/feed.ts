import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '@newswire/runtime'
import { consumerInfo, type Durable, ensureDurable, floorOf } from './consumer.js'
import { BusDownError } from './errors.js'
import type { Given } from './given.js'
import { ackPendingMax, publishDelaysMs, reopenDelaysMs } from './limits.js'
import type { Link } from './link.js'
import { Pull } from './pull.js'

export interface FeedOptions {
  readonly link: Link
  readonly log: Log
  readonly durable: Durable
  readonly watchdogMs: number
  /** Messages that the owner could hold besides those it holds now. */
  readonly room: () => number
  readonly onGiven: (message: Given) => void
  /** The feed was made anew. */
  readonly onRestart: () => void
}

/** A share asked for again while the rest is still to come: one request for several messages. */
const refillShare = 4

/**
 * What one durable consumer gives, for as long as it is wanted: asked for as there is room, made
 * anew after a reconnect, when the consumer was deleted, and when messages wait and none come.
 */
export class Feed {
  #pull: Pull | undefined
  #floor = 0
  /** The durable was made, or stood: from now on "new" is all that is behind the floor. */
  #hasBegun = false
  #lastGivenAt = Date.now()
  #isReopening = false
  readonly #options: FeedOptions
  readonly #stopped = new AbortController()
  readonly #forgetLink: () => void
  #watch: NodeJS.Timeout | undefined

  constructor(options: FeedOptions) {
    this.#options = options
    this.#forgetLink = options.link.onUp(() => this.#reopen('reconnected'))
  }

  /** Resolves once the durable stands. BusDownError if it can't be made. */
  async start(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        await this.#open()
        break
      } catch (cause) {
        const wait = publishDelaysMs[tries]
        const { stream, name } = this.#options.durable
        if (wait === undefined) {
          this.stop()
          throw new BusDownError(`Consumer ${name} of ${stream} can't be made.`, { cause })
        }
        await this.#options.link.pause(wait)
      }
    }
    const { watchdogMs } = this.#options
    this.#watch = setInterval(() => void this.#look(), watchdogMs / 3)
  }

  /** Asks for as many messages as there is room for. */
  refill(): void {
    const pull = this.#pull
    if (pull === undefined) return
    const room = this.#options.room()
    const want = room - pull.outstanding
    const few = pull.outstanding === 0 ? 1 : Math.ceil(room / refillShare)
    if (want >= few) pull.ask(want)
  }

  stop(): void {
    this.#stopped.abort()
    this.#forgetLink()
    clearInterval(this.#watch)
    this.#pull?.close()
    this.#pull = undefined
  }

  async #open(): Promise<void> {
    const { link, durable } = this.#options
    const wanted = this.#hasBegun ? { ...durable, from: 'all' as const } : durable
    const info = await link.attempt(() => ensureDurable(link, wanted, this.#floor))
    if (this.#stopped.signal.aborted) return
    this.#hasBegun = true
    this.#floor = Math.max(this.#floor, floorOf(info))
    this.#pull?.close()
    this.#lastGivenAt = Date.now()
    this.#pull = new Pull({
      link,
      stream: durable.stream,
      consumer: durable.name,
      onGiven: (message) => {
        this.#lastGivenAt = Date.now()
        this.#options.onGiven(message)
      },
      onIdle: () => this.refill(),
      onLost: (reason) => this.#reopen(reason),
    })
    this.refill()
  }

  #reopen(reason: string): void {
    if (this.#isReopening || this.#stopped.signal.aborted || this.#watch === undefined) return
    this.#isReopening = true
    this.#pull?.close()
    this.#pull = undefined
    const { log, durable, onRestart } = this.#options
    log.warn({ stream: durable.stream, group: durable.name, reason }, 'subscription made anew')
    onRestart()
    void this.#openAtLast()
  }

  async #openAtLast(): Promise<void> {
    const { log, durable, link } = this.#options
    const { signal } = this.#stopped
    for (let tries = 0; !signal.aborted; tries += 1) {
      try {
        // While the link is down there is nothing to try: coming up ends the wait.
        if (link.isUp) {
          await this.#open()
          break
        }
      } catch (err) {
        log.warn({ stream: durable.stream, group: durable.name, err }, 'consumer not reached')
      }
      const wait = reopenDelaysMs[Math.min(tries, reopenDelaysMs.length - 1)] ?? 0
      await delay(wait, undefined, { signal }).catch(() => undefined)
    }
    this.#isReopening = false
  }

  async #look(): Promise<void> {
    const { link, durable, log, watchdogMs } = this.#options
    if (!link.isUp || this.#isReopening) return
    try {
      const info = await consumerInfo(link, durable)
      if (info === undefined) return this.#reopen('consumer deleted')
      this.#floor = Math.max(this.#floor, floorOf(info))
      const isAsking = (this.#pull?.outstanding ?? 0) > 0
      const mayCome = info.num_pending > 0 && info.num_ack_pending < ackPendingMax
      const isSilent = Date.now() - this.#lastGivenAt >= watchdogMs
      if (isAsking && mayCome && isSilent) this.#reopen('facts wait and none come')
    } catch (err) {
      log.debug({ stream: durable.stream, group: durable.name, err }, 'consumer not looked at')
    }
  }
}
