import { type Source, sourcePositionSchema } from '@newswire/model'
import { z } from 'zod'
import { rhythmLimits } from '../limits.js'
import { type Evidence, restOf } from './rhythm.js'
import { type Reading, rhythmOf } from './window.js'

const durationMs = z.number().nonnegative()

/** The row of register `positions` with what intake alone needs. */
export const positionSchema = sourcePositionSchema.extend({
  /** 304 answers since the last fetch that brought a body. */
  notModifiedInRow: z.number().int().nonnegative().default(0),
  /** What the last successful poll had to leave out, as a sentence. */
  lastNote: z.string().optional(),
  /** When a body was last read. */
  lastReadAt: z.iso.datetime().optional(),
  /** How long the feed itself says that it may be kept. */
  ttlMs: durationMs.optional(),
  windowMs: durationMs.optional(),
  gapMs: durationMs.optional(),
  /** Date of the newest entry, as it says. */
  newestAt: z.iso.datetime().optional(),
  /** The rest that was set, and why. */
  everyMs: durationMs.optional(),
  because: z.string().optional(),
  /** Retry-After: nobody asks earlier. */
  notBefore: z.iso.datetime().optional(),
  /** The address of the row that the validators were given at. */
  validFor: z.string().optional(),
  /** A permanent redirect, and how often in a row it was met. */
  moved: z.object({ url: z.string(), times: z.number().int().positive() }).optional(),
  /** The hub that the feed advertises, and the address under which the hub knows it. */
  hub: z.object({ url: z.string(), topic: z.string(), base: z.string() }).optional(),
})

export type Position = z.infer<typeof positionSchema>
export type Hub = NonNullable<Position['hub']>

/** What any answer tells beside its body. */
export interface Answered {
  readonly movedTo?: string
  /** For how long it is fresh. */
  readonly freshMs?: number
}

/** What one poll found out. */
export type PollOutcome =
  | {
      readonly kind: 'read'
      readonly answered: Answered
      /** `ETag` and `Last-Modified` of this answer; absent where it must be fetched again. */
      readonly validators?: { readonly etag?: string; readonly lastModified?: string }
      readonly reading: Omit<Reading, 'elapsedMs'>
      readonly published: number
      readonly seenCount: number
      readonly ttlMs?: number
      readonly hub?: Hub
      readonly note?: string
    }
  | { readonly kind: 'not-modified'; readonly answered: Answered }
  | {
      readonly kind: 'failed'
      readonly error: string
      readonly retryAfterMs?: number
      readonly hub?: Hub
      readonly isGone?: boolean
    }

export function emptyPosition(source: string): Position {
  return {
    source,
    seenCount: 0,
    polls: 0,
    emptyPolls: 0,
    failures: 0,
    failuresInRow: 0,
    entries: 0,
    notModifiedInRow: 0,
  }
}

/** Due at once; another address has validators of its own, and has not asked for a rest. */
export function startedAnew(position: Position, isMoved: boolean): Position {
  const { nextPollAt: _next, moved: _moved, ...kept } = position
  const anew = { ...kept, failuresInRow: 0 }
  if (!isMoved) return anew
  const { etag: _etag, lastModified: _modified, notBefore: _rest, ...unconditional } = anew
  return { ...unconditional, notModifiedInRow: 0 }
}

export interface Polled {
  readonly source: Pick<Source, 'id' | 'url' | 'intervalSeconds'>
  readonly at: Date
  readonly isPushed: boolean
}

/** A failed poll counts, and moves nothing that decides what the next one brings. */
export function afterPoll(position: Position, outcome: PollOutcome, polled: Polled): Position {
  const { lastError: _error, nextPollAt: _next, notBefore: _rest, ...kept } = position
  const counted = { ...kept, polls: position.polls + 1, lastPollAt: polled.at.toISOString() }
  if (outcome.kind === 'failed') {
    const failed = {
      ...counted,
      ...(outcome.hub ? { hub: outcome.hub } : {}),
      failures: position.failures + 1,
      failuresInRow: position.failuresInRow + 1,
      lastError: outcome.error,
    }
    return withRest(failed, { retryAfterMs: outcome.retryAfterMs }, polled)
  }
  const answered = withMove({ ...counted, failuresInRow: 0 }, outcome.answered)
  const askedMs = Math.max(
    outcome.answered.freshMs ?? 0,
    (outcome.kind === 'read' ? outcome.ttlMs : position.ttlMs) ?? 0,
  )
  if (outcome.kind === 'read') {
    return withRest(afterReading(answered, outcome, polled), { askedMs }, polled)
  }
  const unchanged = {
    ...answered,
    emptyPolls: position.emptyPolls + 1,
    notModifiedInRow: position.notModifiedInRow + 1,
  }
  return withRest(unchanged, { askedMs }, polled)
}

function withMove({ moved, ...position }: Position, { movedTo }: Answered): Position {
  if (movedTo === undefined) return position
  return {
    ...position,
    moved: { url: movedTo, times: moved?.url === movedTo ? moved.times + 1 : 1 },
  }
}

function afterReading(
  position: Position,
  outcome: PollOutcome & { kind: 'read' },
  { at, source }: Polled,
): Position {
  const { lastNote: _note, ttlMs: _ttl, hub: _hub, gapMs: _gap, ...kept } = position
  const { etag: _etag, lastModified: _modified, validFor: _for, ...bare } = kept
  const { validators, published, note, ttlMs, hub } = outcome
  const { lastReadAt, windowMs: previousMs } = position
  const elapsedMs = lastReadAt ? at.getTime() - Date.parse(lastReadAt) : undefined
  const reading = { ...outcome.reading, elapsedMs }
  const { newestAt, ...rhythm } = rhythmOf(reading, at.getTime(), previousMs)
  return {
    ...(validators ? { ...bare, ...validators, validFor: source.url } : kept),
    ...rhythm,
    ...(newestAt === undefined ? {} : { newestAt: new Date(newestAt).toISOString() }),
    ...(note === undefined ? {} : { lastNote: note }),
    ...(ttlMs === undefined ? {} : { ttlMs }),
    ...(hub === undefined ? {} : { hub }),
    ...(published > 0 ? { lastItemAt: at.toISOString() } : {}),
    lastReadAt: at.toISOString(),
    seenCount: outcome.seenCount,
    emptyPolls: position.emptyPolls + (published === 0 ? 1 : 0),
    entries: position.entries + published,
    notModifiedInRow: 0,
  }
}

function withRest(
  position: Position,
  said: Pick<Evidence, 'askedMs' | 'retryAfterMs'>,
  { source, at, isPushed }: Polled,
): Position {
  const { failuresInRow, windowMs, gapMs, lastItemAt } = position
  const now = at.getTime()
  const quietMs = lastItemAt ? now - Date.parse(lastItemAt) : undefined
  const evidence = { ...said, failuresInRow, windowMs, gapMs, quietMs, isPushed }
  const { ms, because } = restOf(source, evidence)
  return {
    ...position,
    nextPollAt: new Date(now + ms).toISOString(),
    everyMs: ms,
    because,
    ...notBeforeOf(said, now),
  }
}

/** The back-off may be longer than what the source asks for: that binds nobody but us. */
function notBeforeOf(
  { retryAfterMs }: Pick<Evidence, 'retryAfterMs'>,
  now: number,
): Pick<Position, 'notBefore'> {
  if (retryAfterMs === undefined) return {}
  const ms = Math.min(retryAfterMs, rhythmLimits.retryAfterMsMax)
  return { notBefore: new Date(now + ms).toISOString() }
}
