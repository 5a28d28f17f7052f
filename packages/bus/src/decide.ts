import { PermanentError } from './errors.js'

export type Step =
  | { readonly kind: 'again'; readonly delayMs: number }
  | { readonly kind: 'bury'; readonly error: unknown }

/**
 * After a failed try: the next one by the schedule, or the end. `deliveries` is 1 for the first.
 */
export function afterFailure(
  error: unknown,
  deliveries: number,
  delaysMs: readonly number[],
): Step {
  if (error instanceof PermanentError) return { kind: 'bury', error }
  const delayMs = delaysMs[deliveries - 1]
  return delayMs === undefined ? { kind: 'bury', error } : { kind: 'again', delayMs }
}

/** How a fact's tries ended so far, as far as they were not simply done. */
export interface Attempts {
  /** The delivery that was last decided on. */
  readonly deliveries: number
  /** Tries that began and never ended: their process died. */
  readonly lost: number
  /** A try of a suspect has begun and has not ended. */
  readonly isOpen: boolean
}

export const noAttempts: Attempts = { deliveries: 0, lost: 0, isOpen: false }

/**
 * Why a fact comes again: we gave it back ourselves ('expected'), or somebody who had it went away
 * ('suspect'): its handler may kill processes. One that did so on every try of the schedule is
 * 'lethal'. Those that were only fetched beside it are suspects too, but never lethal, because only
 * what was really begun counts.
 */
export function judge(
  deliveries: number,
  known: Attempts,
  delaysMs: readonly number[],
): 'first' | 'expected' | 'suspect' | 'lethal' {
  if (deliveries === 1) return 'first'
  if (!known.isOpen && known.deliveries === deliveries - 1) return 'expected'
  return known.lost >= delaysMs.length ? 'lethal' : 'suspect'
}

export function beginSuspect(deliveries: number, known: Attempts): Attempts {
  return { deliveries, lost: known.lost + 1, isOpen: true }
}

/** A try ended in order, though not well. */
export function endTry(deliveries: number, { lost }: Attempts): Attempts {
  return { deliveries, lost, isOpen: false }
}
