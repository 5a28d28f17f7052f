import { rhythmLimits } from '../limits.js'

/** What one reading of a feed tells of its rhythm. */
export interface Reading {
  /** When its entries were published, as they say; NaN where they say nothing. */
  readonly dates: readonly number[]
  readonly entries: number
  /** Entries that were not there before. */
  readonly fresh: number
  /** Since the reading before; undefined for the first. */
  readonly elapsedMs: number | undefined
}

export interface Rhythm {
  readonly windowMs?: number
  readonly gapMs?: number
  /** Milliseconds since 1970. */
  readonly newestAt?: number
}

/**
 * The window is the shortest seen lately: a feed that is slow tonight is fast tomorrow, so what a
 * quiet hour shows may lengthen it only little by little. Two witnesses, the sooner counts: the
 * dates of the entries, and how many were replaced since the last reading.
 */
export function rhythmOf(reading: Reading, now: number, previousMs?: number): Rhythm {
  const dated = reading.dates.filter((date) => !Number.isNaN(date) && date <= now)
  const newestAt = dated.length === 0 ? undefined : Math.max(...dated)
  const spanMs = newestAt === undefined ? 0 : newestAt - Math.min(...dated)
  const isKnown = dated.length >= rhythmLimits.datedEntriesMin && spanMs > 0
  const gapMs = isKnown ? spanMs / (dated.length - 1) : undefined
  const windows = [
    gapMs === undefined ? Number.POSITIVE_INFINITY : gapMs * reading.entries,
    turnoverMs(reading),
    (previousMs ?? Number.POSITIVE_INFINITY) * rhythmLimits.windowGrowth,
  ]
  const windowMs = Math.min(...windows)
  return {
    ...(Number.isFinite(windowMs) ? { windowMs: Math.round(windowMs) } : {}),
    ...(gapMs === undefined ? {} : { gapMs: Math.round(gapMs) }),
    ...(newestAt === undefined ? {} : { newestAt }),
  }
}

/** Where all of a feed is new nobody knows how much was missed: it may have turned over twice. */
function turnoverMs({ entries, fresh, elapsedMs }: Reading): number {
  if (elapsedMs === undefined || entries < rhythmLimits.datedEntriesMin || fresh === 0) {
    return Number.POSITIVE_INFINITY
  }
  return fresh >= entries ? elapsedMs / 2 : (elapsedMs * entries) / fresh
}
