import { type Bus, connectBus } from '@newswire/bus'
import { quietLog, startNats, startRedis, type TestServer } from '@newswire/kit'
import { parseFilter, revisionOf, type TaggedItem } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import type { RunningWorker } from '@newswire/runtime'
import { connectStore, createTaggedProjector, type Store } from '@newswire/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FeedAddress } from './address.js'
import { feedLimits } from './limits.js'
import { createRenderings, type Rendering, type Renderings } from './renderings.js'

let servers: TestServer[]
let bus: Bus
let store: Store
let projector: RunningWorker
let renderings: Renderings
let queries = 0
let changes = 0

beforeAll(async () => {
  const [nats, redis] = await Promise.all([startNats(), startRedis()])
  servers = [nats, redis]
  const { log } = quietLog()
  bus = await connectBus({ url: nats.url, name: 'feeds', log })
  store = await connectStore({ url: redis.url, bus, log })
  renderings = createRenderings({
    publicUrl: 'https://wire.example.org',
    store: {
      ...store,
      query: (options) => {
        queries += 1
        return store.query(options)
      },
    },
  })
  const worker = createTaggedProjector({
    url: redis.url,
    bus,
    log,
    onPublicChange: (change) => {
      renderings.onPublicChange(change)
      changes += 1
    },
  })
  projector = await worker.start({
    fail: (error) => {
      throw error
    },
  })
})
afterAll(async () => {
  await projector.stop()
  await store.close()
  await bus.close()
  for (const server of servers) await server.stop()
})

/** Publishes versions and waits until the read model has them. */
async function publish(...items: TaggedItem[]): Promise<void> {
  const goal = changes + items.length
  const id = (item: TaggedItem) => `${item.id}:${revisionOf(item)}`
  for (const item of items) await bus.publish('item.tagged', item, item, { id: id(item) })
  await expect.poll(() => changes).toBe(goal)
}

const feedOf = (region: string): FeedAddress => ({
  format: 'json',
  filter: parseFilter({ region: [region] }),
  limit: 50,
  language: 'en',
  path: `/feeds/json?region=${region}`,
})
const itemIn = (id: string, region: string, own: Partial<TaggedItem> = {}) =>
  taggedItem({ id, tags: [tagOf('iso3166-1', region)], ...own })
async function idsOf(rendering: Rendering): Promise<string[]> {
  const { items } = JSON.parse((await rendering.plain()).toString())
  return items.map((item: { _newswire: { id: string } }) => item._newswire.id)
}

test('a feed is rendered once, until an item that it asks for changes', async () => {
  await publish(itemIn('na-1', 'AT'))
  const first = await renderings.get(feedOf('AT'))
  const asked = queries
  await publish(itemIn('na-2', 'FR'))
  expect(await renderings.get(feedOf('AT'))).toBe(first)
  expect(queries).toBe(asked)
  await publish(itemIn('na-3', 'AT'))
  expect(await idsOf(await renderings.get(feedOf('AT')))).toEqual(['na-3', 'na-1'])
})

test('an item that stops matching leaves the feed', async () => {
  await publish(itemIn('na-11', 'BE'))
  expect(await idsOf(await renderings.get(feedOf('BE')))).toEqual(['na-11'])
  await publish(itemIn('na-11', 'FR', { version: 2 }))
  expect(await idsOf(await renderings.get(feedOf('BE')))).toEqual([])
})

test('however many ask at once, a feed is rendered once', async () => {
  const asked = queries
  const all = await Promise.all(Array.from({ length: 20 }, () => renderings.get(feedOf('CH'))))
  expect(new Set(all).size).toBe(1)
  expect(queries).toBe(asked + 1)
})

test('a change while a feed is rendered is not lost', async () => {
  const running = renderings.get(feedOf('DK'))
  await publish(itemIn('na-21', 'DK'))
  await running
  expect(await idsOf(await renderings.get(feedOf('DK')))).toEqual(['na-21'])
})

test('a change that is told while the model is asked how far it is does no harm', async () => {
  const slow = createRenderings({
    publicUrl: 'https://wire.example.org',
    store: {
      ...store,
      async positions() {
        const standing = await store.positions()
        const sequence = standing.tagged + 1
        slow.onPublicChange({ item: itemIn('na-25', 'NO'), before: undefined, sequence })
        return standing
      },
    },
  })
  expect(await idsOf(await slow.get(feedOf('SE')))).toEqual([])
})

test('a feed that missed more changes than are kept is rendered anew', async () => {
  await renderings.get(feedOf('ES'))
  const asked = queries
  const numbers = Array.from({ length: feedLimits.changesMax + 1 }, (_, n) => n)
  await publish(...numbers.map((n) => itemIn(`na-many-${n}`, 'FR')))
  await renderings.get(feedOf('ES'))
  expect(queries).toBe(asked + 1)
})

test('private items stay out of feeds that anybody can ask for', async () => {
  await publish(itemIn('na-31', 'FI', { rights: 'private' }), itemIn('na-32', 'FI'))
  expect(await idsOf(await renderings.get(feedOf('FI')))).toEqual(['na-32'])
})

test('a release that comes later than its own date makes the feed newer', async () => {
  const day = (number: number) => `2026-02-0${number}T10:00:00.000Z`
  await publish(itemIn('na-41', 'GR', { updated: day(1), received: day(1) }))
  const lastModified = async () => (await renderings.get(feedOf('GR'))).lastModified?.toISOString()
  expect(await lastModified()).toBe(day(1))
  await publish(itemIn('na-42', 'GR', { updated: day(1), received: day(2) }))
  expect(await lastModified()).toBe(day(2))
  const embargo = { updated: day(1), received: day(1), embargoUntil: day(3) }
  await publish(itemIn('na-43', 'GR', embargo))
  expect(await lastModified()).toBe(day(3))
})
