import { type DeliveryFact, toToken } from '@newswire/model'
import { normalizedItem } from '@newswire/model/testing'
import type { DeliveryQuery, DeliveryState } from '@newswire/store'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWindow, type TestWindow } from '../fixtures/window.js'
import type { Overview } from './shapes.js'

const items = 100
const webhooks = Array.from({ length: 30 }, (_, n) => `wh_count${n}`)
const letters = 230
const at = '2026-10-05T10:00:00.000Z'
const states = ['waiting', 'retry', 'delivered', 'failed', 'superseded'] as const

let window: TestWindow
beforeAll(async () => {
  window = await openWindow()
})
afterAll(() => window[Symbol.asyncDispose]())

const stateOf = (item: number, webhook: number): DeliveryState => {
  if (webhook === 0) return 'waiting'
  return states[item % 17 === webhook % 17 ? (item + webhook) % states.length : 2] ?? 'delivered'
}

function factsOf(item: number): DeliveryFact[] {
  const of = { id: `na-${item}`, wire: 'na', version: 1, revision: '1.1' }
  const deliveries = webhooks.map((endpoint, n) => ({
    ...{ id: `msg_${item}_${n}`, endpoint, sequence: item + 1 },
  }))
  const attempts = deliveries.flatMap(({ id, ...delivery }, n) => {
    const result = stateOf(item, n)
    if (result === 'waiting') return []
    return [{ ...delivery, delivery: id, item: of.id, revision: '1.1', attempt: 1, result }]
  })
  const told = { ...of, status: 'usable', sequence: item + 1 } as const
  return [
    { type: 'plan', shard: 0, item: told, at, deliveries },
    { type: 'outcomes', shard: 0, at, attempts },
  ]
}

async function write(): Promise<void> {
  let last = 0
  for (let item = 0; item < items; item += 1) {
    for (const fact of factsOf(item)) {
      const id = `${fact.type}:${item}`
      last = (await window.bus.publish('delivery', fact, { shard: 0 }, { id })).sequence
    }
  }
  for (let n = 0; n < letters; n += 1) {
    const letter = {
      ...{ stage: n % 3 === 0 ? 'tagger' : 'normalizer', fact: 'item.raw', stream: 'RAW' },
      ...{ sequence: n + 1, subject: 'item.raw.x', input: {}, deliveries: 1, at },
      error: { name: 'Error', message: 'no' },
    }
    await window.bus.publish('dead', letter, letter, { id: `dead:${n}` })
  }
  await expect.poll(() => window.store.deliveries.position(), { timeout: 15_000 }).toBe(last)
}

/** As many as somebody counts who goes through all pages of the list. */
async function listed(query: Omit<DeliveryQuery, 'limit'>): Promise<number> {
  let count = 0
  for (let before: DeliveryQuery['before'], isMore = true; isMore; ) {
    const page = { ...query, limit: 50, ...(before ? { before } : {}) }
    const { deliveries, next } = await window.store.deliveries.find(page)
    count += deliveries.length
    before = next
    isMore = next !== undefined
  }
  return count
}

async function lettersListed(query: string): Promise<number> {
  let count = 0
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: string = cursor === '' ? '' : `&cursor=${cursor}`
    const page: { items: unknown[]; next: string | null } = await window.json(
      `/api/v1/dead-letters?limit=50${query}${more}`,
    )
    count += page.items.length
    cursor = page.next
  }
  return count
}

it('convoy#1777: what the board counts is what the lists behind it hold', async () => {
  await write()
  const board = () => window.json<Overview>('/api/v1/overview')
  const open = (await listed({ state: 'waiting' })) + (await listed({ state: 'retry' }))
  expect(open).toBeGreaterThan(items)
  await expect.poll(async () => (await board()).deliveries.open).toBe(open)
  const listedLetters = await lettersListed('')
  expect(listedLetters).toBe(letters)
  await expect.poll(async () => (await board()).deadLetters).toBe(listedLetters)
  const stages = ['normalizer', 'tagger', 'webhooks'].map((each) => lettersListed(`&stage=${each}`))
  expect(await Promise.all(stages)).toEqual([153, 77, 0])
  const counts = await window.store.deliveries.counts(webhooks)
  for (const state of states) {
    let all = 0
    for (const endpoint of webhooks) {
      const count = counts.get(endpoint)?.[state] ?? 0
      expect(count, `${endpoint} ${state}`).toBe(await listed({ endpoint, state }))
      all += count
    }
    expect(all, state).toBe(await listed({ state }))
  }
}, 60_000)

it('says so where more items wait for a person than it counts', async () => {
  const published = Array.from({ length: 205 }, (_, n) => {
    const item = normalizedItem({ id: toToken(`na-u${n}`), flags: ['correction-unlinked'] })
    return window.bus.publish('item.normalized', item, item, { id: item.id })
  })
  await Promise.all(published)
  const matters = async () => {
    const board = await window.json<Overview>('/api/v1/overview')
    return [board.matters, board.moreMatters]
  }
  await expect.poll(matters, { timeout: 15_000 }).toEqual([200, true])
})
