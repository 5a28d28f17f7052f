import fc from 'fast-check'
import { expect, it } from 'vitest'
import { matches, parseFilter } from './filter.js'
import type { TaggedItem } from './item.js'
import { createMatcher } from './matcher.js'
import { taggedItem, tagOf } from './testing.js'

const regions = ['CN', 'DE', '142', '150', 'bloc:EU']
const topics = ['medtop:04000000', 'medtop:15000000', 'medtop:13000000']
const words = ['werk', 'chongqing', 'bilanz', '"neues werk"', 'werk -neues', 'zoo']

const some = (values: string[]) => fc.option(fc.subarray(values), { nil: undefined })
const terms = fc.record(
  {
    region: some(regions),
    topic: some(topics),
    lang: some(['de', 'en']),
    source: some(['na', 'prn']),
    issuer: some(['Muster AG', 'Acme Corp.']),
    q: some(words),
  },
  { requiredKeys: [] },
)
const filters = fc.record({ own: terms, not: fc.option(terms, { nil: undefined, freq: 3 }) })
const items: fc.Arbitrary<TaggedItem> = fc
  .record({
    region: fc.subarray(regions),
    topic: fc.subarray(topics),
    language: fc.constantFrom('de', 'en', 'und'),
    wire: fc.constantFrom('na', 'prn'),
    issuer: fc.constantFrom('Muster AG', 'Acme Corp.', ''),
    headline: fc.constantFrom('Neues Werk in Chongqing', 'Bilanz: kein neues Werk', 'Zoo'),
  })
  .map(({ region, topic, issuer, ...own }) =>
    taggedItem({
      ...own,
      issuer: { name: issuer },
      tags: [
        ...region.map((code) => tagOf('iso3166-1', code)),
        ...topic.map((code) => tagOf('medtop', code)),
      ],
    }),
  )

it('finds exactly what a loop over all filters finds, also after changes and removals', () => {
  fc.assert(
    fc.property(fc.array(filters, { maxLength: 30 }), items, fc.nat(30), (inputs, item, gone) => {
      const parsed = inputs.map(({ own, not }) => parseFilter({ ...own, ...(not ? { not } : {}) }))
      const matcher = createMatcher()
      for (const at of parsed.keys()) matcher.set(`wh_${at}`, {})
      for (const [at, filter] of parsed.entries()) matcher.set(`wh_${at}`, filter)
      matcher.remove(`wh_${gone}`)
      const expected = parsed.flatMap((filter, at) =>
        at !== gone && matches(filter, item) ? [`wh_${at}`] : [],
      )
      expect([...matcher.match(item)].sort()).toEqual(expected.sort())
    }),
    { numRuns: 500 },
  )
})
