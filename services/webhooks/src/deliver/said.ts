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
  // Written out, as this is done for each attempt: spreads take much longer.
  const made: Attempt = { delivery: id, endpoint, item, revision, sequence, attempt, result }
  const { startedAt, latencyMs, status, answer, error = reason } = detail
  if (startedAt !== undefined) made.startedAt = startedAt
  if (latencyMs !== undefined) made.latencyMs = latencyMs
  if (status !== undefined) made.status = status
  if (answer !== undefined) made.answer = answer
  if (error !== undefined) made.error = error
  if (nextAt !== undefined) made.nextAt = new Date(nextAt).toISOString()
  return made
}
