/*
 * A token bucket, pure: what was taken comes in, what is left goes out. Time is monotonic, so that
 * a clock that is set changes no rate.
 */

/** Tokens that may be taken at once, as a share of a second's: the rate holds over short spans. */
const burstSeconds = 0.1
/** A tenth of a billionth: what is left of a token where many shares of one were added up. */
const tolerance = 1e-9

export interface Bucket {
  readonly tokens: number
  /** When it held them; ms of the monotonic clock. */
  readonly atMs: number
}

/** A bucket is full at the start. */
export function fullBucket(ratePerSecond: number, nowMs: number): Bucket {
  return { tokens: burstOf(ratePerSecond), atMs: nowMs }
}

/** How many may start at once after a rest. */
export function burstOf(ratePerSecond: number): number {
  return Math.max(1, Math.ceil(ratePerSecond * burstSeconds))
}

/** What it holds now. The rate may have changed since. */
export function filled(bucket: Bucket, ratePerSecond: number, nowMs: number): Bucket {
  const grown = (Math.max(0, nowMs - bucket.atMs) * ratePerSecond) / 1_000
  return { tokens: Math.min(burstOf(ratePerSecond), bucket.tokens + grown), atMs: nowMs }
}

/** How long until there is a whole token; 0 for now. */
export function waitMsOf({ tokens }: Bucket, ratePerSecond: number): number {
  return tokens >= 1 - tolerance ? 0 : ((1 - tokens) * 1_000) / ratePerSecond
}

export function taken(bucket: Bucket): Bucket {
  return { ...bucket, tokens: Math.max(0, bucket.tokens - 1) }
}

/** Nothing was started with it; `filled` keeps it within its size. */
export function givenBack(bucket: Bucket): Bucket {
  return { ...bucket, tokens: bucket.tokens + 1 }
}
