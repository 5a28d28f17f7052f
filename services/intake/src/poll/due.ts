import { rhythmLimits } from '../limits.js'
import type { Position } from './position.js'

/**
 * How long until a source is due; 0 where it is. A beat that comes a little early counts, as timers
 * are not exact; where the source said Retry-After it does not.
 */
export function dueInMs(position: Position | undefined, now: Date): number {
  const restMs = (restsUntil(position, now)?.getTime() ?? now.getTime()) - now.getTime()
  if (!position?.nextPollAt) return restMs
  const waitMs = Date.parse(position.nextPollAt) - now.getTime()
  if (isBeyondRest(position, waitMs)) return restMs
  const earlyMs = position.notBefore ? 0 : (position.everyMs ?? 0) * rhythmLimits.earlyShare
  return waitMs <= earlyMs ? restMs : Math.max(waitMs, restMs)
}

/** Whether a source should have been polled long ago: its schedule beats for another time. */
export function isOverdue(position: Position | undefined, now: Date): boolean {
  if (!position?.nextPollAt) return position?.lastPollAt !== undefined
  const lateMs = now.getTime() - Date.parse(position.nextPollAt)
  if (isBeyondRest(position, -lateMs)) return true
  return lateMs > Math.max(position.everyMs ?? 0, rhythmLimits.lateMsMin) * rhythmLimits.lateShare
}

/** Until when the source itself wants to be left alone. */
export function restsUntil(position: Position | undefined, now: Date): Date | undefined {
  if (!position?.notBefore) return undefined
  const until = new Date(position.notBefore)
  const restMs = until.getTime() - now.getTime()
  const { retryAfterMsMax, lateMsMin } = rhythmLimits
  return restMs > 0 && restMs <= retryAfterMsMax + lateMsMin ? until : undefined
}

/**
 * Nobody waits longer than the rest that was set: a clock that was ahead and is set right again
 * would else leave its sources alone for as long as it was wrong. Clocks of two machines may
 * differ by `lateMsMin`.
 */
function isBeyondRest({ everyMs = rhythmLimits.slowestMs }: Position, waitMs: number): boolean {
  return waitMs > everyMs + rhythmLimits.lateMsMin
}
