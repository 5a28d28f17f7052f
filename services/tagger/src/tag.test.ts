import { fixture } from '@newswire/kit'
import { facetsOf, tagSchema } from '@newswire/model'
import { taggedItem } from '@newswire/model/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evidenceMax } from './evidence.js'
import { tag } from './tag.js'
import { taggable } from './testing.js'
import { loadVocabulary } from './vocabulary.js'

const vocabulary = loadVocabulary()

/** The first sample as the normalizer hands it on. */
function firstSample() {
  const [, headline = '', dateline = '', ...paragraphs] = fixture('chongqing.txt').split('\n\n')
  return taggable({ headline, dateline, text: paragraphs.join('\n\n'), language: 'de' })
}

function expectQuoted(item: ReturnType<typeof taggable>): void {
  const texts = {
    headline: item.headline,
    text: item.body.text,
    dateline: item.dateline?.raw ?? '',
  }
  for (const { evidence } of tag(item, vocabulary).tags) {
    expect(evidence.length).toBeLessThanOrEqual(evidenceMax)
    for (const { field, start, end, text } of evidence) {
      expect(end).toBeGreaterThan(start)
      if (field !== 'source') expect(texts[field].slice(start, end)).toBe(text)
    }
  }
}

test('the first sample is about China, and names its blocs and Central Asia', () => {
  const { language, tags } = tag(firstSample(), vocabulary)
  const codes = tags.map(({ code }) => code)
  expect(language).toBe('de')
  expect(tags.find(({ code }) => code === 'CN')).toMatchObject({
    primary: true,
    score: 1,
    broader: ['030', '142', '001'],
  })
  const countries = tags.filter(({ scheme }) => scheme === 'iso3166-1').map(({ code }) => code)
  expect(countries).toEqual(['CN'])
  expect(codes).toEqual(
    expect.arrayContaining(['bloc:SCO', 'bloc:BRI', 'bloc:ASEAN', 'bloc:EU', '143']),
  )
  const topics = tags.filter(({ scheme }) => scheme === 'medtop')
  const branches = topics.filter(({ broader }) => broader.length === 0).map(({ code }) => code)
  expect(branches).toEqual(['medtop:04000000', 'medtop:11000000'])
  // "Plattform" is no platform diving: its branch, sport, is none of the text's.
  expect(codes).not.toContain('medtop:20000914')
})

test('filters find the first sample by region, ancestor, topic and language', () => {
  const { language, tags } = tag(firstSample(), vocabulary)
  const facets = facetsOf(taggedItem({ language, tags }))
  for (const facet of ['region:CN', 'region:142', 'topic:medtop:04000000', 'lang:de'] as const) {
    expect(facets).toContain(facet)
  }
  for (const facet of ['region:FR', 'region:RU', 'lang:en'] as const) {
    expect(facets).not.toContain(facet)
  }
})

test('every piece of evidence is the words at its place', () => {
  expectQuoted(firstSample())
})

test('evidence quotes the text whatever the text is', () => {
  const words = fc.constantFrom(
    ...['China', 'Chinas', 'à Paris', 'en España', 'EU', 'G7', 'Umsatz', '🎉', 'İstanbul', 'ﬁlm'],
    ...[
      'Newark, NJ',
      'USA',
      'Großbritannien',
      'Gewinn',
      '\n',
      '\n\n',
      '-',
      'e\u0301cole',
      '\ud800',
    ],
    ...['Über Muster', 'https://example.org/China', 'Polizei', '„Köln“', 'ministre', 'gobierno'],
  )
  const text = fc.array(fc.oneof(words, fc.string({ unit: 'binary' })), { maxLength: 40 })
  const joined = text.map((parts) => parts.join(' '))
  const language = fc.constantFrom('de', 'en', 'fr', 'it', 'es', 'und', 'pl')
  fc.assert(
    fc.property(joined, joined, joined, language, (headline, dateline, body, spoken) => {
      expectQuoted(taggable({ headline, dateline, text: body, language: spoken }))
    }),
    { numRuns: 300 },
  )
})

test('the same text and vocabulary give the same bytes, also after another load', () => {
  const once = JSON.stringify(tag(firstSample(), vocabulary))
  tag(taggable({ text: 'Le ministre à Paris', language: 'fr' }), vocabulary)
  const again = loadVocabulary()
  expect(again.version).toBe(vocabulary.version)
  expect(JSON.stringify(tag(firstSample(), again))).toBe(once)
})

test('every tag has the shape of the model and evidence', () => {
  for (const each of tag(firstSample(), vocabulary).tags) {
    expect(tagSchema.parse(each)).toEqual(each)
    expect(each.evidence.length).toBeGreaterThan(0)
  }
})

test('what the wire itself says comes first and is said to be from there', () => {
  const sourceCodes = [
    { scheme: 'prn:industry', name: 'Mining & Metals ' },
    { scheme: 'prn:industry', code: 'MNG' },
    { scheme: 'presseportal:ressort', name: 'sport' },
    { scheme: 'medtop', code: 'medtop:07000000' },
    { scheme: 'subj', code: '12000000' },
  ]
  const { tags } = tag(taggable({ text: 'A short note.', sourceCodes }), vocabulary)
  const topics = tags.filter(({ scheme }) => scheme === 'medtop')
  expect(topics.map(({ code, how }) => `${code} ${how}`)).toEqual([
    'medtop:04000000 source',
    'medtop:07000000 source',
    'medtop:12000000 source',
    'medtop:15000000 source',
    'medtop:20000316 source',
  ])
  expect(topics[0]?.evidence).toEqual([
    { field: 'source', start: 0, end: 16, text: 'Mining & Metals ', weight: 12, how: 'source' },
  ])
})

test('words about the issuer count little, and the credit line not at all', () => {
  const text = [
    'Die Muster AG stellt in Hamburg ein neues Produkt vor.',
    'Über die Muster AG',
    'Die Muster AG hat Büros in Frankreich.',
    'Original-Content von: Muster Italien, übermittelt durch news aktuell',
  ].join('\n')
  const { tags } = tag(taggable({ text, language: 'de' }), vocabulary)
  const regions = tags.filter(({ scheme }) => scheme === 'iso3166-1')
  expect(regions.map(({ code, primary }) => [code, primary])).toEqual([
    ['DE', true],
    ['FR', false],
  ])
})

test('a text of a hundred thousand odd characters is no trap', () => {
  for (const part of ['x', '\n', ' \n', 'China ', 'a@', 'www.', 'Über ', '- ', 'Polizei ']) {
    const text = part.repeat(100_000 / part.length)
    const start = performance.now()
    tag(taggable({ text, headline: text.slice(0, 2_000), language: 'de' }), vocabulary)
    expect(performance.now() - start).toBeLessThan(2_000)
  }
})
