import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '@newswire/runtime'
import { AckPolicy, type ConsumerConfig, type ConsumerInfo, DeliverPolicy, nanos } from 'nats'
import type { Given } from './given.js'
import { readerForgottenMs, reopenDelaysMs } from './limits.js'
import type { Link } from './link.js'
import { Pull } from './pull.js'

/** Where reading begins. */
export type Start =
  | { readonly after: number; readonly on?: string; readonly isBare?: boolean }
  /** The newest message of each subject first, in stream order, then all that follow. */
  | { readonly newestOf: string }

export interface ReaderOptions {
  readonly link: Link
  readonly log: Log
  readonly stream: string
  /** Asked each time that reading begins: behind what was given last. */
  readonly start: () => Start
  /** Messages that the owner could hold besides those it holds now. */
  readonly room: () => number
  /** Reading begins, or begins again; `waiting` messages come before the first idle moment. */
  readonly onBegin: (waiting: number) => void
  readonly onGiven: (message: Given) => void
  readonly onIdle: () => void
}

const refillShare = 2

/**
 * Reads a stream in order and acknowledges nothing. The consumer is a passing one: where the server
 * forgot it, or a message was lost on the way (its counter shows it), it is made anew at `start()`.
 */
export class Reader {
  #pull: Pull | undefined
  #consumer: string | undefined
  #given = 0
  #isReopening = false
  readonly #options: ReaderOptions
  readonly #stopped = new AbortController()
  readonly #forgetLink: () => void

  constructor(options: ReaderOptions) {
    this.#options = options
    this.#forgetLink = options.link.onUp(() => this.#reopen('reconnected'))
  }

  /** Reading has begun; the server's error where it has not. */
  async begin(): Promise<void> {
    const { link, stream, start, onBegin } = this.#options
    const info = await link.attempt(() => link.jsm.consumers.add(stream, consumerAt(start())))
    if (this.#stopped.signal.aborted) return this.#forget(info)
    this.#pull?.close()
    this.#consumer = info.name
    this.#given = 0
    const pull = new Pull({
      link,
      stream,
      consumer: info.name,
      onGiven: (message) => this.#check(message),
      onIdle: () => {
        this.#options.onIdle()
        this.refill()
      },
      onLost: (reason) => this.#reopen(reason),
    })
    this.#pull = pull
    onBegin(info.num_pending)
    this.refill()
  }

  refill(): void {
    const pull = this.#pull
    if (pull === undefined) return
    const room = this.#options.room()
    const want = room - pull.outstanding
    const few = pull.outstanding === 0 ? 1 : Math.ceil(room / refillShare)
    if (want >= few) pull.ask(want)
  }

  stop(): void {
    if (this.#stopped.signal.aborted) return
    this.#stopped.abort()
    this.#forgetLink()
    this.#pull?.close()
    this.#pull = undefined
    if (this.#consumer !== undefined) this.#forget({ name: this.#consumer })
  }

  /** The server would forget it by itself, later. */
  #forget({ name }: Pick<ConsumerInfo, 'name'>): void {
    const { link, stream } = this.#options
    if (link.isUp) link.jsm.consumers.delete(stream, name).catch(() => undefined)
  }

  #check(message: Given): void {
    if (message.consumerSequence !== this.#given + 1) {
      this.#reopen('message lost on the way')
      return
    }
    this.#given += 1
    this.#options.onGiven(message)
    this.refill()
  }

  #reopen(reason: string): void {
    if (this.#isReopening || this.#stopped.signal.aborted) return
    this.#isReopening = true
    this.#pull?.close()
    this.#pull = undefined
    this.#options.log.info({ stream: this.#options.stream, reason }, 'reading begins anew')
    void this.#beginAtLast()
  }

  async #beginAtLast(): Promise<void> {
    const { link, log, stream } = this.#options
    const { signal } = this.#stopped
    for (let tries = 0; !signal.aborted; tries += 1) {
      try {
        if (link.isUp) {
          await this.begin()
          break
        }
      } catch (err) {
        log.warn({ stream, err }, 'stream not reached')
      }
      const wait = reopenDelaysMs[Math.min(tries, reopenDelaysMs.length - 1)] ?? 0
      await delay(wait, undefined, { signal }).catch(() => undefined)
    }
    this.#isReopening = false
  }
}

function consumerAt(start: Start): Partial<ConsumerConfig> {
  const passing = {
    ack_policy: AckPolicy.None,
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: nanos(readerForgottenMs),
  }
  if ('newestOf' in start) {
    const { newestOf } = start
    return { ...passing, deliver_policy: DeliverPolicy.LastPerSubject, filter_subject: newestOf }
  }
  return {
    ...passing,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: start.after + 1,
    ...(start.isBare === true ? { headers_only: true } : {}),
    ...(start.on === undefined ? {} : { filter_subject: start.on }),
  }
}
