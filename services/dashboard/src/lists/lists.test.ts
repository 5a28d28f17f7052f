import { holdSchema } from '@newswire/model'
import { normalizedItem, taggedItem } from '@newswire/model/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWindow, type TestWindow } from '../fixtures/window.js'

let window: TestWindow
beforeAll(async () => {
  window = await openWindow()
})
afterAll(() => window[Symbol.asyncDispose]())

interface Page {
  readonly items: readonly Record<string, unknown>[]
  readonly next: string | null
}

it('embargoed items are listed for admins, the next one first, page by page', async () => {
  const holds = await window.bus.register('holds', holdSchema)
  for (const [at, until] of ['2030-01-02T00:00:00.000Z', '2030-01-01T00:00:00.000Z'].entries()) {
    const item = normalizedItem({ id: `na-held${at}`, headline: `Held ${at}` })
    const { sequence } = await window.bus.publish('item.normalized', item, item, { id: item.id })
    const held = { item: item.id, wire: 'na', version: 1, sequence, until }
    await holds.put(item.id, { id: `hold-${at}`, ...held })
  }
  const list = (query: string) => window.json<Page>(`/api/v1/embargoed${query}`)
  await expect.poll(async () => (await list('')).items).toHaveLength(2)
  const { items, next } = await list('?limit=1')
  expect(items).toEqual([
    { id: 'na-held1', headline: 'Held 1', wire: 'na', embargoUntil: '2030-01-01T00:00:00.000Z' },
  ])
  expect((await list(`?limit=1&cursor=${next}`)).items[0]).toMatchObject({ id: 'na-held0' })
  expect((await fetch(`${window.url}/api/v1/embargoed`)).status).toBe(401)
  const live = await window.json<Page>('/api/v1/search?q=Held')
  expect(live.items).toEqual([])
})

const at = '2026-10-05T10:00:00.000Z'

function deliver(item: string, version: number, results: readonly ('delivered' | 'failed' | '')[]) {
  const deliveries = results.map((_, index) => ({
    id: `msg_${item}_${version}_${index}`,
    endpoint: `wh_${item}_${index}`,
    sequence: version,
  }))
  const revision = `${version}.1`
  const told = { id: item, wire: 'na', version, revision, status: 'canceled' as const, sequence: 1 }
  const plan = { type: 'plan', shard: 0, item: told, at, deliveries } as const
  const attempts = deliveries.flatMap(({ id, ...delivery }, index) => {
    const result = results[index]
    if (!result) return []
    return [{ ...delivery, delivery: id, item, revision, attempt: 1, startedAt: at, result }]
  })
  const outcomes = { type: 'outcomes', shard: 0, at, attempts } as const
  return [plan, outcomes]
}

it('a withdrawal is open until each receiver has acknowledged it', async () => {
  for (const id of ['na-a', 'na-b', 'na-c']) {
    const status = id === 'na-c' ? 'usable' : 'canceled'
    const change = id === 'na-c' ? 'new' : 'withdrawal'
    const item = taggedItem({ id, version: 2, status, change, headline: id })
    await window.bus.publish('item.tagged', item, item, { id })
  }
  const facts = [
    ...deliver('na-a', 2, ['delivered', 'delivered']),
    ...deliver('na-b', 2, ['delivered', 'failed', '']),
  ]
  for (const [index, fact] of facts.entries()) {
    await window.bus.publish('delivery', fact, { shard: 0 }, { id: `fact-${index}` })
  }
  const list = async () => (await window.json<Page>('/api/v1/recalls')).items
  const common = { revision: '2.1', kind: 'withdrawal' }
  const open = { item: 'na-b', receivers: 3, acknowledged: 1, pending: 1, failed: 1 }
  const done = { item: 'na-a', receivers: 2, acknowledged: 2, pending: 0, failed: 0 }
  await expect.poll(list).toMatchObject([
    { ...open, ...common },
    { ...done, ...common },
  ])
  const { openRecalls, deliveries } = await window.watch.overview()
  expect({ openRecalls, open: deliveries.open }).toEqual({ openRecalls: 1, open: 1 })
  // An old withdrawal that somebody lacks, and a delivery of October, are alarms.
  const kinds = () => window.watch.alarms().map(({ kind, subject }) => `${kind} ${subject}`)
  const wanted = ['deliveryOld deliveries', 'killUnacknowledged na-b']
  await expect.poll(() => kinds().toSorted(), { timeout: 15_000 }).toEqual(wanted)
})
