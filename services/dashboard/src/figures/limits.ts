/** Limits and measures of what the window watches, by name. */
const second = 1_000
const minute = 60 * second

export const watchLimits = {
  /** How often everything is looked at. */
  lookMs: 5 * second,
  /** An overview that is younger is given again. */
  overviewFreshMs: second,
  /** Counts are kept in slots of so long, and so many of them: two hours. */
  slotMs: 10 * second,
  slotsMax: 720,
  /** Over so long success and latency of deliveries are told. */
  deliveryWindowMs: 15 * minute,
  /** Endpoints that are named as failing. */
  failingShownMax: 20,
  /** Endpoints whose failures are remembered; the oldest are forgotten first. */
  failingKnownMax: 10_000,
  /** Waits between tries to follow a stream that ended. */
  againMs: second,
  /** Days of stream RAW that a source's rhythm is learnt from. */
  rhythmDays: 28,
  /** Sources whose rhythm is kept. */
  rhythmsMax: 5_000,
} as const

export const minuteMs = minute
export const hourMs = 60 * minute
export const dayMs = 24 * hourMs
