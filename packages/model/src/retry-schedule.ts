const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** When a failed attempt is made again. */
export interface RetrySchedule {
  /** Pauses after the first, second, … failed attempt. */
  readonly stepsMs: readonly number[]
  /** The pause after all of them. */
  readonly thenEveryMs: number
  /** No attempt starts later than this after the first one. */
  readonly giveUpMs: number
  /** A pause falls within ± this share of itself, so that what failed together comes apart. */
  readonly jitter: number
}

/**
 * | after attempt | pause | since the first |
 * |---|---|---|
 * | 1 | 5 s | 5 s |
 * | 2 | 30 s | 35 s |
 * | 3 | 2 min | 2 min 35 s |
 * | 4 | 10 min | 12 min 35 s |
 * | 5 | 30 min | 42 min 35 s |
 * | 6 | 2 h | 2 h 42 min |
 * | 7 | 5 h | 7 h 42 min |
 * | 8 | 10 h | 17 h 42 min |
 * | 9 and on | 12 h | until 5 days |
 */
export const retrySchedule: RetrySchedule = {
  stepsMs: [
    5 * secondMs,
    30 * secondMs,
    2 * minuteMs,
    10 * minuteMs,
    30 * minuteMs,
    2 * hourMs,
    5 * hourMs,
    10 * hourMs,
  ],
  thenEveryMs: 12 * hourMs,
  giveUpMs: 5 * dayMs,
  jitter: 0.2,
}

/** The instant of the next attempt, or undefined where there is none. `attempts` were made. */
export function retryAt({
  schedule,
  attempts,
  firstAt,
  now,
  chance,
  retryAfterMs,
}: {
  readonly schedule: RetrySchedule
  readonly attempts: number
  readonly firstAt: number
  readonly now: number
  /** 0 to 1. */
  readonly chance: number
  /** What the receiver asked for; 0 for nothing. */
  readonly retryAfterMs: number
}): number | undefined {
  const pauseMs = schedule.stepsMs[attempts - 1] ?? schedule.thenEveryMs
  const jitteredMs = pauseMs * (1 - schedule.jitter + 2 * schedule.jitter * chance)
  const at = now + Math.round(Math.max(jitteredMs, retryAfterMs))
  return at > firstAt + schedule.giveUpMs ? undefined : at
}
