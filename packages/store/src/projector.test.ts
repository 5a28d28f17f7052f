import { execFileSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { type Bus, connectBus } from '@newswire/bus'
import { quietLog, startNats, startRedis, type TestServer, temporaryFolder } from '@newswire/kit'
import type { NormalizedItem, TaggedItem } from '@newswire/model'
import { normalizedItem, taggedItem, tagOf } from '@newswire/model/testing'
import type { RunningWorker } from '@newswire/runtime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  connectStore,
  createItemsProjector,
  createTaggedProjector,
  resetReadModels,
} from './connect-store.js'
import type { OnPublicChange, Store } from './store.js'

let nats: TestServer
let redis: TestServer
let bus: Bus
let store: Store
let failures: Error[]
let running: RunningWorker[]
const { log, lines } = quietLog()

beforeEach(async () => {
  failures = []
  running = []
  nats = await startNats()
  redis = await startRedis()
  bus = await connectBus({ url: nats.url, name: 'test', log })
  store = await connectStore({ url: redis.url, bus, log })
})
afterEach(async () => {
  await Promise.all(running.map((worker) => worker.stop()))
  await store.close()
  await bus.close()
  await Promise.all([nats.stop(), redis.stop()])
  expect(failures).toEqual([])
})

function cli(...command: string[]): string {
  return execFileSync('redis-cli', ['-p', String(redis.port), ...command], { encoding: 'utf8' })
}

async function project(onPublicChange?: OnPublicChange): Promise<RunningWorker[]> {
  const options = { url: redis.url, bus, log }
  const life = { fail: (error: Error) => failures.push(error) }
  const told = onPublicChange === undefined ? {} : { onPublicChange }
  const started = await Promise.all([
    createItemsProjector(options).start(life),
    createTaggedProjector({ ...options, ...told }).start(life),
  ])
  running.push(...started)
  return started
}

/** Publishes a version to ITEMS and TAGGED; the answer is its sequence in TAGGED. */
async function publish(own: Partial<TaggedItem>): Promise<number> {
  const tagged = taggedItem(own)
  const { tagging: _, vocabulary: __, tags: ___, ...item } = tagged
  const normalized: NormalizedItem = normalizedItem(item)
  await bus.publish('item.normalized', normalized, item, { id: `${item.id}:${item.version}` })
  const id = `${item.id}:${item.version}.1`
  return (await bus.publish('item.tagged', tagged, item, { id })).sequence
}

async function publishMany(from: number, count: number): Promise<number> {
  let last = 0
  for (let n = from; n < from + count; n += 1) {
    const tags = n % 3 === 0 ? [tagOf('iso3166-1', 'CN', ['142', '001'])] : []
    const precedence = { rawSequence: n, contentHash: `hash-${n}` }
    last = await publish({ id: `na-${n % 40}`, version: 1 + Math.floor(n / 40), tags, precedence })
  }
  return last
}

async function caughtUp(sequence: number): Promise<void> {
  const both = { items: sequence, tagged: sequence }
  await expect.poll(() => store.positions(), { timeout: 15_000 }).toEqual(both)
}

/** What readers see. */
async function view() {
  const states = []
  for (let n = 0; n < 40; n += 1) states.push(await store.itemState(`na-${n}`))
  return {
    states,
    all: await store.query({ filter: {}, limit: 500 }),
    china: await store.query({ filter: { region: ['142'] }, limit: 500 }),
    count: await store.count(),
    raw: await store.versionOfRaw(17),
  }
}

test('what is published can be read a moment later', async () => {
  await project()
  const lineage = [
    { version: 1, rawSequence: 3, contentHash: 'a', sourceVersion: 7 },
    { version: 2, rawSequence: 5, contentHash: 'b', modified: '2026-01-05T10:00:00Z' },
  ]
  const embargoUntil = '2026-01-05T09:30:00Z'
  const precedence = { rawSequence: 5, contentHash: 'b' }
  const sequence = await publish({ id: 'na-1', version: 2, lineage, embargoUntil, precedence })
  await caughtUp(sequence)
  expect(await store.itemState('na-1')).toEqual({
    id: 'na-1',
    wire: 'na',
    version: 2,
    status: 'usable',
    complete: true,
    embargoUntil,
    sequence: 1,
    lineage,
  })
  expect(await store.versionOfRaw(5)).toEqual({ id: 'na-1', version: 2 })
  expect(await store.versionOfRaw(6)).toBeUndefined()
  expect(await store.publicState('na-1')).toMatchObject({ revision: '2.1', sequence })
  expect(await store.publicItem('na-1')).toMatchObject({ item: { id: 'na-1' }, sequence })
  expect(await store.itemState('na-2')).toBeUndefined()
  expect(await store.publicItem('na-2')).toBeUndefined()
  expect(await store.ping()).toBe(true)
  expect((await store.memory()).usedBytes).toBeGreaterThan(100_000)
})

test('FLUSHALL under live projectors: they come back by themselves, equal to before', async () => {
  await publishMany(0, 50)
  await project()
  await project()
  await caughtUp(await publishMany(50, 50))
  const before = await view()
  expect(before.all.items).toHaveLength(40)
  cli('flushall')
  await caughtUp(100)
  expect(await view()).toEqual(before)
  cli('flushall')
  await caughtUp(await publishMany(100, 10))
  expect((await store.query({ filter: {}, limit: 500 })).items).toHaveLength(40)
}, 30_000)

