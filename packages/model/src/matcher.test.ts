import fc from 'fast-check'
import { expect, it } from 'vitest'
import { matches, parseFilter } from './filter.js'
import type { Filter } from './filter-spelling.js'
import type { TaggedItem } from './item.js'
import { createMatcher } from './matcher.js'
import { taggedItem, tagOf } from './testing.js'

const regions = ['CN', 'DE', '142', '150', 'bloc:EU']
const topics = ['medtop:04000000', 'medtop:15000000', 'medtop:13000000']
const words = ['werk', 'chongqing', 'bilanz', '"neues werk"', 'werk neues', '"in chongqing" werk']
const rare = ['zoo', 'kein "neues werk"', 'werk -neues', '"werk neues"', 'ag']

const some = (values: string[]) => fc.option(fc.subarray(values), { nil: undefined })
const terms = fc.record(
  {
    region: some(regions),
    topic: some(topics),
    lang: some(['de', 'en']),
    source: some(['na', 'prn', 'feed-1']),
    issuer: some(['Muster AG', 'Acme Corp.']),
    q: some([...words, ...rare]),
  },
  { requiredKeys: [] },
)
const filters: fc.Arbitrary<Filter> = fc
  .record({ own: terms, not: fc.option(terms, { nil: undefined, freq: 3 }) })
  .map(({ own, not }) => parseFilter({ ...own, ...(not ? { not } : {}) }))
const items: fc.Arbitrary<TaggedItem> = fc
  .record({
    region: fc.subarray(regions),
    topic: fc.subarray(topics),
    language: fc.constantFrom('de', 'en', 'und'),
    wire: fc.constantFrom('na', 'prn'),
    source: fc.constantFrom('push', 'Feed-1'),
    issuer: fc.constantFrom('Muster AG', 'Acme Corp.', ''),
    headline: fc.constantFrom('Neues Werk in Chongqing', 'Bilanz: kein neues Werk', 'Zoo', ''),
    text: fc.constantFrom('', 'Die Muster AG: ein Zoo im Werk. Neues aus Chongqing!'),
  })
  .map(({ region, topic, issuer, text, ...own }) =>
    taggedItem({
      ...own,
      body: { html: '', text, complete: true },
      issuer: { name: issuer },
      tags: [
        ...region.map((code) => tagOf('iso3166-1', code)),
        ...topic.map((code) => tagOf('medtop', code)),
      ],
    }),
  )

type Step =
  | { readonly kind: 'set'; readonly name: string; readonly filter: Filter }
  | { readonly kind: 'remove'; readonly name: string }
  | { readonly kind: 'match'; readonly item: TaggedItem }

const names = fc.nat(12).map((at) => `wh_${at}`)
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('set'), name: names, filter: filters }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove'), name: names }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('match'), item: items }) },
)

it('finds exactly what a loop over all filters finds, whatever came and went before', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 60 }), (all) => {
      const matcher = createMatcher()
      const standing = new Map<string, Filter>()
      for (const step of all) {
        if (step.kind === 'set') {
          standing.set(step.name, step.filter)
          matcher.set(step.name, step.filter)
        } else if (step.kind === 'remove') {
          standing.delete(step.name)
          matcher.remove(step.name)
        } else {
          const expected = [...standing].flatMap(([name, filter]) =>
            matches(filter, step.item) ? [name] : [],
          )
          expect([...matcher.match(step.item)].sort()).toEqual(expected.sort())
        }
      }
    }),
    { numRuns: 1_000 },
  )
})

it('folds an item once, however many filters ask for words', () => {
  let reads = 0
  const body = {
    html: '',
    complete: true,
    get text() {
      reads += 1
      return 'Neues Werk in Chongqing'
    },
  }
  const item = { ...taggedItem({}), body }
  const filters = Array.from({ length: 100 }, (_, at) => parseFilter({ q: [`werk wort${at}`] }))
  expect(filters.filter((filter) => matches(filter, item))).toHaveLength(0)
  const matcher = createMatcher()
  for (const [at, filter] of filters.entries()) matcher.set(`${at}`, filter)
  expect(matcher.match(item).size).toBe(0)
  expect(reads).toBe(1)
})

it('takes away the right one where many filters lie under the same terms', () => {
  const matcher = createMatcher()
  const filter = parseFilter({ region: ['CN', 'DE'] })
  const all = Array.from({ length: 20 }, (_, at) => `wh_${at}`)
  for (const name of all) matcher.set(name, filter)
  const gone = ['wh_0', 'wh_7', 'wh_19', 'wh_18', 'wh_1']
  for (const name of gone) matcher.remove(name)
  const item = taggedItem({ tags: [tagOf('iso3166-1', 'CN'), tagOf('iso3166-1', 'DE')] })
  const left = all.filter((name) => !gone.includes(name))
  expect([...matcher.match(item)].sort()).toEqual(left.sort())
})
