import type { Bus, Register, Stored } from '@newswire/bus'
import { Problem } from '@newswire/http'
import { type Receivers as ReceiversRow, revisionOf, type TaggedItem } from '@newswire/model'
import type { LoggedDelivery, PublicItem, Store } from '@newswire/store'
import { eventFor } from '../deliver/events.js'
import type { WebhookRow } from '../registry/webhook-row.js'
import { type Recalled, type ReceiverReport, reportOf, summaryOf } from './recall.js'

export interface RecallOptions {
  readonly bus: Pick<Bus, 'history' | 'latest'>
  readonly store: Pick<Store, 'deliveries' | 'publicItem'>
  readonly endpoints: Pick<Register<WebhookRow>, 'get' | 'rows' | 'deletedAt'>
}

/** Up to so many receivers are read one by one; for more, all webhooks are read at once. */
const readEachMax = 64

export interface RecallQuery {
  readonly item: string
  /** `2.1`, or `2` for the version; else the newest correction or withdrawal. */
  readonly revision: string | undefined
  /** Key whose webhooks alone are told of; undefined for all. */
  readonly owner: string | undefined
}

/** Both read models must be current. Errors: Problem 404 `no-recall`. */
export async function readRecall(options: RecallOptions, query: RecallQuery) {
  const found = await options.store.publicItem(query.item)
  if (found === undefined) throw notPublic()
  try {
    return await readOf(options, query, found)
  } catch (error) {
    // A subscriber who has nothing of a private item is not told that there is one.
    const isHidden = query.owner !== undefined && found.item.rights === 'private'
    throw isHidden && error instanceof Problem ? notPublic() : error
  }
}

async function readOf(options: RecallOptions, query: RecallQuery, found: PublicItem) {
  const { bus, store, endpoints } = options
  const keys = { wire: found.item.wire, id: found.item.id }
  const versions: Stored<TaggedItem>[] = []
  for await (const version of bus.history('item.tagged', keys)) versions.push(version)
  const recalled = versionOf(versions, query.revision)
  const [row, deliveries] = await Promise.all([
    bus.latest('receiver', keys),
    store.deliveries.ofItem(keys.id),
  ])
  const receivers = row?.value.endpoints ?? {}
  const planned = await withNewest(store, found.item.id, {
    planned: byEndpoint(deliveries),
    receivers,
  })
  const names = new Set([...Object.keys(receivers), ...planned.keys()])
  const rowOf = await rowsOf(endpoints, names)
  const reports = [...names].flatMap((endpoint) => {
    const webhook = rowOf.get(endpoint)
    if (query.owner !== undefined && webhook?.owner !== query.owner) return []
    const report = reportOf(
      {
        endpoint,
        row: webhook,
        newestVersion: versionIn(receivers[endpoint]?.revision),
        deliveries: planned.get(endpoint) ?? [],
      },
      recalled,
    )
    return report ?? []
  })
  if (query.owner !== undefined && reports.length === 0) {
    throw noRecall('None of your webhooks was sent this item.')
  }
  const view = viewOf(keys.id, recalled, reports)
  return { ...view, receivers: await withSince(endpoints, view.receivers) }
}

function byEndpoint(deliveries: readonly LoggedDelivery[]): Map<string, LoggedDelivery[]> {
  const groups = new Map<string, LoggedDelivery[]>()
  for (const delivery of deliveries) {
    const group = groups.get(delivery.endpoint)
    if (group) group.push(delivery)
    else groups.set(delivery.endpoint, [delivery])
  }
  return groups
}

/** Endpoints that are read by themselves at a time, and deliveries of one item at one of them. */
const readAtOnceMax = 100
const chainMax = 50

/**
 * An item's list holds its newest plans only, and each replay is a plan: what it has let go of is
 * found at its endpoint, so that nobody's replays hide what others were told.
 */
async function withNewest(
  store: Pick<Store, 'deliveries'>,
  item: string,
  { planned, receivers }: { planned: Map<string, LoggedDelivery[]>; receivers: Endpoints },
): Promise<Map<string, LoggedDelivery[]>> {
  const missing = Object.entries(receivers).filter(([endpoint, { sequence }]) => {
    return !planned.get(endpoint)?.some((delivery) => delivery.sequence === sequence)
  })
  for (let at = 0; at < missing.length; at += readAtOnceMax) {
    const some = missing.slice(at, at + readAtOnceMax)
    const chains = await Promise.all(
      some.map(([endpoint, { sequence }]) => chainOf(store, { endpoint, item, sequence })),
    )
    for (const [place, [endpoint]] of some.entries()) {
      if (chains[place]?.length) planned.set(endpoint, chains[place])
    }
  }
  return planned
}

