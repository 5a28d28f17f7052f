import process from 'node:process'
import type { ProcessLike } from '@newswire/runtime'

/** npm passes a signal on within milliseconds, on a busy machine somewhat later. */
const sameWishMs = 1_000

/**
 * This process, told once of what it is told twice: Ctrl-C reaches it from the terminal and again
 * through npm, and only a second wish of a person may end it at once.
 */
export function toldOnce(host: ProcessLike = process, now = () => performance.now()): ProcessLike {
  const filters = new Map<(...values: unknown[]) => void, (...values: unknown[]) => void>()
  return {
    on(event, listener) {
      const filter = event.startsWith('SIG') ? once(listener, now) : listener
      filters.set(listener, filter)
      return host.on(event, filter)
    },
    off: (event, listener) => host.off(event, filters.get(listener) ?? listener),
    exit: (code) => host.exit(code),
  }
}

function once(listener: (...values: unknown[]) => void, now: () => number) {
  let toldAtMs = Number.NEGATIVE_INFINITY
  return (...values: unknown[]) => {
    if (now() - toldAtMs < sameWishMs) return
    toldAtMs = now()
    listener(...values)
  }
}
