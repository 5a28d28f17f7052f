import { compareRevisions } from './item.js'
import type { Lane, LaneDelivery, LaneResult } from './lanes.js'

/** What the ledger says of one lane, in its order. */
export type LaneFact =
  | {
      readonly kind: 'plan'
      readonly delivery: LaneDelivery
      readonly before: boolean
      readonly knows?: boolean | undefined
    }
  | {
      readonly kind: 'outcome'
      readonly delivery: string
      readonly attempt: number
      readonly result: LaneResult
      readonly startedAt?: number
      readonly nextAt?: number
    }

/**
 * Makes a lane again from its facts, one by one; the same fact twice changes nothing. An attempt
 * may have been in flight when the facts end: what was planned counts as received. When all facts
 * are in, the lane takes up its work by the event `resumed`.
 */
export function laneAfter(lane: Lane | undefined, fact: LaneFact): Lane | undefined {
  if (fact.kind === 'plan') return afterPlan(lane, fact)
  if (!lane) return undefined
  const knows = lane.knows || fact.result === 'delivered'
  if (fact.result !== 'retry') {
    const { open, ...rest } = lane
    const replaced = lane.replaced.filter(({ id }) => id !== fact.delivery)
    return open && open.id !== fact.delivery
      ? { ...rest, open, replaced, knows }
      : { ...rest, replaced, knows }
  }
  if (lane.open?.id !== fact.delivery || fact.attempt <= lane.open.attempts) return lane
  const firstAt = lane.open.firstAt ?? fact.startedAt
  return {
    ...lane,
    open: {
      ...lane.open,
      attempts: fact.attempt,
      ...(firstAt === undefined ? {} : { firstAt }),
      ...(fact.nextAt === undefined ? {} : { nextAt: fact.nextAt }),
    },
  }
}

function afterPlan(
  lane: Lane | undefined,
  { delivery, before, knows = before }: LaneFact & { readonly kind: 'plan' },
): Lane {
  if (lane && compareRevisions(delivery.revision, lane.newest) <= 0) return lane
  return {
    newest: delivery.revision,
    open: { ...delivery, attempts: 0 },
    replaced: lane?.open ? [...lane.replaced, lane.open] : (lane?.replaced ?? []),
    received: true,
    knows: lane ? lane.knows : knows,
  }
}
