import { quietLog } from '@newswire/kit'
import { type Filter, matches, parseFilter, placeOf, type TaggedItem } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { ownRedis } from './fixtures/own-redis.js'
import { anyFilter, apply, arrival, type Fact, factAt, streamOf } from './fixtures/tagged.js'
import { storeLimits } from './limits.js'
import { queryItems } from './query.js'
import type { StoreLimits } from './store.js'

/*
 * Taggings that lie where their item was announced, beside new versions, withdrawals and rights: a
 * page must be what a plain look at every item gives, whatever the sets of facets have let go of.
 */

let redis: Redis
const { log } = quietLog()
ownRedis((own) => {
  redis = own
})

const step = fc.record({
  arrival,
  isSilent: fc.boolean(),
  rights: fc.constantFrom('full' as const, 'full' as const, 'teaser' as const, 'private' as const),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function factsOf(steps: readonly Step[]): Fact[] {
  const standing = new Map<number, Fact>()
  let sequence = 0
  return steps.map(({ arrival: { item, gap, withdrawn, issuer, ...said }, isSilent, rights }) => {
    sequence += gap
    const was = standing.get(item)
    const again = was && { ...was.value, tagging: was.value.tagging + 1 }
    const { tags, language } = said
    const next =
      was && again && isSilent
        ? { ...again, tags, language, place: placeOf(was.value, was.sequence) }
        : taggedItem({
            ...{ id: `na-${item}`, version: (was?.value.version ?? 0) + 1, rights, ...said },
            ...{ status: withdrawn ? 'canceled' : 'usable', issuer: { name: issuer } },
          })
    const fact = factAt(sequence, next)
    standing.set(item, fact)
    return fact
  })
}

/** Ids and sequences of what the filter asks for, by place, newest first. */
function expected(facts: readonly Fact[], filter: Filter): string[] {
  const newest = new Map<string, Fact>()
  const usable = new Map<string, TaggedItem>()
  for (const fact of facts) {
    newest.set(fact.value.id, fact)
    if (fact.value.status === 'usable') usable.set(fact.value.id, fact.value)
  }
  return [...newest.values()]
    .filter(({ value }) => value.rights !== 'private' && matches(filter, withWords(value, usable)))
    .sort((a, b) => placeOf(b.value, b.sequence) - placeOf(a.value, a.sequence))
    .map(({ value, sequence }) => `${value.id}@${sequence}`)
}

function withWords(item: TaggedItem, usable: ReadonlyMap<string, TaggedItem>): TaggedItem {
  if (item.status === 'usable') return item
  const said = usable.get(item.id)
  return said
    ? { ...item, headline: said.headline, body: said.body }
    : { ...item, body: { html: '', text: '', complete: true } }
}

async function walk(
  facts: readonly Fact[],
  { filter, limits, limit }: { filter: Filter; limits: StoreLimits; limit: number },
): Promise<string[]> {
  const found: string[] = []
  let before: number | undefined
  do {
    const from = before === undefined ? {} : { before }
    const page = await queryItems(
      { redis, bus: streamOf(facts), log, limits },
      { sees: 'public', filter, limit, ...from },
    )
    found.push(...page.items.map(({ item, sequence }) => `${item.id}@${sequence}`))
    before = page.next
  } while (before !== undefined)
  return found
}

test('every page is what a look at every item gives, also where items are tagged again', async () => {
  const limits = fc.record({
    fullItemsMax: fc.integer({ min: 1, max: 14 }),
    facetItemsMax: fc.integer({ min: 1, max: 8 }),
    scanItemsMax: fc.integer({ min: 1, max: 14 }),
  })
  const inputs = [
    fc.array(step, { minLength: 10, maxLength: 80 }),
    fc.array(anyFilter, { minLength: 1, maxLength: 8 }),
    limits,
    fc.integer({ min: 1, max: 6 }),
  ] as const
  await fc.assert(
    fc.asyncProperty(...inputs, async (steps, filters, some, limit) => {
      await redis.flushall()
      const facts = factsOf(steps)
      await apply(redis, facts, { limits: some })
      for (const filter of filters.map((each) => parseFilter(each))) {
        const found = await walk(facts, { filter, limits: some, limit })
        expect(found).toEqual(expected(facts, filter))
      }
    }),
    { numRuns: 100 },
  )
}, 60_000)

test('what is tagged again below the floor of a set hides nothing above it', async () => {
  const limits = { ...storeLimits, facetItemsMax: 20 }
  const china = [tagOf('iso3166-1', 'CN')]
  const old = [1, 2, 3].map((at) => factAt(at, taggedItem({ id: `na-${at}`, tags: [] })))
  const many = Array.from({ length: 40 }, (_, at) =>
    factAt(at + 4, taggedItem({ id: `na-${at + 4}`, tags: china })),
  )
  const again = [1, 2, 3].map((of) =>
    factAt(43 + of, taggedItem({ id: `na-${of}`, tagging: 2, place: of, tags: china })),
  )
  const facts = [...old, ...many, ...again]
  await apply(redis, facts, { limits })
  const filter = parseFilter({ region: ['CN'] })
  const found = await walk(facts, { filter, limits, limit: 7 })
  expect(found).toHaveLength(43)
  expect(found).toEqual(expected(facts, filter))
})

test('what was never usable is found by the words of its newest notice', async () => {
  const notices = ['Werk eröffnet', 'Neue Zahlen'].map((headline, at) =>
    factAt(at + 1, taggedItem({ id: 'na-1', version: at + 1, status: 'canceled', headline })),
  )
  await apply(redis, notices)
  const asked = { limits: storeLimits, limit: 5 }
  const walked = (q: string) => walk(notices, { filter: parseFilter({ q: [q] }), ...asked })
  expect(await walked('"neue zahlen"')).toEqual(['na-1@2'])
  expect(await walked('"werk eröffnet"')).toEqual([])
})

test('a page of many codes keeps the order, also where one of them has nearly all items', async () => {
  const codes = 'CN JP DE FR IT ES AT CH NL BE DK SE NO FI PL CZ PT GR IE HU'.split(' ')
  const facts = Array.from({ length: 120 }, (_, at) => {
    const code = at % 31 === 0 || at < 20 ? codes[at % 20] : 'CN'
    return factAt(at + 1, taggedItem({ id: `na-${at}`, tags: [tagOf('iso3166-1', code ?? '')] }))
  })
  await apply(redis, facts)
  for (const filter of [{ region: codes }, { region: codes, not: { region: ['CN'] } }]) {
    const asked = parseFilter(filter)
    const found = await walk(facts, { filter: asked, limits: storeLimits, limit: 5 })
    expect(found).toEqual(expected(facts, asked))
  }
})
