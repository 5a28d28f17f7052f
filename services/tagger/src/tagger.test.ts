import { execFileSync } from 'node:child_process'
import { type Bus, connectBus } from '@newswire/bus'
import { connectJobs, type Jobs } from '@newswire/jobs'
import { quietLog, startNats, startRedis, type TestServer } from '@newswire/kit'
import { facetsOf, holdSchema, type NormalizedItem, type TaggedItem } from '@newswire/model'
import { normalizedItem, taggedItem, tagOf } from '@newswire/model/testing'
import { createMetrics, type RunningWorker, systemClock } from '@newswire/runtime'
import {
  connectStore,
  createItemsProjector,
  createTaggedProjector,
  type Store,
} from '@newswire/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTagger } from './tagger.js'
import { loadVocabulary } from './vocabulary.js'

const vocabulary = loadVocabulary()
const patience = { timeout: 8_000, interval: 10 }
const keys = { wire: 'na', id: 'na-4711' }

let nats: TestServer
let redis: TestServer
let bus: Bus
let store: Store
let jobs: Jobs
let log: ReturnType<typeof quietLog>
let running: RunningWorker[]
const failures: Error[] = []
const life = { fail: (error: Error) => void failures.push(error) }

beforeEach(async () => {
  ;[nats, redis] = await Promise.all([startNats(), startRedis()])
  log = quietLog()
  const url = redis.url
  bus = await connectBus({ url: nats.url, name: 'test', log: log.log })
  store = await connectStore({ url, bus, log: log.log })
  jobs = await connectJobs({ url, log: log.log })
  running = []
  const projectors = [createItemsProjector, createTaggedProjector]
  for (const create of projectors) {
    running.push(await create({ url, bus, log: log.log }).start(life))
  }
})

afterEach(async () => {
  for (const worker of running.reverse()) await worker.stop()
  await store.close()
  await jobs.close()
  await bus.close()
  await Promise.all([nats.stop(), redis.stop()])
  expect(failures).toEqual([])
})

async function startTagger(reconcileEveryMs = 30_000): Promise<RunningWorker> {
  const worker = createTagger({
    bus,
    store,
    jobs,
    holds: await bus.register('holds', holdSchema),
    log: log.log,
    clock: systemClock,
    metrics: createMetrics(),
    vocabulary,
    concurrency: 8,
    reconcileEveryMs,
  })
  const tagger = await worker.start(life)
  running.push(tagger)
  return tagger
}

/** Appends a version to ITEMS and waits until the read model has it. */
async function normalized(own: Partial<NormalizedItem>): Promise<NormalizedItem> {
  const version = own.version ?? 1
  const precedence = { rawSequence: version, contentHash: `hash-${version}` }
  const item = normalizedItem({ version, precedence, ...own })
  const id = `${item.id}:${version}:${version}`
  const { sequence } = await bus.publish('item.normalized', item, item, { id })
  await expect.poll(async () => (await store.positions()).items, patience).toBe(sequence)
  return item
}

async function tagged(item: TaggedItem): Promise<void> {
  await bus.publish('item.tagged', item, item, { id: `${item.id}:${item.version}.1` })
}

async function newest(id = keys.id): Promise<TaggedItem | undefined> {
  return (await bus.latest('item.tagged', { wire: 'na', id }))?.value
}

async function taggedCount(): Promise<number> {
  const streams = await bus.streams()
  return streams.find(({ stream }) => stream === 'TAGGED')?.messages ?? 0
}

async function holdRows() {
  return (await bus.register('holds', holdSchema)).rows()
}

function inMs(ms: number): string {
  return new Date(Date.now() + ms).toISOString()
}

/** Waits until the group has handled all that stands in ITEMS. */
async function handled(): Promise<void> {
  await expect
    .poll(async () => {
      const group = (await bus.groups()).find((each) => each.group === 'tagger')
      return group && group.pending + group.inFlight
    }, patience)
    .toBe(0)
}

