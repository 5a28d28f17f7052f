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
  for (const [value, name] of ['new york', 'new', 'los angeles'].entries()) table.add(name, value)
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
  ['a first name before it', 'Michael Houston and Paris Jackson met Florence Nightingale.', []],
  ['a title before it', 'Officer Lincoln and Mrs Berlin said no.', []],
  ['money', 'The deal is worth US$400 million.', []],
  ['a firm', 'Bedford LLC and Preston Ltd signed.', []],
  ['a county', 'Residents of Orange County and Lebanon County were warned.', []],
  ['letters', 'The UGA and the ARE tables are below.', []],
  ['the end of a longer name', 'They moved to Port Zabriskie Grimsby yesterday.', []],
  ['a word that a hamlet is named by', 'They spoke in Congress about Hope.', []],
])('what stands beside a name makes it no place: %s', (_, text, expected) => {
  expect(regions(text).filter((code) => code !== 'US')).toEqual(expected)
})

test.each([
  ['Andreas und Diana trafen Leon an der Bucht in Bergen.', []],
  ['Die Intesa Sanpaolo berät Kunden.', []],
  ['Mailands Messe und Lüttichs Hafen wachsen.', ['BE', 'BE-WAL', 'IT', 'IT-25']],
  ['Der Berlin-Besuch führte auch nach Genf.', ['CH', 'CH-GE', 'DE', 'DE-BE']],
  ['Chinageschäft und Russlandsanktionen belasten.', ['CN', 'RU']],
])('German: %s', (text, expected) => {
  const found = regions(text, 'de')
  expect(found.filter((code) => !expected.includes(code) && !/^NO|-/.test(code))).toEqual([])
  expect(found).toEqual(expect.arrayContaining([...expected]))
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
