/**
 * Breaks one attempt off, for one listener at a time. The shape of an AbortController and its
 * signal in one: those of Node cost as much as the lane, the slot and the ledger of an attempt.
 */
export class BreakOff {
  readonly reason = undefined
  #isAborted = false
  #listener: (() => void) | undefined

  get aborted(): boolean {
    return this.#isAborted
  }

  abort(): void {
    if (this.#isAborted) return
    this.#isAborted = true
    this.#listener?.()
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listener = listener
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    if (this.#listener === listener) this.#listener = undefined
  }
}
