import { facetsOf } from '@newswire/model'
import { normalizedItem, taggedItem, tagOf } from '@newswire/model/testing'
import { expect, test } from 'vitest'
import { inMs, keys, patience, useRoom, vocabulary } from './fixtures/room.js'

const { room, startTagger, normalized, tagged, newest, taggedCount, holdRows, handled, flushAll } =
  useRoom()

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
  expect(
    await room()
      .jobs.queue('releases')
      .has([row?.value.id ?? '']),
  ).toEqual(new Set([row?.value.id]))
  expect(JSON.stringify(room().lines)).not.toContain(keys.id)
  await expect.poll(() => newest(), patience).toBeDefined()
  expect(Date.now()).toBeGreaterThanOrEqual(instant)
  const stored = await room().bus.latest('item.tagged', keys)
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
  await room().bus.publish('item.normalized', item, item, { id: 'given again' })
  await expect.poll(() => newest(), patience).toBeDefined()
  await handled()
  expect(await taggedCount()).toBe(1)
}, 30_000)

test('a read model that lags does not let an older version overtake', async () => {
  for (const worker of room().running.splice(0)) await worker.stop()
  await tagged(taggedItem({ version: 2 }))
  const item = normalizedItem({ version: 1 })
  await room().bus.publish('item.normalized', item, item, { id: 'late' })
  await startTagger()
  await handled()
  expect(await room().store.publicState(keys.id)).toBeUndefined()
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
  flushAll()
  expect(await newest()).toBeUndefined()
  await expect.poll(() => newest(), patience).toBeDefined()
  const stored = await room().bus.latest('item.tagged', keys)
  expect(stored?.storedAt.getTime()).toBeGreaterThanOrEqual(instant)
}, 30_000)

test('a hold outlives the tagger: what fell due meanwhile comes out at the next start', async () => {
  const tagger = await startTagger()
  const instant = Date.now() + 700
  await normalized({ embargoUntil: new Date(instant).toISOString() })
  await expect.poll(holdRows, patience).toHaveLength(1)
  await handled()
  await tagger.stop()
  room().running.pop()
  flushAll()
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
  const replay = await room().bus.replay({
    fact: 'item.tagged',
    after: 0,
    handle: async (facts) => void seen.push(...facts.map(({ value }) => value.version)),
    onEnd: (error) => {
      throw error
    },
  })
  await expect.poll(() => seen.at(-1), patience).toBe(20)
  await replay.stop()
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b))
}, 30_000)
