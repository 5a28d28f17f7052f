import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '@newswire/runtime'
import type { HubLimits } from './limits.js'

/** Calls to the world that hold a job's place for a short time only. */
export interface InFlight {
  /** Breaks calls off when the process ends. */
  readonly signal: AbortSignal
  /**
   * Resolves when the call is through, or has taken so long that others must not wait for it; then
   * it goes on alone. A throw after that is logged: the facts still say that it is not settled.
   */
  hold(call: Promise<void>): Promise<void>
  stop(): Promise<void>
}

type InFlightLimits = Pick<HubLimits, 'detachAfterMs' | 'detachedMax' | 'stopGraceMs'>

export function createInFlight(limits: InFlightLimits, log: Log): InFlight {
  const calls = new Set<Promise<void>>()
  const ending = new AbortController()
  // Each call listens to it.
  setMaxListeners(0, ending.signal)

  return {
    signal: ending.signal,
    async hold(call) {
      const tracked = call.finally(() => calls.delete(tracked))
      calls.add(tracked)
      if (calls.size > limits.detachedMax) return tracked
      const timer = new AbortController()
      const late = delay(limits.detachAfterMs, 'late', { signal: timer.signal, ref: false })
      const first = await Promise.race([tracked.then(() => 'through'), late]).finally(() =>
        timer.abort(),
      )
      if (first === 'late') {
        tracked.catch((error: unknown) => log.warn({ err: error }, 'hub call not settled'))
      }
    },
    async stop() {
      if (calls.size === 0) return
      const all = Promise.allSettled(calls)
      const left = await Promise.race([all, delay(limits.stopGraceMs, 'left', { ref: false })])
      if (left !== 'left') return
      ending.abort()
      await all
    },
  }
}
