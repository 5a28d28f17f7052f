import { parseFilter } from '@newswire/model'
import { languages } from '@newswire/vocabulary'
import { expect, test } from 'vitest'
import { describeFeed, filterInWords, type LabelOf } from './filter-in-words.js'

const filter = parseFilter({
  region: ['CN', 'JP'],
  topic: ['medtop:04000000'],
  q: ['"rote Zahlen" Werk'],
  not: { lang: ['en'] },
})
const labelOf: LabelOf = (key) => (key === 'topic' ? 'Wirtschaft' : undefined)

test.each([
  ['de', "China oder Japan; Thema Wirtschaft; mit „'rote zahlen' werk“; nicht auf Englisch"],
  ['en', "China or Japan; topic Wirtschaft; with “'rote zahlen' werk”; not in English"],
  [
    'fr',
    "Chine ou Japon; thème Wirtschaft; avec «\u00a0'rote zahlen' werk\u00a0»; sauf en anglais",
  ],
  ['it', "Cina o Giappone; tema Wirtschaft; con «'rote zahlen' werk»; tranne in inglese"],
  ['es', "China o Japón; tema Wirtschaft; con «'rote zahlen' werk»; excepto en inglés"],
] as const)('a filter is said in %s', (language, words) => {
  expect(filterInWords(filter, language, labelOf)).toBe(words)
})

test('what has no name is said by its code, and everything is said too', () => {
  const codes = parseFilter({ region: ['DE-BY', 'bloc:EU', '142', 'ZZ'], source: ['na'] })
  const none = () => undefined
  expect(filterInWords(codes, 'en', none)).toBe(
    'Asia or DE-BY or Unknown Region or bloc:EU; source na',
  )
  const all = languages.map((language) => filterInWords(parseFilter({}), language, none))
  expect(new Set(all).size).toBe(languages.length)
  expect(describeFeed('$& alles', 'de')).toBe('Pressemitteilungen von Newswire: $& alles.')
})
