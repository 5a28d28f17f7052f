import type { Hold } from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import { taggerLimits } from '../limits.js'

export interface TimersOptions {
  readonly clock: Clock
  readonly log: Log
  /** What a job of the hold would do. */
  readonly look: (holdId: string) => Promise<void>
}

/** Timers of this process for the holds that fall due soon. */
export interface Timers {
  /** Sets the timer of a hold, where it falls due within `timersAheadMs`. */
  arm(hold: Hold): void
  disarm(holdId: string): void
  stop(): Promise<void>
}

/**
 * A job that Redis lost is made again by the next round of the reconciler, which may be too late
 * for a hold that falls due before it: so this process looks itself, a moment after the job should
 * have. Both do the same, and the second one finds nothing to do.
 */
export function createTimers({ clock, log, look }: TimersOptions): Timers {
  const timers = new Map<string, NodeJS.Timeout>()
  const due: string[] = []
  const running = new Set<Promise<void>>()

  async function lookAtDue(): Promise<void> {
    for (let id = due.shift(); id !== undefined; id = due.shift()) {
      await look(id).catch((error: unknown) => {
        log.warn({ err: error, hold: id }, 'hold could not be looked at in time')
      })
    }
  }

  function onDue(id: string): void {
    timers.delete(id)
    due.push(id)
    if (running.size >= taggerLimits.timersAtOnce) return
    const run = lookAtDue().finally(() => running.delete(run))
    running.add(run)
  }

  return {
    arm({ id, until }) {
      const leftMs = Date.parse(until) - clock.now().getTime()
      if (timers.has(id) || timers.size >= taggerLimits.timersMax) return
      if (leftMs > taggerLimits.timersAheadMs) return
      const timer = setTimeout(() => onDue(id), Math.max(0, leftMs) + taggerLimits.timerGraceMs)
      timers.set(id, timer)
      timer.unref()
    },
    disarm(id) {
      clearTimeout(timers.get(id))
      timers.delete(id)
    },
    async stop() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      due.length = 0
      await Promise.all(running)
    },
  }
}
