import { type Bus, connectBus } from '@newswire/bus'
import { createServer, type HttpServer, type KeyRing } from '@newswire/http'
import { quietLog, startNats, startRedis, type TestServer } from '@newswire/kit'
import {
  deliveryIdOf,
  type Endpoint,
  endpointSchema,
  type NormalizedItem,
  type RawItem,
} from '@newswire/model'
import { normalizedItem, taggedItem, tagOf } from '@newswire/model/testing'
import { createMetrics, type RunningWorker } from '@newswire/runtime'
import {
  connectStore,
  createDeliveriesProjector,
  createItemsProjector,
  createTaggedProjector,
  type Store,
} from '@newswire/store'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Table } from '../figures/table.js'
import type { Timeline } from './read-timeline.js'
import { timelineRoutes } from './timeline-routes.js'

const { log } = quietLog()
const roles = { nw_admin: 'admin', nw_one: 'subscriber', nw_two: 'subscriber' } as const
const keyRing: KeyRing = {
  find: async (key) => {
    const role = roles[key as keyof typeof roles]
    return role && { keyId: key, role, name: key }
  },
  byId: async () => undefined,
  create: () => Promise.reject(new Error('not here')),
  list: async () => [],
  revoke: async () => false,
}
const fail = (error: unknown) => {
  throw error
}

let nats: TestServer
let redis: TestServer
let bus: Bus
let store: Store
let workers: RunningWorker[]
let server: HttpServer
let table: Table<Endpoint>

beforeAll(async () => {
  ;[nats, redis] = await Promise.all([startNats(), startRedis()])
  bus = await connectBus({ url: nats.url, name: 'test', log })
  const url = redis.url
  store = await connectStore({ url, bus, log })
  const projectors = [createItemsProjector, createTaggedProjector, createDeliveriesProjector]
  workers = await Promise.all(projectors.map((make) => make({ url, bus, log }).start({ fail })))
  server = await createServer({
    ...{ log, metrics: createMetrics(), keyRing, cookieSecret: 'x'.repeat(32) },
    health: async () => ({ ready: true, parts: {} }),
  })
  const endpoints = await bus.register('endpoints', endpointSchema)
  for (const [id, owner] of [
    ['wh_one', 'nw_one'],
    ['wh_two', 'nw_two'],
  ] as const) {
    const at = '2026-01-05T08:00:00Z'
    await endpoints.put(id, {
      ...{ id, owner, url: `https://${id}.example.org/`, filter: {}, events: [] },
      ...{ format: 'newswire', secret: '', status: 'active', createdAt: at, updatedAt: at },
    })
  }
  table = new Table(endpoints)
  await table.start()
  await timelineRoutes({ bus, store, endpoints: table })(server)
})
afterAll(async () => {
  await server.close()
  await table.stop()
  for (const worker of workers) await worker.stop()
  await store.close()
  await bus.close()
  await Promise.all([nats.stop(), redis.stop()])
})

async function timelineOf(id: string, key = 'nw_admin') {
  const headers = { authorization: `Bearer ${key}` }
  const answer = await server.inject({ url: `/api/v1/items/${id}/timeline`, headers })
  return { status: answer.statusCode, text: answer.body, body: answer.json<Timeline>() }
}

async function arrive(own: Partial<NormalizedItem> & { id: string }): Promise<NormalizedItem> {
  const raw: RawItem = {
    ...{ source: 'src_ots', door: 'poll', contentType: 'text/plain', body: 'GEHEIM' },
    ...{ received: '2026-01-05T09:00:01Z', rights: 'full' },
  }
  const { sequence } = await bus.publish('item.raw', raw, raw, { id: `raw:${own.id}` })
  const precedence = { rawSequence: sequence, contentHash: `hash-${own.id}` }
  const body = { html: '<p>GEHEIM</p>', text: 'GEHEIM', complete: true }
  const item = normalizedItem({ precedence, body, ...own })
  const stored = await bus.publish('item.normalized', item, item, { id: `i:${own.id}` })
  await expect.poll(async () => (await store.positions()).items).toBe(stored.sequence)
  return item
}

async function becomePublic(item: NormalizedItem): Promise<number> {
  const tags = [tagOf('iso3166-1', 'CN'), tagOf('medtop', 'medtop:04000000')]
  const tagged = taggedItem({ ...item, tags })
  const { sequence } = await bus.publish('item.tagged', tagged, tagged, { id: `t:${item.id}` })
  await expect.poll(async () => (await store.positions()).tagged).toBe(sequence)
  return sequence
}

