import type { LaneAnswer } from '@newswire/model'
import type { AttemptDetail } from './lane-table.js'

/** How an attempt ended, for the lane and for the ledger. */
export interface AttemptEnd {
  readonly answer: LaneAnswer
  readonly detail: AttemptDetail
  /** It says nothing of the endpoint: it failed before any call was made. */
  readonly isOurs?: boolean
}

/** Before any call was made: the bus did not give the item, or the secret can't be opened. */
export function failedBefore(error: unknown): AttemptEnd {
  const message = error instanceof Error ? error.message : String(error)
  return { answer: { kind: 'failed' }, detail: { error: message }, isOurs: true }
}