test('a version goes out with its tags, its language and the vocabulary that gave them', async () => {
  await startTagger()
  await normalized({})
  await expect.poll(() => newest(), patience).toBeDefined()
  const item = await newest()
  expect(item).toMatchObject({ tagging: 1, version: 1, vocabulary: vocabulary.version })
  const facets = item && [...facetsOf(item)]
  expect(facets).toContain('region:CN')
  expect(facets).toContain('region:142')
  expect(facets).toContain('lang:de')
}, 30_000)

test('an embargoed version is nowhere before its instant and out within 500 ms after it', async () => {
  await startTagger()
  const instant = Date.now() + 1_200
  await normalized({ embargoUntil: new Date(instant).toISOString() })
  await expect.poll(holdRows, patience).toHaveLength(1)
  await handled()
  expect(await newest()).toBeUndefined()
  const [row] = await holdRows()
  expect(await jobs.queue('releases').has([row?.value.id ?? ''])).toEqual(new Set([row?.value.id]))
  expect(JSON.stringify(log.lines)).not.toContain(keys.id)
  await expect.poll(() => newest(), patience).toBeDefined()
  expect(Date.now()).toBeGreaterThanOrEqual(instant)
  const stored = await bus.latest('item.tagged', keys)
  expect(stored?.storedAt.getTime()).toBeLessThan(instant + 500)
  expect(stored?.storedAt.getTime()).toBeGreaterThanOrEqual(instant)
  await expect.poll(holdRows, patience).toHaveLength(0)
}, 30_000)

test('a version that is withdrawn while it is held never appears', async () => {
  await startTagger(100)
  const instant = Date.now() + 1_000
  await normalized({ embargoUntil: new Date(instant).toISOString() })
  await expect.poll(holdRows, patience).toHaveLength(1)
  await normalized({ version: 2, status: 'canceled', change: 'withdrawal' })
  await handled()
  await expect.poll(() => Date.now() > instant + 300, patience).toBe(true)
  await expect.poll(holdRows, patience).toHaveLength(0)
  expect(await taggedCount()).toBe(0)
}, 30_000)

test('a newer version lifts an embargo', async () => {
  await startTagger()
  await normalized({ embargoUntil: inMs(60_000) })
  await expect.poll(holdRows, patience).toHaveLength(1)
  await normalized({ version: 2, change: 'update' })
  await expect.poll(async () => (await newest())?.version, patience).toBe(2)
  await expect.poll(holdRows, patience).toHaveLength(0)
  expect(await taggedCount()).toBe(1)
}, 30_000)

test('a newer version moves an embargo: the older one does not come out at its own instant', async () => {
  await startTagger(100)
  const first = Date.now() + 900
  await normalized({ embargoUntil: new Date(first).toISOString() })
  await normalized({ version: 2, change: 'update', embargoUntil: inMs(2_200) })
  await expect.poll(async () => (await holdRows())[0]?.value.version, patience).toBe(2)
  await expect.poll(() => Date.now() > first + 300, patience).toBe(true)
  expect(await newest()).toBeUndefined()
  await expect.poll(async () => (await newest())?.version, patience).toBe(2)
  expect(await taggedCount()).toBe(1)
}, 30_000)

test('an older version that comes after a newer one is out changes nothing', async () => {
  await tagged(taggedItem({ version: 2 }))
  await normalized({ version: 1 })
  await startTagger()
  await handled()
  expect(await newest()).toMatchObject({ version: 2 })
  expect(await taggedCount()).toBe(1)
}, 30_000)

test('a version that is given twice comes out once', async () => {
  await startTagger()
  const item = await normalized({})
  await bus.publish('item.normalized', item, item, { id: 'given again' })
  await expect.poll(() => newest(), patience).toBeDefined()
  await handled()
  expect(await taggedCount()).toBe(1)
}, 30_000)

