import type { DeliveryFact } from '@newswire/model'
import { expect, it } from 'vitest'
import { openWindow } from '../fixtures/window.js'

interface Found {
  readonly deliveries: readonly { readonly id: string; readonly status: number | null }[]
}

const at = '2026-10-05T10:00:00.000Z'
const failed = 260

/** One delivery each, that its endpoint refuses; the oldest in a way of its own. */
function factsOf(n: number): DeliveryFact[] {
  const item = { id: `na-${n}`, wire: 'na', version: 1, revision: '1.1', status: 'usable' } as const
  const delivery = { endpoint: `wh_${n}`, sequence: 1 }
  const id = idOf(n)
  const told = { ...delivery, delivery: id, item: item.id, revision: '1.1', attempt: 1 }
  const status = n === 0 ? 418 : 503
  return [
    {
      ...{ type: 'plan', shard: 0, at, item: { ...item, sequence: n + 1 } },
      deliveries: [{ ...delivery, id }],
    },
    { type: 'outcomes', shard: 0, at, attempts: [{ ...told, result: 'failed', status }] },
  ]
}

const idOf = (n: number) => `msg_${String(n).padStart(10, '0')}`

it('a delivery is found by its id and by a rare status, also where no webhook stands', async () => {
  await using window = await openWindow()
  const facts = Array.from({ length: failed }, (_, n) => factsOf(n)).flat()
  let last = 0
  for (const [n, fact] of facts.entries()) {
    last = (await window.bus.publish('delivery', fact, { shard: 0 }, { id: `fact-${n}` })).sequence
  }
  await expect.poll(() => window.store.deliveries.position(), { timeout: 15_000 }).toBe(last)
  const search = async (words: string) =>
    (await window.json<Found>(`/api/v1/search?q=${words}`)).deliveries
  expect(await search('418')).toMatchObject([{ id: idOf(0), status: 418 }])
  const newest = Array.from({ length: 20 }, (_, ago) => ({ id: idOf(failed - 1 - ago) }))
  expect(await search('503')).toMatchObject(newest)
  expect(await search(idOf(7))).toMatchObject([{ id: idOf(7) }])
  expect(await search(idOf(failed))).toEqual([])
}, 60_000)
