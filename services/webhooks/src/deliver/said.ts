import type { Attempt, LaneCommand } from '@newswire/model'
import type { Dispatch } from '../plan/dispatch.js'
import type { AttemptDetail, LaneEntry } from './lane-table.js'

/** A look that a lane waits for. */
export interface Look {
  readonly endpoint: string
  readonly item: string
  readonly sequence: number
  /** Attempts that were made: each wait has a job of its own. */
  readonly attempts: number
  /** Ms since 1970. */
  readonly at: number
}

export type RecordCommand = LaneCommand & { kind: 'record' }

export function refused(delivery: Dispatch): RecordCommand {
  const reason = 'too many items wait for this webhook'
  return { kind: 'record', delivery, attempt: 0, result: 'failed', reason }
}

export function lookOf(
  { endpoint, item }: LaneEntry,
  { sequence, attempts }: { sequence: number; attempts: number },
  at: number,
): Look {
  return { endpoint, item, sequence, attempts, at }
}

export function attemptOf(
  { id, endpoint, item, revision, sequence }: Dispatch,
  { attempt, result, nextAt, reason }: RecordCommand,
  detail: AttemptDetail,
): Attempt {
  const next = nextAt === undefined ? {} : { nextAt: new Date(nextAt).toISOString() }
  const why = reason === undefined ? {} : { error: reason }
  const of = { delivery: id, endpoint, item, revision, sequence }
  return { ...of, attempt, result, ...why, ...next, ...detail }
}
