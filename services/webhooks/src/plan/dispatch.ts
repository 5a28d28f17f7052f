import type { LaneDelivery, Plan } from '@newswire/model'

/** One delivery of a plan, with all that an attempt needs to know. */
export interface Dispatch extends LaneDelivery {
  readonly endpoint: string
  readonly item: string
  readonly version: number
  /** The sequence of the last delivery of this item at this endpoint. */
  readonly previous: number | undefined
  /** Whether the endpoint has acknowledged an earlier version of the item, where that is sure. */
  readonly knows: boolean | undefined
  /** The endpoint was disabled, and never sent the item. */
  readonly unsent?: true | undefined
  /** Where the version stands in stream TAGGED. */
  readonly itemSequence: number
  /** Where the plan stands in stream DELIVERIES. */
  readonly plan: number
}

export function dispatchesOf(plan: Plan, planSequence: number): Dispatch[] {
  const { item } = plan
  return plan.deliveries.map(({ id, endpoint, sequence, previous, knows, unsent }) => ({
    id,
    endpoint,
    sequence,
    previous,
    knows,
    unsent,
    item: item.id,
    version: item.version,
    revision: item.revision,
    withdrawal: item.status !== 'usable',
    itemSequence: item.sequence,
    plan: planSequence,
    plannedAt: Date.parse(plan.at),
  }))
}
