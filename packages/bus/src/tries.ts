import { type Fact, type FactName, facts } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import type { AttemptBook } from './attempts.js'
import type { Delivered } from './bus.js'
import type { Counters } from './counters.js'
import { type Attempts, afterFailure, beginSuspect, endTry, judge, noAttempts } from './decide.js'
import { PermanentError } from './errors.js'
import type { Given } from './given.js'
import type { Undertaker } from './letter.js'
import { anythingOf, letterIn, storedAtHeader } from './letter.js'
import { unburiedDelayMs } from './limits.js'
import type { SharedFacts } from './shared-facts.js'
import { factOf } from './stored.js'
import { redoStream } from './streams.js'

/** A handler took longer than `handlerTimeMsMax`; what it still does is not waited for. */
export class HandlerTimeError extends Error {
  override readonly name = 'HandlerTimeError'
}

/** The process died on every try. */
export class HandlerLostError extends Error {
  override readonly name = 'HandlerLostError'
}

/** What is to be said to the server about a message. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'again'; readonly delayMs: number }

export interface TriesOptions<N extends FactName> {
  readonly fact: N
  readonly group: string
  readonly handle: (fact: Delivered<Fact<N>>) => Promise<void>
  readonly delaysMs: readonly number[]
  readonly handlerTimeMsMax: number
  readonly book: AttemptBook
  readonly shared: SharedFacts
  readonly bury: Undertaker
  readonly counters: Counters
  readonly log: Log
}

/** From a message to its outcome: one try of the handler, or the end. Never throws. */
export class Tries<N extends FactName> {
  readonly #options: TriesOptions<N>
  #suspects: Promise<unknown> = Promise.resolve()

  constructor(options: TriesOptions<N>) {
    this.#options = options
  }

  async run(key: string, given: Given, isRedo: boolean): Promise<Outcome> {
    const { fact, group, book, delaysMs, log, counters } = this.#options
    const { deliveries } = given
    counters.delivered({ fact, group })
    try {
      const known = deliveries > 1 ? await book.read(key) : noAttempts
      switch (judge(deliveries, known, delaysMs)) {
        case 'first':
        case 'expected':
          return await this.#try(key, given, isRedo, known)
        case 'suspect':
          return await this.#inSingleFile(async () => {
            await book.write(key, beginSuspect(deliveries, known))
            return this.#try(key, given, isRedo, known)
          })
        case 'lethal':
          return await this.#bury(given, isRedo, new HandlerLostError(lost(deliveries)))
      }
    } catch (err) {
      // The bus itself failed, not the handler: nothing is lost, the fact comes again.
      log.error({ fact, group, sequence: given.sequence, err }, 'fact not brought to an end')
      return { kind: 'again', delayMs: unburiedDelayMs }
    }
  }

  /** Keeps for another time what was not begun. */
  async putBack(key: string, { deliveries }: Given): Promise<void> {
    const { book } = this.#options
    const known = deliveries > 1 ? await book.read(key) : noAttempts
    await book.write(key, endTry(deliveries, known))
  }

  async #try(key: string, given: Given, isRedo: boolean, known: Attempts): Promise<Outcome> {
    const { fact, group, delaysMs, book, log, counters } = this.#options
    const { deliveries, sequence } = given
    try {
      await this.#handle(this.#read(given, isRedo))
      counters.acknowledged({ fact, group })
      return { kind: 'done' }
    } catch (err) {
      const step = afterFailure(err, deliveries, delaysMs)
      if (step.kind === 'bury') return this.#bury(given, isRedo, err)
      log.warn({ fact, group, sequence, deliveries, err }, 'handler failed; it is tried again')
      counters.retried({ fact, group })
      await book.write(key, endTry(deliveries, known))
      return { kind: 'again', delayMs: step.delayMs }
    }
  }

  /** Input that has not its shape will never get it. */
  #read(given: Given, isRedo: boolean): Delivered<Fact<N>> {
    try {
      return this.#deliveredOf(given, isRedo)
    } catch (cause) {
      throw new PermanentError(cause instanceof Error ? cause.message : String(cause), { cause })
    }
  }

  #deliveredOf(given: Given, isRedo: boolean): Delivered<Fact<N>> {
    const { fact, shared } = this.#options
    const { deliveries } = given
    if (!isRedo) {
      const { sequence, subject, storedAt, data } = given
      const value = shared.read(fact, sequence, data)
      return { value, sequence, subject, storedAt, deliveries }
    }
    const { input, sequence, subject } = letterIn(given.data)
    const storedAt = new Date(given.headers?.get(storedAtHeader) || given.storedAt)
    return { value: factOf(fact, input), sequence, subject, storedAt, deliveries }
  }

  async #handle(fact: Delivered<Fact<N>>): Promise<void> {
    const { handle, handlerTimeMsMax } = this.#options
    let timer: NodeJS.Timeout | undefined
    const limit = new Promise<never>((_, reject) => {
      const late = () => reject(new HandlerTimeError(`No end after ${handlerTimeMsMax} ms.`))
      timer = setTimeout(late, handlerTimeMsMax)
    })
    try {
      await Promise.race([handle(fact), limit])
    } finally {
      clearTimeout(timer)
    }
  }

  async #bury(given: Given, isRedo: boolean, error: unknown): Promise<Outcome> {
    const { fact, group, bury, log, counters } = this.#options
    const { sequence, deliveries } = given
    const { stream } = facts[fact]
    const id = isRedo ? `dead:${redoStream}:${sequence}` : `dead:${stream}:${group}:${sequence}`
    const input = isRedo
      ? letterIn(given.data)
      : { sequence, subject: given.subject, input: anythingOf(given.data) }
    const hopeless = {
      stage: group,
      fact,
      sequence: input.sequence,
      subject: input.subject,
      input: input.input,
      deliveries,
      id,
    }
    await bury(hopeless, error, new Date())
    counters.buried({ fact, group })
    log.error({ fact, group, sequence, deliveries, err: error }, 'input became a dead letter')
    return { kind: 'done' }
  }

  /**
   * Of the suspects one runs at a time, so that the one that kills the process is the one blamed.
   */
  #inSingleFile<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#suspects.then(run)
    this.#suspects = turn.catch(() => undefined)
    return turn
  }
}

function lost(deliveries: number): string {
  return `The process died each time that this was handled; it was given ${deliveries} times.`
}
