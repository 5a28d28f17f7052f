import { deliveryIdOf } from '@newswire/model'
import {
  type Amounts,
  correctionEvery,
  endpointId,
  itemCountOf,
  millionItem,
  rareStatus,
} from './million-facts.js'
import { withInsideEvery } from './million-fill.js'

/** Asks the house as the window does; gives what it answered. */
export type Ask = (path: string) => Promise<unknown>

export interface View {
  readonly name: string
  /** So many addresses at most; looks take turns at them. */
  readonly paths: (ask: Ask, count: number) => Promise<readonly string[]>
}

interface Page {
  readonly items: readonly unknown[]
  readonly next: string | null
}

const same = (name: string, path: string): View => ({ name, paths: async () => [path] })

const each = (name: string, path: (n: number) => string): View => ({
  name,
  paths: async (_, count) => Array.from({ length: count }, (_, n) => path(n)),
})

/** One page after the other, as far as they go. */
const paged = (name: string, path: string): View => ({
  name,
  paths: async (ask, count) => {
    const all = [path]
    for (let at = path; all.length < count; ) {
      const { next } = (await ask(at)) as Page
      if (next === null) break
      at = `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`
      all.push(at)
    }
    return all
  },
})

const states = ['waiting', 'retry', 'delivered', 'failed', 'superseded'] as const

/** Every view of the window, each by the requests that it makes. */
export function viewsOf(amounts: Amounts, nowMs: number): View[] {
  const { webhooks, perItem } = amounts
  const items = itemCountOf(amounts)
  /** Looks lie all over the items. */
  const itemNumber = (n: number) => (n * 7_919 + 11) % items
  const itemId = (n: number) => millionItem(itemNumber(n)).id
  const correctedId = (n: number) =>
    millionItem(itemNumber(n) - (itemNumber(n) % correctionEvery)).id
  const insideId = (n: number) => millionItem(itemNumber(n) - (itemNumber(n) % withInsideEvery)).id
  const webhook = (n: number) => endpointId((n * 37 + 1) % webhooks)
  const search = (words: string) => `/api/v1/search?q=${encodeURIComponent(words)}`
  const message = (n: number) => {
    const k = itemNumber(n) * perItem + (n % perItem)
    return deliveryIdOf(endpointId(k % webhooks), itemId(n), '1.1')
  }
  const day = (ago: number) => new Date(nowMs - ago * 86_400_000).toISOString()
  const span = (n: number) => `from=${day((n % 28) + 2)}&to=${day((n % 28) + 1)}`
  const headline = (n: number) =>
    millionItem(items - 1 - (n % 4_000))
      .headline.split(' ')
      .slice(-2)
      .join(' ')
  return [
    same('overview', '/api/v1/overview'),
    same('newest items', '/api/v1/items?limit=12'),
    same('history 24 h', '/api/v1/history?range=24h'),
    same('history 30 d', '/api/v1/history?range=30d'),
    same('queues', '/dashboard/queues/api/queues?activeQueue=&status=latest&page=1&jobsPerPage=10'),
    same('alarms', '/api/v1/alarms'),
    paged('audit, page by page', '/api/v1/audit'),
    same('recalls', '/api/v1/recalls'),
    same('matters', '/api/v1/matters'),
    same('embargoed', '/api/v1/embargoed'),
    paged('dead letters, page by page', '/api/v1/dead-letters'),
    paged('dead letters of tagger', '/api/v1/dead-letters?stage=tagger'),
    same('dead letters, oldest stage', '/api/v1/dead-letters?stage=webhooks'),
    paged('deliveries, page by page', '/api/v1/deliveries'),
    ...[...states, 'open'].map((state) =>
      paged(`deliveries ${state}`, `/api/v1/deliveries?status=${state}`),
    ),
    each('deliveries of a day', (n) => `/api/v1/deliveries?${span(n)}`),
    each('deliveries failed of a day', (n) => `/api/v1/deliveries?status=failed&${span(n)}`),
    each('deliveries of an item', (n) => `/api/v1/deliveries?item=${itemId(n)}`),
    each('deliveries of a webhook', (n) => `/api/v1/deliveries?endpoint=${webhook(n)}`),
    each(
      'deliveries of a webhook, open',
      (n) => `/api/v1/deliveries?endpoint=${webhook(n)}&status=open`,
    ),
    each(
      'deliveries of a webhook, failed',
      (n) => `/api/v1/deliveries?endpoint=${webhook(n)}&status=failed`,
    ),
    each(
      'deliveries of a webhook, a day',
      (n) => `/api/v1/webhooks/${webhook(n)}/deliveries?${span(n)}&limit=25`,
    ),
    each('one delivery', (n) => {
      const k = itemNumber(n) * perItem
      const id = deliveryIdOf(endpointId(k % webhooks), itemId(n), '1.1')
      return `/api/v1/webhooks/${endpointId(k % webhooks)}/deliveries/${id}`
    }),
    paged('webhooks, page by page', '/api/v1/webhooks'),
    paged('counts of webhooks', '/api/v1/webhooks/counts'),
    each('timeline', (n) => `/api/v1/items/${insideId(n)}/timeline`),
    each('recall of an item', (n) => `/api/v1/items/${correctedId(n)}/recall`),
    each('item', (n) => `/api/v1/items/${itemId(n)}`),
    paged('items, page by page', '/api/v1/items?limit=50'),
    each('search: item id', (n) => search(itemId(n))),
    each('search: headline words', (n) => search(headline(n))),
    each('search: words nobody said', (n) => search(`nichts davon ${n}`)),
    each('search: webhook id', (n) => search(webhook(n))),
    each('search: webhook url', (n) => search(`receiver-${(n * 37 + 1) % webhooks}.example`)),
    each('search: msg id', (n) => search(message(n))),
    ...['active', 'paused', 'delayed', ...states].map((word) =>
      same(`search: ${word}`, search(word)),
    ),
    ...[200, 503, rareStatus, 404].map((code) => same(`search: ${code}`, search(String(code)))),
  ]
}
