import { quietLog } from '@newswire/kit'
import { matches, parseFilter, type TaggedItem } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
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
import { storeLimits } from './limits.js'
import { keptForm } from './public-state.js'
import { queryItems } from './query.js'
import type { PublicItem, StoreLimits } from './store.js'

let redis: Redis
const { log } = quietLog()
ownRedis((own) => {
  redis = own
})

async function walk(
  facts: readonly Fact[],
  filter: object,
  limits: StoreLimits,
  limit: number,
): Promise<PublicItem[]> {
  const found: PublicItem[] = []
  let before: number | undefined
  do {
    const page = await queryItems(
      { redis, bus: streamOf(facts), log, limits },
      {
        sees: 'public',
        filter: parseFilter(filter),
        limit,
        ...(before === undefined ? {} : { before }),
      },
    )
    expect(page.items.length).toBeLessThanOrEqual(limit)
    found.push(...page.items)
    before = page.next
  } while (before !== undefined)
  return found
}

/** The newest version of each item that the filter asks for, newest first. */
function expected(facts: readonly Fact[], filter: object): PublicItem[] {
  const newest = new Map<string, PublicItem>()
  const usable = new Map<string, TaggedItem>()
  for (const { value, sequence } of facts) {
    if (value.status === 'usable') usable.set(value.id, value)
    newest.delete(value.id)
    newest.set(value.id, { item: keptForm(value), sequence })
  }
  const asked = parseFilter(filter)
  const hasWords = asked.q !== undefined || asked.not?.q !== undefined
  const words = ({ id, status }: TaggedItem) =>
    hasWords && status !== 'usable' ? usable.get(id) : undefined
  return [...newest.values()]
    .filter(({ item }) => {
      const said = words(item)
      return matches(asked, said ? { ...item, headline: said.headline, body: said.body } : item)
    })
    .sort((a, b) => b.sequence - a.sequence)
}

test('every filter finds what a look at every item finds, at any page size and any limits', async () => {
  const limits = fc.record({
    fullItemsMax: fc.integer({ min: 1, max: 14 }),
    facetItemsMax: fc.integer({ min: 1, max: 14 }),
    scanItemsMax: fc.integer({ min: 1, max: 14 }),
  })
  const inputs = [
    fc.array(arrival, { maxLength: 60 }),
    fc.array(anyFilter, { minLength: 1, maxLength: 6 }),
    limits,
    fc.integer({ min: 1, max: 6 }),
  ] as const
  await fc.assert(
    fc.asyncProperty(...inputs, async (arrivals, filters, some, limit) => {
      await redis.flushall()
      const facts = factsOf(arrivals)
      await apply(redis, facts, { limits: some })
      for (const filter of filters) {
        expect(await walk(facts, filter, some, limit)).toEqual(expected(facts, filter))
      }
    }),
    { numRuns: 100 },
  )
}, 60_000)

test('pages neither skip nor double while items are added', async () => {
  const old = Array.from({ length: 50 }, (_, at) => factAt(at + 1, taggedItem({ id: `na-${at}` })))
  await apply(redis, old)
  const seen: number[] = []
  let before: number | undefined
  let added = 50
  do {
    const page = await queryItems(
      { redis, bus: streamOf(old), log, limits: storeLimits },
      { sees: 'public', filter: {}, limit: 7, ...(before === undefined ? {} : { before }) },
    )
    seen.push(...page.items.map(({ sequence }) => sequence))
    before = page.next
    added += 1
    await apply(redis, [factAt(added, taggedItem({ id: `na-${added}` }))])
  } while (before !== undefined)
  expect(seen).toEqual(Array.from({ length: 50 }, (_, at) => 50 - at))
})

test('what is tagged silently keeps its place, and leaves Redis no larger', async () => {
  const facts = Array.from({ length: 6 }, (_, at) =>
    factAt(at + 1, taggedItem({ id: `na-${at + 1}` })),
  )
  const tags = [tagOf('iso3166-1', 'CN')]
  const quiet = [2, 5].map((of, at) =>
    factAt(7 + at, taggedItem({ id: `na-${of}`, tagging: 2, place: of, tags })),
  )
  const limits = { ...storeLimits, fullItemsMax: 3 }
  await apply(redis, [...facts, ...quiet], { limits })
  const all = await walk([...facts, ...quiet], {}, limits, 2)
  expect(all.map(({ item }) => item.id)).toEqual(['na-6', 'na-5', 'na-4', 'na-3', 'na-2', 'na-1'])
  const china = await walk([...facts, ...quiet], { region: ['CN'] }, limits, 1)
  expect(china.map(({ item }) => [item.id, item.tagging])).toEqual([
    ['na-5', 2],
    ['na-2', 2],
  ])
  expect(await redis.hkeys('nw:tagged:full')).toHaveLength(3)
})

test('who asks for words finds what had them before it was withdrawn', async () => {
  const body = { html: '', text: 'Das Werk in Chongqing', complete: true }
  const facts = [
    factAt(1, taggedItem({ id: 'na-1', body })),
    factAt(2, taggedItem({ id: 'na-2', headline: 'Anderes', body: { ...body, text: 'Nein' } })),
    ...[1, 2].map((of) =>
      factAt(
        2 + of,
        taggedItem({ id: `na-${of}`, version: 2, status: 'canceled', headline: 'Weg', body }),
      ),
    ),
  ]
  await apply(redis, facts)
  const found = await walk(facts, { q: ['chongqing werk'] }, storeLimits, 5)
  expect(found.map(({ item }) => [item.id, item.status, item.body.text])).toEqual([
    ['na-1', 'canceled', ''],
  ])
  const others = await walk(facts, { not: { q: ['chongqing'] } }, storeLimits, 5)
  expect(others.map(({ item }) => item.id)).toEqual(['na-2'])
})

test('what is private is left out of every page, unless who asks may see it', async () => {
  const rights = (at: number) => (at % 3 === 0 ? ('full' as const) : ('private' as const))
  const facts = Array.from({ length: 9 }, (_, at) =>
    factAt(at + 1, taggedItem({ id: `na-${at + 1}`, rights: rights(at) })),
  )
  await apply(redis, facts)
  const all = await walk(facts, {}, storeLimits, 3)
  expect(all.map(({ item }) => item.id)).toEqual(['na-7', 'na-4', 'na-1'])
  const page = await queryItems(
    { redis, bus: streamOf(facts), log, limits: storeLimits },
    { sees: 'all', filter: parseFilter({}), limit: 9 },
  )
  expect(page.items).toHaveLength(9)
  const other = factAt(10, taggedItem({ id: 'na-b', rights: 'private', source: 'b' }))
  await apply(redis, [...facts, other])
  const ofSource = async (source: string) => {
    const sees = { sources: [source] }
    const options = { redis, bus: streamOf([...facts, other]), log, limits: storeLimits }
    return (await queryItems(options, { sees, filter: parseFilter({}), limit: 4 })).items
  }
  expect((await ofSource('b')).map(({ item }) => item.id)).toEqual(['na-b', 'na-7', 'na-4', 'na-1'])
  expect(await ofSource('push')).toHaveLength(4)
})
