import { quietLog, startRedis, type TestServer } from '@newswire/kit'
import { matches, parseFilter } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { archiveBefore, readArchive } from './archive.js'
import {
  anyFilter,
  apply,
  arrival,
  type Fact,
  factAt,
  factsOf,
  streamOf,
} from './fixtures/tagged.js'
import { archiveLimits } from './limits.js'
import { keptForm } from './public-state.js'
import { closeRedis, openRedis } from './redis.js'
import { resetTagged } from './tagged-model.js'

const { blockFacts } = archiveLimits
const everything = parseFilter({})
const china = parseFilter({ region: ['CN'] })
let server: TestServer
let redis: Redis
const { log } = quietLog()

beforeAll(async () => {
  server = await startRedis()
  redis = await openRedis({ url: server.url, log, name: 'test' })
})
afterAll(async () => {
  await closeRedis(redis)
  await server.stop()
})
beforeEach(async () => {
  await redis.flushall()
})

/** All closed blocks by the chain, newest first. */
async function chain(facts: readonly Fact[], filter = everything) {
  const found = []
  let block = await archiveBefore(redis, filter, openBlockOf(facts))
  while (block !== undefined) {
    const archive = await readArchive({ redis, bus: streamOf(facts) }, { filter, block })
    if (!archive) throw new Error(`Block ${block} is not closed.`)
    found.push({ block, ...archive })
    block = archive.previous
  }
  return found
}

function openBlockOf(facts: readonly Fact[]): number {
  return Math.floor((facts.at(-1)?.sequence ?? 0) / blockFacts)
}

const seen = (found: Awaited<ReturnType<typeof chain>>) =>
  found.flatMap(({ items }) => items.map(({ item }) => `${item.id} ${item.version}`))

function many(count: number, own: (at: number) => Parameters<typeof taggedItem>[0]): Fact[] {
  return Array.from({ length: count }, (_, at) =>
    factAt(at + 1, taggedItem({ id: `na-${at + 1}`, ...own(at + 1) })),
  )
}

test('the chain holds the newest version of each block, of every filter', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(arrival, { minLength: 60, maxLength: 160 }),
      anyFilter,
      async (arrivals, wanted) => {
        await redis.flushall()
        const facts = factsOf(arrivals)
        await apply(redis, facts)
        const filter = parseFilter(wanted)
        const last = Math.floor((facts.at(-1)?.sequence ?? 0) / blockFacts)
        const expected = new Map<string, string>()
        for (const { value, sequence } of facts) {
          const block = Math.floor((sequence - 1) / blockFacts)
          if (block >= last || !matches(filter, keptForm(value))) continue
          expected.set(`${block} ${value.id}`, `${value.id}`)
        }
        const found = await chain(facts, filter)
        const got = found.flatMap(({ block, items }) =>
          items.map(({ item }) => `${block} ${item.id}`),
        )
        expect(got.sort()).toEqual([...expected.keys()].sort())
      },
    ),
    { numRuns: 60 },
  )
}, 60_000)

test('a closed block stays as it is when its items get newer versions, or other tags', async () => {
  const facts = many(blockFacts, () => ({ tags: [tagOf('iso3166-1', 'CN')] }))
  await apply(redis, facts)
  const before = await chain(facts, china)
  expect(before).toHaveLength(1)
  const more = many(blockFacts, (at) => ({ version: 2, headline: `Other ${at}` })).map((fact) =>
    factAt(fact.sequence + blockFacts, fact.value),
  )
  await apply(redis, [...facts, ...more])
  expect(await chain([...facts, ...more], china)).toEqual(before)
  expect(seen(await chain([...facts, ...more]))).toHaveLength(2 * blockFacts)
})

test('of what is withdrawn by today every block shows the tombstone', async () => {
  const facts = many(blockFacts, () => ({ tags: [tagOf('iso3166-1', 'CN')] }))
  const gone = taggedItem({ id: 'na-3', version: 2, status: 'canceled', change: 'withdrawal' })
  const all = [...facts, factAt(blockFacts + 1, gone)]
  await apply(redis, all)
  const [archive] = await chain(all, china)
  const tombstone = archive?.items.find(({ item }) => item.id === 'na-3')
  expect(tombstone?.item).toMatchObject({ status: 'canceled', body: { text: '' } })
  expect(archive?.items).toHaveLength(blockFacts)
})

test('blocks without anything for the filter are passed over, over rows too', async () => {
  const count = blockFacts * (archiveLimits.rowBlocks + 3)
  const rare = [7, count - 5]
  const facts = many(count, (at) => (rare.includes(at) ? { tags: [tagOf('iso3166-1', 'CN')] } : {}))
  await apply(redis, facts, { batchMax: 500 })
  const found = await chain(facts, china)
  expect(found.map(({ block }) => block)).toEqual([archiveLimits.rowBlocks + 2, 0])
  const empty = await readArchive({ redis, bus: streamOf(facts) }, { filter: china, block: 1 })
  expect(empty).toEqual({
    ...{ items: [], isEmpty: true },
    ...{ previous: 0, next: archiveLimits.rowBlocks + 2 },
  })
  await resetTagged(redis)
  expect(await redis.keys('*')).toEqual([])
}, 60_000)

test('a block that is not closed is none, and what is tagged silently enters none', async () => {
  const facts = many(blockFacts - 1, () => ({}))
  await apply(redis, facts)
  expect(await archiveBefore(redis, everything, openBlockOf(facts))).toBeUndefined()
  const bus = streamOf(facts)
  expect(await readArchive({ redis, bus }, { filter: everything, block: 0 })).toBeUndefined()
  expect(await readArchive({ redis, bus }, { filter: everything, block: -1 })).toBeUndefined()
  const quiet = taggedItem({ id: 'na-1', tagging: 2, place: 1, tags: [tagOf('iso3166-1', 'CN')] })
  const all = [...facts, factAt(blockFacts, quiet)]
  await apply(redis, all)
  expect(seen(await chain(all))).toHaveLength(blockFacts - 1)
  expect(await archiveBefore(redis, china, openBlockOf(all))).toBeUndefined()
})
