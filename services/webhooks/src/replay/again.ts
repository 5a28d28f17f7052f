import {
  compareRevisions,
  deliveryIdOf,
  type PlannedDelivery,
  revisionOf,
  type TaggedItem,
} from '@newswire/model'
import { eventFor } from '../deliver/events.js'
import type { Standing } from '../plan/receivers.js'
import type { WebhookRow } from '../registry/webhook-row.js'
import type { Missed } from './replay-row.js'

/** An item that one endpoint is to get once more. */
export interface Again {
  readonly endpoint: string
  /** Id of the replay. */
  readonly replay: string
  readonly missed: Missed
}

/**
 * The delivery that a replay plans: the newest version, under the id that it always has for this
 * endpoint. Undefined where anything was planned for the endpoint after the wish (this replay, or a
 * newer version), and where the endpoint may not see the item or does not ask for such events.
 */
export function chooseAgain({
  missed,
  item,
  standing,
  row,
  last,
}: {
  readonly missed: Missed
  /** The newest in stream TAGGED. */
  readonly item: TaggedItem
  readonly standing: Standing | undefined
  readonly row: WebhookRow
  /** The last sequence that the endpoint was given. */
  readonly last: number
}): PlannedDelivery | undefined {
  const revision = revisionOf(item)
  const sent = standing?.value.endpoints[row.id]
  if (!sent || sent.sequence > missed.sequence) return undefined
  if (compareRevisions(sent.revision, revision) > 0) return undefined
  const knows = missed.knew || (missed.acknowledged ?? Number.POSITIVE_INFINITY) < item.version
  if (eventFor(row, item, knows) === undefined) return undefined
  return {
    id: deliveryIdOf(row.id, item.id, revision),
    endpoint: row.id,
    sequence: last + 1,
    previous: sent.sequence,
    knows,
  }
}
