import type { CallSignal } from '../http.js'
import { OutboundError } from './errors.js'

/**
 * The time limit and the caller's wish in one. Listens for one at a time: Node's AbortController
 * and its listeners cost as much as all the rest of a call.
 */
export class Deadline {
  readonly #host: string
  readonly #timer: NodeJS.Timeout
  readonly #signal: CallSignal | undefined
  readonly #onAbort: () => void
  #listener: ((reason: OutboundError) => void) | undefined
  #reason: OutboundError | undefined

  constructor(
    host: string,
    { timeoutMs, signal }: { timeoutMs: number; signal?: CallSignal | undefined },
  ) {
    this.#host = host
    this.#signal = signal
    this.#timer = setTimeout(() => this.#late(timeoutMs), timeoutMs)
    this.#onAbort = () => this.#givenUp()
    if (signal?.aborted === true) this.#givenUp()
    // Not AbortSignal.any: it holds on to every signal made from one that lives long.
    else signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  /** Why the call must end; undefined while it may go on. */
  get reason(): OutboundError | undefined {
    return this.#reason
  }

  /** Called once, if the call must end. Takes the place of who listened before. */
  listen(listener: (reason: OutboundError) => void): void {
    this.#listener = listener
  }

  /** The call has ended. */
  end(): void {
    this.#listener = undefined
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#onAbort)
  }

  #late(timeoutMs: number): void {
    const say = `${this.#host} did not answer within ${timeoutMs} ms.`
    this.#pass(new OutboundError('timeout', say))
  }

  #givenUp(): void {
    const cause = this.#signal?.reason
    this.#pass(new OutboundError('aborted', `The call to ${this.#host} was given up.`, { cause }))
  }

  #pass(reason: OutboundError): void {
    if (this.#reason) return
    this.#reason = reason
    this.#listener?.(reason)
  }
}
