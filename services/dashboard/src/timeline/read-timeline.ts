import type { Bus } from '@newswire/bus'
import type { Caller } from '@newswire/http'
import type { Endpoint } from '@newswire/model'
import type { LoggedDelivery, Store } from '@newswire/store'
import { noItem } from '../decision-checks.js'
import type { Table } from '../figures/table.js'
import { type FeedOfItem, feedsOf } from './feeds-of.js'
import { type Stage, stagesInside, stagesOutside } from './stages.js'

/** Newest deliveries that one answer tells. */
export const timelineDeliveriesMax = 500
/** Webhooks of one subscriber that are looked at together. */
const endpointsAtOnceMax = 50

export interface TimelineOptions {
  readonly bus: Pick<Bus, 'read' | 'history' | 'streams'>
  readonly store: Pick<Store, 'itemState' | 'publicItem' | 'deliveries'>
  readonly endpoints: Pick<Table<Endpoint>, 'get' | 'values'>
}

export interface Timeline {
  readonly id: string
  readonly wire: string
  /** Nothing of it was ever public. */
  readonly held: boolean
  /** Oldest first. */
  readonly stages: readonly Stage[]
  readonly feeds: readonly FeedOfItem[]
  /** Oldest plan first. */
  readonly deliveries: readonly DeliveryTold[]
  /** There are older deliveries than are told. */
  readonly truncated: boolean
  /** The read model holds all that the ledger tells; else what is told of deliveries may lag. */
  readonly current: boolean
}

export interface DeliveryTold {
  readonly id: string
  readonly endpoint: string
  readonly name?: string
  readonly url?: string
  readonly revision: string
  readonly plannedAt: Date
  readonly state: LoggedDelivery['state']
  readonly attempts: readonly Record<string, unknown>[]
}

/**
 * The life of an item, from its source to each receiver. A subscriber is told what became public
 * and what its own webhooks were sent. Errors: Problem 404 `unknown-item`.
 */
export async function readTimeline(
  options: TimelineOptions,
  id: string,
  caller: Pick<Caller, 'role' | 'keyId'>,
): Promise<Timeline> {
  const { bus, store } = options
  const isAdmin = caller.role === 'admin'
  const [state, found] = await Promise.all([store.itemState(id), store.publicItem(id)])
  const wire = found?.item.wire ?? (isAdmin ? state?.wire : undefined)
  if (wire === undefined) throw noItem(id)
  const told = await deliveriesOf(options, id, isAdmin ? undefined : caller.keyId)
  // Whoever was never sent a private item does not learn that there is one.
  if (!isAdmin && found?.item.rights === 'private' && told.length === 0) throw noItem(id)
  const keys = { wire, id }
  const [inside, outside, current] = await Promise.all([
    isAdmin ? stagesInside(bus, keys) : [],
    stagesOutside(bus, keys),
    isCurrent(options),
  ])
  return {
    ...keys,
    held: found === undefined,
    stages: [...inside, ...outside].sort(byTime),
    feeds: found && found.item.rights !== 'private' ? feedsOf(found.item) : [],
    deliveries: told.slice(-timelineDeliveriesMax),
    truncated: told.length > timelineDeliveriesMax,
    current,
  }
}

const order = ['intake', 'normalizer', 'tagger'] as const

/** Stages within one millisecond come in the order of the flow. */
function byTime(a: Stage, b: Stage): number {
  const ms = a.at.getTime() - b.at.getTime()
  return ms || a.version - b.version || order.indexOf(a.stage) - order.indexOf(b.stage)
}

async function deliveriesOf(
  { store, endpoints }: TimelineOptions,
  id: string,
  owner: string | undefined,
): Promise<DeliveryTold[]> {
  if (owner === undefined) {
    return (await store.deliveries.ofItem(id)).map((each) => toldOf(each, endpoints))
  }
  const own = [...endpoints.values()].filter((row) => row.owner === owner)
  const found: LoggedDelivery[] = []
  for (let at = 0; at < own.length; at += endpointsAtOnceMax) {
    const some = own.slice(at, at + endpointsAtOnceMax)
    const each = await Promise.all(some.map((row) => store.deliveries.ofItem(id, row.id)))
    found.push(...each.flat())
  }
  found.sort((a, b) => a.plannedAt.getTime() - b.plannedAt.getTime())
  return found.map((each) => toldOf(each, endpoints))
}

/** Without what was answered: some endpoints answer with what they were sent. */
function toldOf(delivery: LoggedDelivery, endpoints: Pick<Table<Endpoint>, 'get'>): DeliveryTold {
  const { id, endpoint, revision, plannedAt, state, attempts } = delivery
  const row = endpoints.get(endpoint)
  return {
    ...{ id, endpoint, revision, plannedAt, state },
    ...(row === undefined ? {} : { url: row.url }),
    ...(row?.name === undefined ? {} : { name: row.name }),
    attempts: attempts.map(({ place: _, ...rest }) => rest),
  }
}

async function isCurrent({ bus, store }: TimelineOptions): Promise<boolean> {
  const [streams, position] = await Promise.all([bus.streams(), store.deliveries.position()])
  const ledger = streams.find(({ stream }) => stream === 'DELIVERIES')
  return ledger === undefined || ledger.messages === 0 || position >= ledger.lastSequence
}
