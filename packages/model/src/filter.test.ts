import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matches, parseFilter, parseFilterQuery } from './filter.js'
import { FilterError, formatFilter } from './filter-spelling.js'
import type { TaggedItem } from './item.js'
import { taggedItem, tagOf } from './testing.js'

const read = (query: string) => parseFilterQuery(new URLSearchParams(query))

describe('a filter', () => {
  test('has one canonical address, whatever the spelling it came in', () => {
    const spellings = [
      'topic=medtop:04000000&region=jp,cn&lang=de-DE',
      'region=CN&region=JP&lang=DE&topic=04000000',
      'region=CN,JP,CN&topic=MEDTOP:04000000&lang=de_at',
    ]
    const canonical = 'lang=de&region=CN,JP&topic=medtop:04000000'
    expect(spellings.map((each) => formatFilter(read(each)))).toEqual(Array(3).fill(canonical))
  })

  test('keeps a comma inside a phrase, and orders words and phrases', () => {
    expect(formatFilter(read('q=zwei "eins, zwei" Ärger,solo'))).toBe(
      'q=%22eins+zwei%22+arger+zwei,solo',
    )
  })

  test('puts what must not match under not', () => {
    const filter = parseFilter({ region: ['CN'], not: { topic: ['medtop:15000000'] } })
    expect(formatFilter(filter)).toBe('not.topic=medtop:15000000&region=CN')
    expect(read('region=CN&not.topic=15000000')).toEqual(filter)
  })

  test('is everything when empty', () => {
    expect(formatFilter(parseFilter({}))).toBe('')
    expect(matches(parseFilter({}), taggedItem())).toBe(true)
  })

  test.each([
    ['region=Germany', /no region code/],
    ['topic=sports', /no topic code/],
    ['lang=deutsch', /no language code/],
    ['colour=red', /There is no parameter "colour"/],
    ['q=!!!', /no letters or digits/],
    ["source=it's", /is no source/],
    ["region=bloc:it's", /no region code/],
    [`q=${'a'.repeat(201)}`, /^A value of "q" has more than 200 characters\. Shorten it\.$/],
    [`q=${'\uFDFA'.repeat(20)}`, /^A value of "q" has more than 200 characters/],
    [`region=${'CN,'.repeat(51)}`, /^"region" has more than 50 values\. Give fewer\.$/],
  ])('refuses %s with a sentence', (query, sentence) => {
    expect(() => read(query)).toThrow(FilterError)
    expect(() => read(query)).toThrow(sentence)
  })

  test('refuses a shape that is none', () => {
    for (const input of [null, 'CN', { region: 'CN' }, { regions: ['CN'] }, { not: { not: {} } }]) {
      expect(() => parseFilter(input)).toThrow(FilterError)
    }
  })

  test.each([
    ['CN', 'A filter is an object, such as {"region": ["CN"]}.'],
    [{ region: 'CN' }, '"region" must be a list of texts, such as ["CN"].'],
    [{ region: [7] }, '"region" must be a list of texts, such as ["CN"].'],
    [{ regions: ['CN'] }, 'There is no key "regions" in a filter. Leave it out.'],
    [{ not: { colour: [] } }, 'There is no key "not.colour" in a filter. Leave it out.'],
    [{ not: { q: [''] } }, 'A value of "not.q" is empty. Leave it out.'],
  ])('says of %j: %s', (input, sentence) => {
    expect(() => parseFilter(input)).toThrow(sentence)
  })

  test('reads its own address back to itself', () => {
    const value = fc.constantFrom('CN', 'DE-BY', '142', 'bloc:EU')
    const words = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
    const input = fc.record(
      { region: fc.array(value), q: fc.array(words), issuer: fc.array(words) },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(input, (each) => {
        const filter = parsed(each)
        if (!filter) return
        expect(read(formatFilter(filter))).toEqual(filter)
      }),
    )
  })
})

describe('matching', () => {
  const item: TaggedItem = taggedItem({
    language: 'de',
    headline: 'Größere Öffnung für den Handel',
    issuer: { name: 'Müller & Söhne AG' },
    tags: [
      tagOf('iso3166-1', 'CN', ['030', '142', '001']),
      tagOf('medtop', 'medtop:20000349', ['medtop:04000000']),
      tagOf('bloc', 'bloc:EU'),
    ],
  })

  test('finds a source by its id, in whatever case that is', () => {
    const own = taggedItem({ source: 'example-org-1LdWexD4' })
    expect(matches(read('source=example-org-1LdWexD4'), own)).toBe(true)
  })

  test.each([
    ['Ørsted og Kadıköy', 'orsted kadikoy'],
    ['Łódź: GRUPA ŁUKASIEWICZ', 'lodz lukasiewicz'],
    ['An orsted by any name', 'Ørsted'],
    ['Cœur et Þing, Đakovo', '"coeur et thing" dakovo'],
  ])('finds in %s the words %s, which are typed without strokes too', (headline, words) => {
    expect(matches(read(`q=${words}`), taggedItem({ headline }))).toBe(true)
  })

  test.each([
    ['region=CN', true],
    ['region=142', true],
    ['region=FR', false],
    ['region=FR,CN', true],
    ['region=CN&lang=en', false],
    ['region=bloc:EU', true],
    ['region=DE', false],
    ['topic=medtop:04000000', true],
    ['topic=medtop:15000000', false],
    ['lang=de', true],
    ['source=na', true],
    ['source=prn', false],
    ['issuer=muller-sohne-ag', true],
    ['issuer=Müller Söhne AG', true],
    ['q=offnung', true],
    ['q=Öffnung handel', true],
    ['q=öffnung fehlt', false],
    ['q=fehlt,handel', true],
    ['q="größere öffnung"', true],
    ['q="öffnung größere"', false],
    ['q=Off', false],
    ['not.region=CN', false],
    ['not.region=FR', true],
    ['region=142&not.q=handel', false],
  ])('%s → %s', (query, expected) => {
    expect(matches(read(query), item)).toBe(expected)
  })
})

function parsed(input: unknown) {
  try {
    return parseFilter(input)
  } catch (error) {
    if (error instanceof FilterError) return undefined
    throw error
  }
}
