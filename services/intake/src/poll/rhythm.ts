import { type Source, shortHash } from '@newswire/model'
import { backOff, rhythmLimits } from '../limits.js'

/** What is known when the next poll is set. Durations in milliseconds. */
export interface Evidence {
  readonly failuresInRow: number
  /** The longest that the source itself asks for: ttl, update period, max-age, Expires. */
  readonly askedMs?: number | undefined
  /** In which all that the feed shows is replaced by newer entries. */
  readonly windowMs?: number | undefined
  /** Since the newest entry came. */
  readonly quietMs?: number | undefined
  /** Usual time between two entries. */
  readonly gapMs?: number | undefined
  readonly retryAfterMs?: number | undefined
  /** Whether a hub pushes what is new. */
  readonly isPushed: boolean
}

export interface Rest {
  readonly ms: number
  /** Why it is so long, as words that follow "because". */
  readonly because: string
}

const secondMs = 1_000

/**
 * How long a source rests until its next poll. `hint` is the row's `intervalSeconds`; each line can
 * only do what its column says to what the lines above it have left.
 *
 * ```
 * what is known               does      to                            bounds
 * the row                     sets      hint
 * ttl, max-age, Expires, sy:  slows     what is asked for             4 × hint
 * nothing new for an hour     slows     + 1 hint per quiet hour       3 × hint
 *   and for six usual gaps
 * a hub pushes                slows     60 min
 * the feed's window           hastens   half the window               1 min, or hint if shorter
 * failed n times in a row     replaces  1 min, 2, 4 … (`backOff`)     6 h
 * Retry-After                 slows     what is asked for             24 h
 * ```
 *
 * The window comes late because losing entries is worse than asking often. Jitter (±10 %) belongs
 * to the source: it spreads the sources over time, and every process comes to the same schedule
 * without asking another. Nothing hastens past Retry-After, jitter neither.
 */
export function restOf(source: Pick<Source, 'id' | 'intervalSeconds'>, evidence: Evidence): Rest {
  const hintMs = source.intervalSeconds * secondMs
  const rest = evidence.failuresInRow > 0 ? afterFailure(hintMs, evidence) : usual(hintMs, evidence)
  const ms = jittered(source.id, Math.min(rest.ms, rhythmLimits.slowestMs))
  const retryAfterMs = Math.min(evidence.retryAfterMs ?? 0, rhythmLimits.retryAfterMsMax)
  return retryAfterMs > ms
    ? { ms: retryAfterMs, because: 'the source has asked for it (Retry-After)' }
    : { ms, because: rest.because }
}

function usual(hintMs: number, evidence: Evidence): Rest {
  const { askedFactorMax, fallbackMs, fastestMs, windowShare } = rhythmLimits
  let rest: Rest = { ms: hintMs, because: "its row's intervalSeconds says so" }
  const slow = (ms: number, because: string) => {
    if (ms > rest.ms) rest = { ms, because }
  }
  const askedMs = Math.min(evidence.askedMs ?? 0, hintMs * askedFactorMax)
  slow(askedMs, 'the source asks for it (ttl, update period, Cache-Control or Expires)')
  slow(hintMs * quietFactor(evidence), 'nothing new comes at this time')
  if (evidence.isPushed) slow(fallbackMs, 'a hub pushes what is new, and polls are the fallback')
  const windowMs = (evidence.windowMs ?? Number.POSITIVE_INFINITY) * windowShare
  if (windowMs >= rest.ms) return rest
  const ms = Math.max(stepDown(windowMs), Math.min(fastestMs, hintMs))
  return ms < rest.ms ? { ms, because: 'its feed shows no more than twice this time' } : rest
}

function quietFactor({ quietMs = 0, gapMs = 0 }: Evidence): number {
  const { quietAfterMs, quietGapsMin, quietFactorMax } = rhythmLimits
  const beginsMs = Math.max(quietAfterMs, gapMs * quietGapsMin)
  const hours = Math.max(0, quietMs - beginsMs) / quietAfterMs
  return Math.min(quietFactorMax, 1 + Math.ceil(hours))
}

/** To a step of a fixed ladder: a rest that changed with each poll would move its schedule. */
function stepDown(ms: number): number {
  const { fastestMs, stepFactor } = rhythmLimits
  const steps = Math.floor(Math.log(Math.max(1, ms / fastestMs)) / Math.log(stepFactor))
  return fastestMs * stepFactor ** steps
}

function afterFailure(hintMs: number, { failuresInRow }: Evidence): Rest {
  const { firstMs, factor, lastMs } = backOff
  const ms = Math.min(lastMs, Math.min(firstMs, hintMs) * factor ** (failuresInRow - 1))
  const times = failuresInRow === 1 ? 'once' : `${failuresInRow} times in a row`
  return { ms, because: `it failed ${times}` }
}

function jittered(name: string, ms: number): number {
  return Math.round(ms * (1 + rhythmLimits.jitterShare * chanceOf(name)))
}

/** Between −1 and 1, always the same for a name. */
function chanceOf(name: string): number {
  const number = Buffer.from(shortHash('jitter', name), 'base64url').readUInt32BE(0)
  return (number / 0xffff_ffff) * 2 - 1
}