let ledger = 0

async function deliver(item: NormalizedItem, sequence: number): Promise<void> {
  const { id, wire, version, status } = item
  const planned = ['wh_one', 'wh_two'].map((endpoint) => ({
    id: deliveryIdOf(endpoint, id, '1.1'),
    ...{ endpoint, sequence: 1 },
  }))
  const of = { id, wire, version, revision: '1.1', status, sequence }
  const at = new Date().toISOString()
  const attempts = planned.map((each) => ({
    ...{ delivery: each.id, endpoint: each.endpoint, item: id, revision: '1.1', sequence: 1 },
    ...{ attempt: 1, startedAt: at, latencyMs: 12, status: 204, result: 'delivered' as const },
  }))
  const facts = [
    { type: 'plan', shard: 0, item: of, at, deliveries: planned },
    { type: 'outcomes', shard: 0, at, attempts },
  ] as const
  for (const fact of facts) {
    const value = structuredClone(fact) as Parameters<typeof bus.publish<'delivery'>>[1]
    const options = { id: `d:${ledger}`, expect: ledger }
    ledger = (await bus.publish('delivery', value, { shard: 0 }, options)).sequence
  }
  await expect.poll(() => store.deliveries.position()).toBe(ledger)
}

it('tells an admin the whole life of an item, without a word of its text', async () => {
  const item = await arrive({ id: 'na-1' })
  await deliver(item, await becomePublic(item))
  const { status, body, text } = await timelineOf('na-1')
  expect(status).toBe(200)
  expect(body.stages.map(({ stage }) => stage)).toEqual(['intake', 'normalizer', 'tagger'])
  expect(body.stages[0]).toMatchObject({ source: 'src_ots', door: 'poll' })
  expect(body.stages[2]).toMatchObject({ revision: '1.1', tags: 2 })
  const times = body.stages.map(({ at }) => String(at))
  expect(times).toEqual(times.toSorted())
  expect(body.feeds.map(({ path }) => path)).toEqual([
    '/feeds/rss?source=na',
    '/feeds/rss?issuer=muster-ag',
    '/feeds/rss?region=CN',
    '/feeds/rss?topic=medtop:04000000',
  ])
  expect(body.deliveries.map(({ endpoint }) => endpoint).sort()).toEqual(['wh_one', 'wh_two'])
  expect(body.deliveries[0]?.attempts).toMatchObject([{ result: 'delivered', status: 204 }])
  expect(body).toMatchObject({ held: false, truncated: false, current: true })
  expect(text).not.toContain('GEHEIM')
})

it('tells a subscriber what became public, and the deliveries of its own webhooks', async () => {
  const item = await arrive({ id: 'na-2' })
  await becomePublic(item)
  const before = await timelineOf('na-1', 'nw_one')
  expect(before.body.deliveries.map(({ endpoint }) => endpoint)).toEqual(['wh_one'])
  expect(before.body.stages.map(({ stage }) => stage)).toEqual(['tagger'])
  expect(before.text).not.toMatch(/wh_two|src_ots/)
  expect((await timelineOf('na-2', 'nw_one')).body.deliveries).toEqual([])
})

it('tells of a held item to an admin only', async () => {
  await arrive({ id: 'na-3', embargoUntil: '2099-01-01T00:00:00Z' })
  const { body } = await timelineOf('na-3')
  expect(body).toMatchObject({ held: true, feeds: [], deliveries: [] })
  expect(body.stages[1]).toMatchObject({ embargoUntil: '2099-01-01T00:00:00Z' })
  expect((await timelineOf('na-3', 'nw_one')).status).toBe(404)
})

it('does not tell that there is a private item to who was never sent it', async () => {
  const item = await arrive({ id: 'na-4', rights: 'private' })
  await becomePublic(item)
  expect((await timelineOf('na-4', 'nw_one')).status).toBe(404)
  expect((await timelineOf('na-4')).status).toBe(200)
})

it('asks for a key, and says so of what is unknown', async () => {
  expect((await server.inject('/api/v1/items/na-1/timeline')).statusCode).toBe(401)
  expect((await timelineOf('na-none')).status).toBe(404)
})