/** An item's deliveries at an endpoint, back from the newest; oldest first. */
async function chainOf(
  store: Pick<Store, 'deliveries'>,
  { endpoint, item, sequence }: { endpoint: string; item: string; sequence: number },
): Promise<LoggedDelivery[]> {
  const chain: LoggedDelivery[] = []
  let at: number | undefined = sequence
  while (at !== undefined && chain.length < chainMax) {
    const place = { sequence: at - 1, limit: 1 } as const
    const found: readonly LoggedDelivery[] = (await store.deliveries.after(endpoint, place))
      .deliveries
    if (found[0]?.item !== item) break
    chain.unshift(found[0])
    at = found[0].previous
  }
  return chain
}

/** Asked for those that are shown alone. */
async function withSince(
  endpoints: Pick<Register<WebhookRow>, 'deletedAt'>,
  reports: readonly ReceiverReport[],
): Promise<ReceiverReport[]> {
  const told: ReceiverReport[] = []
  for (let at = 0; at < reports.length; at += readAtOnceMax) {
    const some = reports.slice(at, at + readAtOnceMax).map(async (report) => {
      const since = report.state === 'gone' && (await endpoints.deletedAt(report.endpoint))
      return since ? { ...report, since } : report
    })
    told.push(...(await Promise.all(some)))
  }
  return told
}

type Endpoints = ReceiversRow['endpoints']
type Chosen = Recalled & { readonly revision: string }

function versionOf(versions: readonly Stored<TaggedItem>[], revision: string | undefined): Chosen {
  const isMeant = ({ value }: Stored<TaggedItem>) => {
    if (revision !== undefined) return [revisionOf(value), String(value.version)].includes(revision)
    return value.status === 'canceled' || value.change === 'correction'
  }
  const newest = versions.filter(isMeant).at(-1)?.value
  // What was tagged again was public before.
  const first = versions.find(({ value }) => value.version === newest?.version)
  if (newest === undefined || first === undefined) {
    throw noRecall(
      revision === undefined
        ? 'The item has no correction or withdrawal. Name another revision with ?revision=.'
        : 'There is no such revision. Leave `revision` out for the newest correction or withdrawal.',
    )
  }
  return {
    version: newest.version,
    revision: revisionOf(first.value),
    isWithdrawal: newest.status === 'canceled',
    storedAt: first.storedAt,
    isAskedFor: (row) => eventFor(row, newest, true) !== undefined,
  }
}

function versionIn(revision: string | undefined): number | undefined {
  return revision === undefined ? undefined : Number(revision.split('.')[0])
}

/** Receivers in one answer: those that still are to be told come first. */
const receiversMax = 1_000

const urgency = ['failed', 'pending', 'unknown', 'gone', 'acknowledged', 'spared'] as const

function viewOf(item: string, recalled: Chosen, reports: readonly ReceiverReport[]) {
  const { revision, isWithdrawal, storedAt } = recalled
  const { counts, complete, completeAfterMs } = summaryOf(reports, recalled)
  const rank = ({ state }: ReceiverReport) => urgency.indexOf(state)
  const sorted = reports.toSorted(
    (a, b) => rank(a) - rank(b) || a.endpoint.localeCompare(b.endpoint),
  )
  return {
    item,
    revision,
    kind: isWithdrawal ? 'withdrawal' : 'version',
    storedAt,
    counts,
    complete,
    completeAfterMs: completeAfterMs ?? null,
    receivers: sorted.slice(0, receiversMax),
    truncated: sorted.length > receiversMax,
  }
}

function notPublic(): Problem {
  return noRecall('There is no such item, or it is not public.')
}

function noRecall(detail: string): Problem {
  return new Problem({
    status: 404,
    slug: 'no-recall',
    title: 'There is nothing to recall',
    detail,
  })
}

async function rowsOf(
  endpoints: Pick<Register<WebhookRow>, 'get' | 'rows'>,
  names: ReadonlySet<string>,
): Promise<ReadonlyMap<string, WebhookRow>> {
  const isFew = names.size <= readEachMax
  const rows = isFew
    ? await Promise.all([...names].map((name) => endpoints.get(name)))
    : await endpoints.rows()
  return new Map(rows.flatMap((row) => (row ? [[row.key, row.value] as const] : [])))
}
