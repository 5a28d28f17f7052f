import { type Bus, connectBus } from '@newswire/bus'
import { quietLog, startNats, startRedis, type TestServer } from '@newswire/kit'
import { aliasSchema, lookupTokens, type NormalizedItem, openLookupTokens } from '@newswire/model'
import { normalizedItem } from '@newswire/model/testing'
import type { RunningWorker } from '@newswire/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectStore, createItemsProjector, resetReadModels } from './connect-store.js'
import { readLimits } from './limits.js'
import type { Store } from './store.js'

let nats: TestServer
let redis: TestServer
let bus: Bus
let store: Store
let projector: RunningWorker
const { log } = quietLog()

beforeAll(async () => {
  nats = await startNats()
  redis = await startRedis()
  bus = await connectBus({ url: nats.url, name: 'test', log })
  store = await connectStore({ url: redis.url, bus, log })
  projector = await createItemsProjector({ url: redis.url, bus, log }).start({
    fail: (error) => {
      throw error
    },
  })
}, 30_000)
afterAll(async () => {
  await projector.stop()
  await store.close()
  await bus.close()
  await Promise.all([nats.stop(), redis.stop()])
})

async function publish(own: Partial<NormalizedItem>): Promise<void> {
  const item = normalizedItem(own)
  const id = `${item.id}:${item.version}:${item.flags.join()}`
  const { sequence } = await bus.publish('item.normalized', item, item, { id })
  await expect.poll(async () => (await store.positions()).items).toBeGreaterThanOrEqual(sequence)
}

const ids = async (wanted: Parameters<typeof lookupTokens>[0], days = 2) =>
  (await store.kin({ tokens: lookupTokens(wanted), days })).map(({ id }) => id)
const openIds = async () => (await store.openMatters({ limit: 100 })).map(({ id }) => id)

const issuer = (name: string) => ({ issuer: { name } })

test('items are found by their issuer and by the ends of their titles', async () => {
  await publish({ id: 'na-1', ...issuer('Acme Mills AG'), headline: 'Acme opens a mill in Lyon' })
  await publish({ id: 'na-2', ...issuer('Acme Ovens AG'), headline: 'Acme fires an oven at last' })
  expect(await ids({ issuer: 'Acme Mills' })).toEqual(['na-1'])
  expect(await ids({ title: 'Acme fires an oven' })).toEqual(['na-2'])
  expect((await ids({ issuer: 'Acme' })).toSorted()).toEqual(['na-1', 'na-2'])
  expect(await ids({ issuer: 'Nobody' })).toEqual([])
})

test('an item is found as its newest version is, and once', async () => {
  const own = { id: 'na-3', ...issuer('Versions SE'), headline: 'Versions opens a mill in Lyon' }
  await publish(own)
  await publish({ ...own, version: 2, status: 'canceled', headline: 'Versions opens two mills' })
  const found = await store.kin({ tokens: lookupTokens({ issuer: 'Versions' }), days: 2 })
  expect(found).toMatchObject([{ id: 'na-3', version: 2, status: 'canceled' }])
  expect(await ids({ title: 'Versions opens a mill' })).toEqual(['na-3'])
})

test('a token keeps the newest items, and an answer has an end', async () => {
  const many = readLimits.kinPerTokenMax + 5
  for (let n = 0; n < many; n += 1) {
    const item = normalizedItem({ id: `na-many-${n}`, ...issuer('Many Police'), headline: `${n}` })
    await bus.publish('item.normalized', item, item, { id: item.id })
  }
  await expect.poll(() => ids({ issuer: 'Many Police' })).toContain(`na-many-${many - 1}`)
  const found = await ids({ issuer: 'Many Police' })
  expect(found).toHaveLength(readLimits.kinPerTokenMax)
  expect(found).not.toContain('na-many-0')
})

test('what waits for a person leaves the list when it is settled', async () => {
  const notice = { kind: 'correction' as const, ids: [], title: 'Something that never came in' }
  const flags = ['correction-unlinked']
  for (const id of ['na-a', 'na-b', 'na-c']) {
    await publish({ id, flags, notice, ...issuer(`Open ${id}`) })
  }
  expect(await openIds()).toEqual(['na-c', 'na-b', 'na-a'])
  expect(await store.openMatters({ limit: 1 })).toMatchObject([
    { id: 'na-c', flags, issuer: 'Open na-c', notice: { title: 'Something that never came in' } },
  ])
  await publish({ id: 'na-a', flags: [], ...issuer('Open na-a') })
  await publish({ id: 'na-b', flags, version: 2, status: 'canceled', ...issuer('Open na-b') })
  expect(await openIds()).toEqual(['na-c'])
  const aliases = await bus.register('aliases', aliasSchema)
  const at = '2026-07-14T10:00:00Z'
  await aliases.create('na-c', { id: 'na-c', item: 'na-1', reason: 'A person joined them.', at })
  expect(await openIds()).toEqual([])
})

test('an unreadable embargo and a withdrawal of something unknown wait, too', async () => {
  await publish({ id: 'na-d', flags: ['embargo-unreadable'], embargoUntil: '9999-12-31T23:59:59Z' })
  await publish({
    id: 'na-e',
    flags: ['disregard-unlinked'],
    status: 'canceled',
    change: 'withdrawal',
    notice: { kind: 'withdrawal', ids: ['77'] },
  })
  expect((await openIds()).slice(0, 2)).toEqual(['na-e', 'na-d'])
  const sought = { id: 'na-77', issuer: '', headline: '' }
  const found = await store.kin({ tokens: openLookupTokens(sought), days: 2 })
  expect(found).toMatchObject([{ id: 'na-e', notice: { kind: 'withdrawal' } }])
})

test('both are made again after a reset', async () => {
  const before = [await ids({ issuer: 'Acme' }), await ids({ issuer: 'Versions' }), await openIds()]
  await resetReadModels({ url: redis.url, log })
  await expect
    .poll(async () => [
      await ids({ issuer: 'Acme' }),
      await ids({ issuer: 'Versions' }),
      await openIds(),
    ])
    .toEqual(before)
})
