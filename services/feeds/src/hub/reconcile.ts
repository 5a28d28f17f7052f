import type { Job, JobQueue } from '@newswire/jobs'
import type { FeedSubscription, HubLane } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import { isInFlight, isOwed, newLane, startOf } from './lane.js'
import type { HubLimits } from './limits.js'
import { activeOf, type Subscriptions } from './subscriptions.js'
import type { Topics } from './topics.js'

export interface ReconcileOptions {
  readonly subscriptions: Subscriptions
  readonly topics: Topics
  readonly verifications: JobQueue
  readonly deliveries: JobQueue
  readonly clock: Clock
  readonly limits: Pick<HubLimits, 'reconciledAtOnce' | 'freshPauseMsMax'>
}

type Due = Job & { readonly delayMs: number }

/** Makes the jobs that the facts ask for and that are missing; ends what is over. */
export async function reconcile(options: ReconcileOptions): Promise<void> {
  const { subscriptions, topics, verifications, deliveries, clock, limits } = options
  const now = clock.now()
  const asks: Due[] = []
  const sends: Due[] = []
  for (const [key, row] of [...topics.rows()]) {
    if (row.active && !activeOf(row, now)) await endLease(subscriptions, key, clock)
    if (row.pending) asks.push(dueAt(key, Date.parse(row.pending.dueAt), now))
    const lane = subscriptions.lanes.get(key)?.value ?? newLane
    if (!isWaiting(row, lane, topics, now)) continue
    const startsAt = startOf(lane, topics.lastOf(row.path), limits.freshPauseMsMax)
    sends.push(dueAt(key, startsAt, now))
  }
  await addMissing(verifications, asks, limits.reconciledAtOnce)
  await addMissing(deliveries, sends, limits.reconciledAtOnce)
  const rows = topics.rows()
  for (const key of [...subscriptions.lanes.keys()]) {
    if (!rows.has(key)) await deleteLane(subscriptions, key)
  }
}

function isWaiting(row: FeedSubscription, lane: HubLane, topics: Topics, now: Date): boolean {
  if (!activeOf(row, now) || isInFlight(lane, now)) return false
  return isOwed(lane, topics.lastOf(row.path).changedAt)
}

function dueAt(key: string, atMs: number, now: Date): Due {
  return { key, data: {}, delayMs: Math.max(0, atMs - now.getTime()) }
}

async function addMissing(queue: JobQueue, due: readonly Due[], atOnce: number): Promise<void> {
  for (let at = 0; at < due.length; at += atOnce) {
    const some = due.slice(at, at + atOnce)
    const standing = await queue.has(some.map(({ key }) => key))
    await queue.addAll(some.filter(({ key }) => !standing.has(key)))
  }
}

/** A lease that was renewed meanwhile stays. */
async function endLease(subscriptions: Subscriptions, key: string, clock: Clock): Promise<void> {
  await subscriptions.change(key, (row) => {
    if (row === undefined || activeOf(row, clock.now())) return undefined
    const { active: _over, ...rest } = row
    return rest
  })
}

/** A subscription that is made just now has its row before its lane. */
async function deleteLane(subscriptions: Subscriptions, key: string): Promise<void> {
  if ((await subscriptions.get(key)) === undefined) await subscriptions.lanes.delete(key)
}
