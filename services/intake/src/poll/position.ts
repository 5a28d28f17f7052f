import { type SourcePosition, sourcePositionSchema } from '@newswire/model'
import { z } from 'zod'

/** The row of register `positions` with what intake alone needs. */
export const positionSchema = sourcePositionSchema.extend({
  /** 304 answers since the last fetch that brought a body. */
  notModifiedInRow: z.number().int().nonnegative().default(0),
  /** What the last successful poll had to leave out, as a sentence. */
  lastNote: z.string().optional(),
})

export type Position = z.infer<typeof positionSchema>

/** What one poll found out. */
export type PollOutcome = { readonly at: Date; readonly nextAt: Date } & (
  | {
      readonly kind: 'read'
      /** `ETag` and `Last-Modified` of this answer, both kept from every 200. */
      readonly validators: { readonly etag?: string; readonly lastModified?: string }
      /** Content hash by key of every entry that the feed holds, oldest first. */
      readonly entries: ReadonlyMap<string, string>
      readonly published: number
      readonly note?: string
    }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'failed'; readonly error: string }
)

export function emptyPosition(source: string): Position {
  return {
    source,
    seen: {},
    polls: 0,
    emptyPolls: 0,
    failures: 0,
    failuresInRow: 0,
    entries: 0,
    notModifiedInRow: 0,
  }
}

/** A failed poll counts, and moves nothing that decides what the next one brings. */
export function afterPoll(position: Position, outcome: PollOutcome, seenMax: number): Position {
  const { lastError: _error, nextPollAt: _next, ...kept } = position
  const polled = {
    ...kept,
    polls: position.polls + 1,
    lastPollAt: outcome.at.toISOString(),
    nextPollAt: outcome.nextAt.toISOString(),
  }
  if (outcome.kind === 'failed') {
    return {
      ...polled,
      failures: position.failures + 1,
      failuresInRow: position.failuresInRow + 1,
      lastError: outcome.error,
    }
  }
  const succeeded = { ...polled, failuresInRow: 0 }
  if (outcome.kind === 'not-modified') {
    return {
      ...succeeded,
      emptyPolls: position.emptyPolls + 1,
      notModifiedInRow: position.notModifiedInRow + 1,
    }
  }
  return afterReading(succeeded, outcome, seenMax)
}

function afterReading(
  position: Position,
  outcome: PollOutcome & { kind: 'read' },
  seenMax: number,
): Position {
  const { etag: _etag, lastModified: _lastModified, lastNote: _note, ...kept } = position
  return {
    ...kept,
    ...outcome.validators,
    ...(outcome.note === undefined ? {} : { lastNote: outcome.note }),
    ...(outcome.published > 0 ? { lastItemAt: outcome.at.toISOString() } : {}),
    seen: remembered(position.seen, outcome.entries, seenMax),
    emptyPolls: position.emptyPolls + (outcome.published === 0 ? 1 : 0),
    entries: position.entries + outcome.published,
    notModifiedInRow: 0,
  }
}

/** What the feed holds now stands last, so that the limit forgets what has long left it. */
function remembered(
  seen: Position['seen'],
  entries: ReadonlyMap<string, string>,
  seenMax: number,
): SourcePosition['seen'] {
  const older = Object.entries(seen).filter(([key]) => !entries.has(key))
  return Object.fromEntries([...older, ...entries].slice(-seenMax))
}
