import type { FoundJob, Jobs } from '@newswire/jobs'
import { type Endpoint, FilterError, parseFilter } from '@newswire/model'
import type { DeliveryState, LoggedDelivery, PublicItem, Store } from '@newswire/store'
import type { Table } from '../figures/table.js'
import type { LetterIndex } from './letter-index.js'

/** What one answer holds of each kind. */
export const searchLimits = {
  perKindMax: 20,
  /** Webhooks and items that deliveries and jobs are looked up for. */
  followedMax: 3,
} as const

export interface SearchOptions {
  readonly store: Pick<Store, 'publicItem' | 'query' | 'deliveries' | 'itemState'>
  readonly jobs: Pick<Jobs, 'search'>
  readonly letters: LetterIndex
  readonly endpoints: Table<Endpoint>
}

const states: readonly DeliveryState[] = ['waiting', 'retry', 'delivered', 'failed', 'superseded']
const { perKindMax, followedMax } = searchLimits

export interface Found {
  readonly items: readonly PublicItem[]
  readonly webhooks: readonly Endpoint[]
  readonly deliveries: readonly LoggedDelivery[]
  readonly jobs: readonly FoundJob[]
  readonly letters: Awaited<ReturnType<LetterIndex['find']>>
}

/** By item id, headline words, endpoint id or url, `webhook-id`, state or HTTP status. */
export async function search(options: SearchOptions, text: string): Promise<Found> {
  const webhooks = findWebhooks(options, text)
  const [items, letters] = await Promise.all([
    findItems(options, text),
    options.letters.find(text, perKindMax),
  ])
  const [deliveries, jobs] = await Promise.all([
    findDeliveries(options, text, { items, webhooks }),
    options.jobs.search({ words: wordsFor(text, items, webhooks), limit: perKindMax }),
  ])
  return { items, webhooks, deliveries, jobs, letters }
}

function findWebhooks({ endpoints }: SearchOptions, text: string): Endpoint[] {
  const wanted = text.toLowerCase()
  const found: Endpoint[] = []
  for (const row of endpoints.values()) {
    const said = `${row.id}\n${row.url}\n${row.name ?? ''}\n${row.status}`.toLowerCase()
    if (said.includes(wanted)) found.push(row)
    if (found.length >= perKindMax) break
  }
  return found
}

async function findItems({ store }: SearchOptions, text: string): Promise<PublicItem[]> {
  const byId = await store.publicItem(text)
  if (byId) return [byId]
  try {
    const filter = parseFilter({ q: [text] })
    const page = await store.query({ filter, limit: perKindMax, sees: 'all' })
    return [...page.items]
  } catch (error) {
    // What is no query names no headline.
    if (error instanceof FilterError) return []
    throw error
  }
}

function wordsFor(
  text: string,
  items: readonly PublicItem[],
  webhooks: readonly Endpoint[],
): string[] {
  const named = [
    ...items.slice(0, followedMax).map(({ item }) => item.id),
    ...webhooks.slice(0, followedMax).map(({ id }) => id),
  ]
  return [...new Set([text.trim(), ...named])]
}

async function findDeliveries(
  { store }: SearchOptions,
  text: string,
  found: { items: readonly PublicItem[]; webhooks: readonly Endpoint[] },
): Promise<LoggedDelivery[]> {
  const log = store.deliveries
  const state = states.find((each) => each === text)
  const limit = perKindMax
  if (state !== undefined) return [...(await log.find({ state, limit })).deliveries]
  if (/^[1-5]\d\d$/.test(text)) return [...(await log.answered(Number(text), limit))]
  if (text.startsWith('msg_')) return [await log.named(text)].filter((each) => each !== undefined)
  const items = found.items.length > 0 ? found.items.map(({ item }) => item.id) : [text]
  const pages = await Promise.all([
    ...items.slice(0, followedMax).map((item) => log.find({ item, limit })),
    ...found.webhooks.slice(0, followedMax).map(({ id }) => log.find({ endpoint: id, limit })),
  ])
  return pages.flatMap(({ deliveries }) => deliveries).slice(0, limit)
}
