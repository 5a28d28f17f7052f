import { type Fact, type FactName, facts } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import type { ReplayOptions, Stored, Subscription } from './bus.js'
import { PositionAheadError } from './errors.js'
import type { Given } from './given.js'
import { batchMaxDefault } from './limits.js'
import type { Link } from './link.js'
import { Reader } from './reader.js'
import { factOf, jsonOf } from './stored.js'

/** Batches read ahead of the one that is being handled. */
const batchesAhead = 2

export async function replay<N extends FactName>(
  { link, log }: { link: Link; log: Log },
  options: ReplayOptions<N>,
): Promise<Subscription> {
  const { stream } = facts[options.fact]
  const lastSequence = await lastSequenceOf(link, stream)
  if (lastSequence < options.after) throw positionAhead(stream, options.after, lastSequence)
  const running = new Replay(link, log, options, lastSequence)
  await running.start()
  return running
}

async function lastSequenceOf(link: Link, stream: string): Promise<number> {
  const { state } = await link.attempt(() => link.jsm.streams.info(stream))
  return state.last_seq
}

function subjectOf<N extends FactName>({ fact, keys }: ReplayOptions<N>): { on?: string } {
  return keys === undefined ? {} : { on: facts[fact].subject(keys as never) }
}

function positionAhead(stream: string, after: number, last: number): PositionAheadError {
  return new PositionAheadError(
    `Position ${after} lies behind the end of stream ${stream} (${last}): the stream is another one or lost its end. What was built from it must be built anew.`,
  )
}

class Replay<N extends FactName> implements Subscription {
  readonly #link: Link
  readonly #log: Log
  readonly #options: ReplayOptions<N>
  readonly #batchMax: number
  /** The end of the stream when the replay began. */
  readonly #target: number
  readonly #reader: Reader
  #buffer: Stored<Fact<N>>[] = []
  #lastGiven: number
  #isNothingMore = false
  #isCaughtUp = false
  #isEnded = false
  #handing: Promise<void> | undefined

  constructor(link: Link, log: Log, options: ReplayOptions<N>, target: number) {
    this.#link = link
    this.#log = log
    this.#options = options
    this.#batchMax = options.batchMax ?? batchMaxDefault
    this.#target = target
    this.#lastGiven = options.after
    this.#reader = new Reader({
      link,
      log,
      stream: facts[options.fact].stream,
      start: () => ({ after: this.#lastGiven, ...subjectOf(options) }),
      room: () => this.#batchMax * batchesAhead - this.#buffer.length,
      onBegin: (waiting) => this.#begin(waiting),
      onGiven: (message) => this.#take(message),
      onIdle: () => this.#idle(),
    })
  }

  start(): Promise<void> {
    return this.#reader.begin()
  }

  async stop(): Promise<void> {
    this.#isEnded = true
    this.#reader.stop()
    await this.#handing
  }

  #begin(waiting: number): void {
    if (waiting === 0) this.#idle()
    void this.#checkEnd()
  }

  /** A server that came back with less than was read from it gives nothing for a long time. */
  async #checkEnd(): Promise<void> {
    const { stream } = facts[this.#options.fact]
    // As it is before the question: the answer may be older than what is given meanwhile.
    const position = this.#lastGiven
    try {
      const last = await lastSequenceOf(this.#link, stream)
      if (last < position) this.#end(positionAhead(stream, position, last))
    } catch (err) {
      this.#log.debug({ stream, err }, 'end of the stream not read')
    }
  }

  #take(message: Given): void {
    if (this.#isEnded) return
    try {
      const { sequence, subject, storedAt, data, pending } = message
      const value = factOf(this.#options.fact, jsonOf(data))
      this.#buffer.push({ value, sequence, subject, storedAt })
      this.#lastGiven = sequence
      this.#isNothingMore = pending === 0
    } catch (cause) {
      const where = `${facts[this.#options.fact].stream} ${message.sequence}`
      this.#end(new Error(`Message ${where} can't be read.`, { cause }))
      return
    }
    this.#handOn()
  }

  /** Nothing waits at the server, whatever the last message's count of waiting ones said. */
  #idle(): void {
    this.#isNothingMore = true
    this.#handOn()
    if (this.#handing === undefined) this.#caughtUp()
  }

  #handOn(): void {
    if (this.#handing !== undefined || this.#isEnded || this.#buffer.length === 0) return
    if (this.#buffer.length < this.#batchMax && !this.#isNothingMore) return
    this.#handing = this.#hand()
  }

  async #hand(): Promise<void> {
    try {
      while (this.#mayHand()) {
        const batch = this.#buffer.splice(0, this.#batchMax)
        await this.#options.handle(batch)
        this.#reader.refill()
        const handled = batch.at(-1)?.sequence ?? 0
        const isLast = this.#isNothingMore && this.#buffer.length === 0
        if (isLast || handled >= this.#target) this.#caughtUp()
      }
    } catch (error) {
      this.#end(error instanceof Error ? error : new Error(String(error)))
    } finally {
      this.#handing = undefined
    }
  }

  #mayHand(): boolean {
    if (this.#isEnded || this.#buffer.length === 0) return false
    return this.#buffer.length >= this.#batchMax || this.#isNothingMore
  }

  #caughtUp(): void {
    if (this.#isCaughtUp || this.#isEnded) return
    this.#isCaughtUp = true
    this.#options.onCaughtUp?.()
  }

  #end(error: Error): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#reader.stop()
    this.#options.onEnd(error)
  }
}
