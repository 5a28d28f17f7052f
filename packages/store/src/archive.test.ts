import { type Filter, matches, parseFilter } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { archiveBefore, facetValues, readArchive } from './archive.js'
import { ownRedis } from './fixtures/own-redis.js'
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
import { resetTagged } from './tagged-model.js'

const { blockFacts } = archiveLimits
const everything = parseFilter({})
const china = parseFilter({ region: ['CN'] })
let redis: Redis
ownRedis((own) => {
  redis = own
})

/** All closed blocks by the chain, newest first. */
async function chain(facts: readonly Fact[], filter = everything) {
  const found = []
  let block = await archiveBefore(redis, { filter, block: openBlockOf(facts) })
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

/** Block and id of every fact that a closed block shows. */
function expectedKeys(facts: readonly Fact[], filter: Filter): string[] {
  const last = openBlockOf(facts)
  const usable = new Map(
    facts.filter(({ value }) => value.status === 'usable').map(({ value }) => [value.id, value]),
  )
  const hasWords = filter.q !== undefined || filter.not?.q !== undefined
  const shown = facts.filter(({ value, sequence }) => {
    const former = value.status === 'usable' ? value : usable.get(value.id)
    const { headline, body } = (hasWords && former) || keptForm(value)
    return blockOf(sequence) < last && matches(filter, { ...value, headline, body })
  })
  return [...new Set(shown.map((fact) => `${blockOf(fact.sequence)} ${fact.value.id}`))].sort()
}

const blockOf = (sequence: number) => Math.floor((sequence - 1) / blockFacts)

/** What is withdrawn comes back in tests of its own. */
function staysWithdrawn<T extends { item: number; withdrawn: boolean }>(arrivals: T[]): T[] {
  const gone = new Set<number>()
  return arrivals.map((each) => {
    if (each.withdrawn) gone.add(each.item)
    return { ...each, withdrawn: gone.has(each.item) }
  })
}

test('the chain holds the newest version of each block, of every filter', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(arrival, { minLength: 60, maxLength: 160 }),
      anyFilter,
      async (arrivals, wanted) => {
        await redis.flushall()
        const facts = factsOf(staysWithdrawn(arrivals))
        await apply(redis, facts)
        const filter = parseFilter(wanted)
        const expected = expectedKeys(facts, filter)
        const found = await chain(facts, filter)
        const got = found.flatMap(({ block, items }) =>
          items.map(({ item }) => `${block} ${item.id}`),
        )
        expect(got.sort()).toEqual(expected)
      },
    ),
    { numRuns: 60, endOnFailure: true },
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
  expect(
    await archiveBefore(redis, { filter: everything, block: openBlockOf(facts) }),
  ).toBeUndefined()
  const bus = streamOf(facts)
  expect(await readArchive({ redis, bus }, { filter: everything, block: 0 })).toBeUndefined()
  expect(await readArchive({ redis, bus }, { filter: everything, block: -1 })).toBeUndefined()
  const quiet = taggedItem({ id: 'na-1', tagging: 2, place: 1, tags: [tagOf('iso3166-1', 'CN')] })
  const all = [...facts, factAt(blockFacts, quiet)]
  await apply(redis, all)
  expect(seen(await chain(all))).toHaveLength(blockFacts - 1)
  expect(await archiveBefore(redis, { filter: china, block: openBlockOf(all) })).toBeUndefined()
})

test('a version that was taken back once does not come back with a later one', async () => {
  const body = (text: string) => ({ html: '', text, complete: true })
  const facts = [
    ...many(blockFacts - 1, () => ({})),
    factAt(blockFacts, taggedItem({ id: 'na-x', body: body('Alt') })),
    factAt(blockFacts + 1, taggedItem({ id: 'na-x', version: 2, status: 'withheld' })),
    factAt(blockFacts + 2, taggedItem({ id: 'na-x', version: 3, body: body('Neu') })),
  ]
  await apply(redis, facts)
  const found = await chain(facts)
  expect(JSON.stringify(found)).not.toContain('Alt')
  expect(seen(found)).not.toContain('na-x 1')
})

test('archives of words hold the withdrawal of what had them', async () => {
  const body = { html: '', text: 'Zauberwort', complete: true }
  const facts = [
    factAt(1, taggedItem({ id: 'na-x', body })),
    ...many(blockFacts, () => ({})).map(({ sequence, value }) => factAt(sequence + 1, value)),
    factAt(blockFacts + 2, taggedItem({ id: 'na-x', version: 2, status: 'canceled' })),
    ...many(blockFacts, (at) => ({ id: `na-z${at}` })).map(({ sequence, value }) =>
      factAt(sequence + blockFacts + 2, value),
    ),
  ]
  await apply(redis, facts)
  const found = await chain(facts, parseFilter({ q: ['zauberwort'] }))
  expect(seen(found)).toEqual(['na-x 2', 'na-x 2'])
})

test('what is private is in no archive of others, and no bit tells of it', async () => {
  const tags = [tagOf('iso3166-1', 'CN')]
  const facts = [
    factAt(1, taggedItem({ id: 'na-p', rights: 'private', tags })),
    factAt(2, taggedItem({ id: 'na-q', tags: [tagOf('iso3166-1', 'JP')] })),
    ...many(blockFacts - 2, () => ({ tags: [tagOf('iso3166-1', 'DE')] })).map((fact) =>
      factAt(fact.sequence + 2, fact.value),
    ),
    factAt(blockFacts + 1, taggedItem({ id: 'na-q', version: 2, rights: 'private' })),
  ]
  await apply(redis, facts)
  expect(await chain(facts, china)).toEqual([])
  expect(seen(await chain(facts))).not.toContain('na-p 1')
  expect(seen(await chain(facts))).not.toContain('na-q 1')
  expect(await facetValues(redis, 'region')).toEqual(['DE'])
  const bus = streamOf(facts)
  const wanted = { filter: china, block: 0, seesPrivate: true }
  expect((await readArchive({ redis, bus }, wanted))?.items).toHaveLength(1)
})

test('what a source gives less of by today is given less of in archives too', async () => {
  const text = `${'Ein Satz der Meldung. '.repeat(30)}ENDE`
  const body = { html: `<p>${text}</p>`, text, complete: true }
  const facts = [
    factAt(1, taggedItem({ id: 'na-1', body })),
    factAt(2, taggedItem({ id: 'na-2', body, source: 'open' })),
    factAt(3, taggedItem({ id: 'na-3', body })),
    factAt(51, taggedItem({ id: 'na-1', version: 2, rights: 'teaser', body })),
    factAt(52, taggedItem({ id: 'na-2', version: 2, rights: 'private', source: 'b', body })),
    factAt(100, taggedItem({ id: 'na-9' })),
  ]
  await apply(redis, facts)
  const read = async (seesPrivate: boolean) => {
    const options = { redis, bus: streamOf(facts) }
    const archive = await readArchive(options, { filter: everything, block: 0, seesPrivate })
    return archive?.items.map(({ item }) => [item.id, item.rights, item.source]) ?? []
  }
  expect(await read(false)).toEqual([
    ['na-3', 'full', 'push'],
    ['na-1', 'teaser', 'push'],
  ])
  // A token for another source opens it as little as in the feed itself.
  expect((await read(true))[1]).toEqual(['na-2', 'private', 'b'])
})
