import { expect, test } from 'vitest'
import { tag } from '../tag.js'
import { taggable } from '../testing.js'
import { loadVocabulary } from '../vocabulary.js'
import { NameTable, start, step } from './name-table.js'

const vocabulary = loadVocabulary()

function regions(text: string, language = 'en', dateline?: string): string[] {
  const item = taggable({ text, language, ...(dateline === undefined ? {} : { dateline }) })
  return tag(item, vocabulary)
    .tags.filter(({ scheme }) => scheme !== 'medtop' && scheme !== 'lang')
    .map(({ code }) => code)
    .sort()
}

test('a table of names knows whole names, their beginnings, and nothing else', () => {
  const table = new NameTable(8)
  for (const [value, name] of ['new york', 'new', 'los angeles'].entries())
    table.add(Buffer.from(name), 0, name.length, value)
  const at = (...words: string[]) => {
    const walk = start()
    for (const word of words) step(walk, word)
    return table.at(walk)
  }
  expect([at('new'), at('new', 'york'), at('los'), at('los', 'angeles')]).toEqual([1, 0, -1, 2])
  expect([at('york'), at('new', 'los'), at('newyork')]).toEqual([-2, -2, -2])
  expect([table.begins('los'), table.begins('york')]).toEqual([true, false])
})

test.each([
  ['a state after the comma', 'The works stand in Paris, Texas.', ['US', 'US-TX']],
  ['a state as the press shortens it', 'Officials in Portland, Maine, agreed.', ['US', 'US-ME']],
  ['nothing after it', 'The works stand in Paris.', ['FR', 'FR-IDF']],
  ['a country after it', 'The works stand in London, Canada.', ['CA', 'CA-ON']],
  [
    'other towns of its state',
    'Crews from Dayton, Ohio, met in Springfield and Columbus.',
    ['US', 'US-OH'],
  ],
  [
    'the words of one country',
    'The county sheriff told the township that a sophomore from Athens won the varsity game in Athens.',
    ['US', 'US-GA'],
  ],
])('a name that many towns share is settled by %s', (_, text, expected) => {
  expect(regions(text)).toEqual(expected)
})

test.each([
  ['a first name before it', 'Monica Bremen and Michael Paris met Florence Nightingale.', []],
  ['a title before it', 'Officer Bremen and Mrs Berlin said no.', []],
  ['money', 'The deal is worth US$400 million.', []],
  ['a firm', 'Metz LLC and Bremen Ltd signed.', []],
  ['a county', 'Residents of Orange County and Lebanon County were warned.', []],
  ['letters', 'The UFA report is out.', []],
  ['the end of a longer name', 'They moved to Port Zabriskie Grimsby yesterday.', []],
  ['a hamlet that is a word', 'The US sent him. They spoke in Congress about Hope.', ['US']],
])('what stands beside a name makes it no place: %s', (_, text, expected) => {
  expect(regions(text)).toEqual(expected)
})

test('the same name elsewhere in a text is a place', () => {
  expect(regions('The fair in Bremen and the fair in Metz are over.')).toEqual([
    ...['DE', 'DE-HB', 'FR', 'FR-GES'],
  ])
  expect(regions('The plant in Ufa is open.')).toEqual(['RU', 'RU-BA'])
})

test('towns of one state speak for each other', () => {
  const text = 'Teams from Cincinnati, Cleveland and Dayton met in Springfield.'
  expect(regions(text)).toEqual(['US', 'US-OH'])
  expect(regions('Teams met in Springfield.')).toEqual(['US', 'US-MO'])
})

test('a dateline is shown as evidence where nothing else names the region', () => {
  const of = (text: string) =>
    tag(taggable({ text, language: 'de', dateline: 'Graz (OTS)' }), vocabulary)
      .tags.find(({ code }) => code === 'AT')
      ?.evidence.map(({ field, how }) => `${field} ${how}`)
  expect(of('Die Messe ist eröffnet.')).toEqual(['dateline gazetteer'])
  expect(of('Die Messe in Graz ist eröffnet.')).toEqual(['text gazetteer'])
})

test.each([
  ['Andreas und Diana trafen Leon an der Bucht in Bergen.', []],
  ['Die Intesa Sanpaolo berät Kunden.', []],
  ['Mailands Messe und Lüttichs Hafen wachsen.', ['BE', 'BE-WAL', 'IT', 'IT-25']],
  ['Tampicos Hafen wächst.', ['MX', 'MX-TAM']],
  ['Der Berlin-Besuch führte auch nach Genf.', ['CH', 'CH-GE', 'DE', 'DE-BE']],
  ['Chinageschäft und Russlandsanktionen belasten.', ['CN', 'RU']],
])('German: %s', (text, expected) => {
  const found = regions(text, 'de')
  expect(found.filter((code) => !expected.includes(code) && !/^NO|-/.test(code))).toEqual([])
  expect(found).toEqual(expect.arrayContaining([...expected]))
})

test.each([
  ['fr', 'L’Arabie saoudite et la République tchèque ont signé.', ['CZ', 'SA']],
  ['fr', 'La Guinée équatoriale et la République dominicaine signent.', ['DO', 'GQ']],
  ['es', 'La República checa y Arabia saudí firmaron.', ['CZ', 'SA']],
  ['it', 'La Repubblica ceca e la Guinea equatoriale firmano.', ['CZ', 'GQ']],
  ['fr', 'L’Union européenne approuve.', ['bloc:EU']],
])('%s: the last word of a country may be written small: %s', (language, text, expected) => {
  expect(regions(text, language)).toEqual(expected)
})

test.each([
  ['LEBANON, Pa. – The plant is open.', ['US', 'US-PA']],
  ['The plant in Peru, Indiana, is open.', ['US', 'US-IN']],
  ['The plant in Mexico, Missouri, is open.', ['US', 'US-MO']],
  ['The plant in Lebanon is open.', ['LB']],
  ['The firm works in Mexico, Texas and Ohio.', ['MX', 'US', 'US-OH', 'US-TX']],
])('a state behind the comma makes a town of a country’s name: %s', (text, expected) => {
  expect(regions(text)).toEqual(expected)
})

test('the dateline weighs most', () => {
  const text = 'Die Gäste kamen aus Paris, Rom und Paris. Auch in Paris wurde gefeiert.'
  const item = taggable({ text, language: 'de', dateline: 'Graz (OTS)' })
  const { tags } = tag(item, vocabulary)
  const countries = tags.filter(({ scheme }) => scheme === 'iso3166-1')
  expect(countries[0]).toMatchObject({ code: 'AT', primary: true, score: 1 })
  expect(tags.find(({ code }) => code === 'AT-6')).toMatchObject({ primary: true })
})

test('an adjective of a people that is said once in passing names no country', () => {
  expect(regions('We had Greek wine with the meal.')).toEqual([])
  expect(regions('Greek wine, Greek cheese, Greek bread.')).toEqual(['GR'])
})

test('a text of thousands of names is read in a time that grows with its length', () => {
  const short = 'Springfield, Paris and Georgia met Lincoln in Athens. '.repeat(50)
  const time = (text: string) => {
    const from = performance.now()
    regions(text)
    return performance.now() - from
  }
  time(short)
  const once = Math.max(time(short), 1)
  expect(time(short.repeat(12)) / once).toBeLessThan(120)
})