test('a read model that lags does not let an older version overtake', async () => {
  for (const worker of running.splice(0)) await worker.stop()
  await tagged(taggedItem({ version: 2 }))
  const item = normalizedItem({ version: 1 })
  await bus.publish('item.normalized', item, item, { id: 'late' })
  await startTagger()
  await handled()
  expect(await store.publicState(keys.id)).toBeUndefined()
  expect(await newest()).toMatchObject({ version: 2 })
  expect(await taggedCount()).toBe(1)
}, 30_000)

test('a withdrawal goes out with the last tags, without text and evidence', async () => {
  await startTagger()
  await normalized({})
  await expect.poll(() => newest(), patience).toBeDefined()
  await normalized({ version: 2, status: 'canceled', change: 'withdrawal', language: 'und' })
  await expect.poll(async () => (await newest())?.version, patience).toBe(2)
  const item = await newest()
  expect(item).toMatchObject({ status: 'canceled', language: 'de', body: { text: '', html: '' } })
  expect(item && [...facetsOf(item)]).toContain('region:CN')
  expect(item?.tags.flatMap(({ evidence }) => evidence)).toEqual([])
}, 30_000)

test('a withdrawal waits behind no embargo', async () => {
  await startTagger()
  await tagged(taggedItem({ tags: [tagOf('iso3166-1', 'CN')] }))
  const embargoUntil = inMs(60_000)
  await normalized({ version: 2, status: 'canceled', change: 'withdrawal', embargoUntil })
  await expect.poll(async () => (await newest())?.status, patience).toBe('canceled')
}, 30_000)

test('a withdrawal that met nothing public catches an older version that comes out late', async () => {
  await startTagger()
  await normalized({ version: 2, status: 'canceled', change: 'withdrawal' })
  await handled()
  await tagged(taggedItem({ version: 1 }))
  await expect.poll(async () => (await newest())?.version, patience).toBe(2)
  expect(await newest()).toMatchObject({ status: 'canceled' })
  await expect.poll(holdRows, patience).toHaveLength(0)
}, 30_000)

test('FLUSHALL while a version is held: it comes out all the same', async () => {
  await startTagger(100)
  const instant = Date.now() + 1_500
  await normalized({ embargoUntil: new Date(instant).toISOString() })
  await expect.poll(holdRows, patience).toHaveLength(1)
  await handled()
  execFileSync('redis-cli', ['-p', String(redis.port), 'FLUSHALL'])
  expect(await newest()).toBeUndefined()
  await expect.poll(() => newest(), patience).toBeDefined()
  const stored = await bus.latest('item.tagged', keys)
  expect(stored?.storedAt.getTime()).toBeGreaterThanOrEqual(instant)
}, 30_000)

test('a hold outlives the tagger: what fell due meanwhile comes out at the next start', async () => {
  const tagger = await startTagger()
  const instant = Date.now() + 700
  await normalized({ embargoUntil: new Date(instant).toISOString() })
  await expect.poll(holdRows, patience).toHaveLength(1)
  await handled()
  await tagger.stop()
  running.pop()
  execFileSync('redis-cli', ['-p', String(redis.port), 'FLUSHALL'])
  await expect.poll(() => Date.now() > instant, patience).toBe(true)
  expect(await newest()).toBeUndefined()
  await startTagger()
  await expect.poll(() => newest(), patience).toBeDefined()
}, 30_000)

test('two taggers on one item after the other bring each version out once and in order', async () => {
  await startTagger()
  await startTagger()
  for (let version = 1; version <= 20; version += 1) {
    await normalized({ version, change: version === 1 ? 'new' : 'update' })
  }
  await handled()
  expect(await newest()).toMatchObject({ version: 20 })
  const seen: number[] = []
  const replay = await bus.replay({
    fact: 'item.tagged',
    after: 0,
    handle: async (facts) => void seen.push(...facts.map(({ value }) => value.version)),
    onEnd: (error) => void failures.push(error),
  })
  await expect.poll(() => seen.at(-1), patience).toBe(20)
  await replay.stop()
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b))
}, 30_000)