test('a redis that restarts from an older file is caught up from its own position', async () => {
  const told: number[] = []
  await project(({ sequence }) => told.push(sequence))
  await caughtUp(await publishMany(0, 30))
  await redis.kill()
  const saved = temporaryFolder('saved')
  cpSync(redis.folder, saved, { recursive: true })
  await redis.restart()
  await caughtUp(await publishMany(30, 30))
  const before = await view()
  await redis.kill()
  rmSync(redis.folder, { recursive: true })
  cpSync(saved, redis.folder, { recursive: true })
  await redis.restart()
  await caughtUp(60)
  expect(await view()).toEqual(before)
  const starts = lines.filter(({ msg }) => msg === 'read model follows its stream')
  expect(starts.slice(-2).map((line) => line['position'])).toEqual([30, 30])
  expect(told.slice(0, 60)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1))
}, 30_000)

test('a position that falls back under a live projector is noticed without a new fact', async () => {
  await project()
  await caughtUp(await publishMany(0, 30))
  const before = await view()
  cli('hset', 'nw:tagged:mark', 'position', '10')
  cli('hdel', 'nw:tagged:state', 'na-20', 'na-21')
  cli('hdel', 'nw:tagged:full', 'na-20', 'na-21')
  await caughtUp(30)
  expect(await view()).toEqual(before)
  expect(JSON.stringify(lines)).toContain('redis fell back from position 30 to 10')
}, 20_000)

test('a reset empties the read models alone, and they are made again the same', async () => {
  await project()
  await caughtUp(await publishMany(0, 60))
  const before = await view()
  cli('set', '{nw}:looks:id', '7')
  await resetReadModels({ url: redis.url, log })
  await caughtUp(60)
  expect(await view()).toEqual(before)
  expect(cli('get', '{nw}:looks:id').trim()).toBe('7')
  // Without projectors nothing of them is left.
  await Promise.all(running.splice(0).map((worker) => worker.stop()))
  await resetReadModels({ url: redis.url, log })
  expect(cli('keys', '*').trim()).toBe('{nw}:looks:id')
}, 30_000)

test('a read model that is ahead of its stream is made anew', async () => {
  await project()
  await caughtUp(await publishMany(0, 30))
  await Promise.all(running.splice(0).map((worker) => worker.stop()))
  await store.close()
  await bus.close()
  await nats.stop()
  nats = await startNats()
  bus = await connectBus({ url: nats.url, name: 'test', log })
  store = await connectStore({ url: redis.url, bus, log })
  const sequence = await publish({ id: 'na-new' })
  await project()
  await caughtUp(sequence)
  const { items } = await store.query({ filter: {}, limit: 10 })
  expect(items.map(({ item }) => item.id)).toEqual(['na-new'])
  expect(await store.itemState('na-3')).toBeUndefined()
}, 30_000)

test('a read model that was written in another form is made anew', async () => {
  await project()
  await caughtUp(await publishMany(0, 30))
  await Promise.all(running.splice(0).map((worker) => worker.stop()))
  for (const model of ['tagged', 'items']) {
    expect(Number(cli('hget', `nw:${model}:mark`, 'shape'))).toBeGreaterThan(0)
    cli('hset', `nw:${model}:mark`, 'shape', '0')
  }
  cli('del', 'nw:tagged:words', 'nw:tagged:full')
  await project()
  await caughtUp(30)
  expect(Number(cli('hlen', 'nw:tagged:words'))).toBe(30)
  expect(Number(cli('hget', 'nw:tagged:mark', 'shape'))).toBeGreaterThan(0)
}, 30_000)

test('every process is told of every change, also of those that another one wrote', async () => {
  const told: [number, boolean][][] = [[], []]
  for (const each of told) {
    await project(({ sequence, before }) => each.push([sequence, before !== undefined]))
  }
  await caughtUp(await publishMany(0, 60))
  const all = Array.from({ length: 60 }, (_, at) => [at + 1, at >= 40])
  await expect.poll(() => told).toEqual([all, all])
}, 30_000)

test('projectors go on after the death of redis and of nats', async () => {
  await project()
  await caughtUp(await publishMany(0, 20))
  await redis.kill()
  await publishMany(20, 10)
  await redis.restart()
  await caughtUp(30)
  await nats.restart()
  const publishing = () => publishMany(30, 10).catch(() => 0)
  await expect.poll(publishing, { timeout: 10_000 }).toBe(40)
  await caughtUp(40)
  expect((await store.query({ filter: {}, limit: 500 })).items).toHaveLength(40)
}, 40_000)

test('a start waits until the read model is complete', async () => {
  await publishMany(0, 60)
  await project()
  expect(await store.positions()).toEqual({ items: 60, tagged: 60 })
})

test('a redis that does not answer is one sentence, without the password', async () => {
  await expect(connectStore({ url: 'redis://:secret@127.0.0.1:1', bus, log })).rejects.toThrow(
    'Redis at 127.0.0.1:1 does not answer. Start it, or correct REDIS_URL.',
  )
})

test('without redis the store says so at once', async () => {
  await redis.kill()
  await expect.poll(() => store.ping()).toBe(false)
  await expect(store.itemState('na-1')).rejects.toThrow()
})
