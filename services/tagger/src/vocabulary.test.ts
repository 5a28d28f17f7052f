import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { fieldsOf } from './fields.js'
import { inflect } from './regions/inflect.js'
import { taggable } from './testing.js'
import { matchTerms } from './topics/match.js'
import { inputsHash } from './topics/training/inputs.js'
import { languageData, loadVocabulary } from './vocabulary.js'

const vocabulary = loadVocabulary()
const broader = (code: string) => vocabulary.gazetteer.regions.get(code)?.broader

test('ancestors are M49 areas only, nearest first; a bloc is none of them', () => {
  expect(broader('CN')).toEqual(['030', '142', '001'])
  expect(broader('DE-BY')).toEqual(['DE', '155', '150', '001'])
  expect(broader('BR')).toEqual(['005', '419', '019', '001'])
  expect(broader('143')).toEqual(['142', '001'])
  expect(broader('bloc:EU')).toEqual([])
})

test('every region and topic has a label in every language and known ancestors', () => {
  const { regionRows, topicRows, isKnownRegion, isKnownTopic } = vocabulary
  const lists = [
    { rows: regionRows, isKnown: isKnownRegion },
    { rows: topicRows, isKnown: isKnownTopic },
  ]
  for (const { rows, isKnown } of lists) {
    for (const { code, labels, broader } of rows) {
      const wanting = Object.values(labels).filter((label) => !/\S/.test(label))
      expect(wanting, code).toEqual([])
      expect(
        broader.filter((ancestor) => !isKnown(ancestor)),
        code,
      ).toEqual([])
    }
  }
  expect(vocabulary.topics.branches).toHaveLength(17)
  // ISO 3166-2 as of package iso-3166 4.4.0, IPTC Media Topics as of 2026.
  expect(regionRows.filter(({ scheme }) => scheme === 'iso3166-2')).toHaveLength(5_070)
  expect(topicRows).toHaveLength(1_119)
})

test('codes are told from what only looks like one', () => {
  for (const code of ['CN', 'DE-BY', '142', 'bloc:EU']) {
    expect(vocabulary.isKnownRegion(code)).toBe(true)
  }
  for (const code of ['XX', 'EU', 'DE-XX', '999', 'bloc:XX']) {
    expect(vocabulary.isKnownRegion(code)).toBe(false)
  }
  expect(vocabulary.isKnownTopic('medtop:04000000')).toBe(true)
  expect(vocabulary.isKnownTopic('medtop:20000349')).toBe(true)
  expect(vocabulary.isKnownTopic('medtop:29999999')).toBe(false)
})

test('every word of the lexica belongs to a branch, and no term stands twice under one', () => {
  const keys = new Set(vocabulary.topics.branches.map(({ key }) => key))
  for (const lexicon of vocabulary.lexica.values()) {
    for (const list of [lexicon.exact, lexicon.starts, lexicon.ends, lexicon.phrases]) {
      const meanings = [...list.values()].flat()
      for (const { topic, term } of meanings) {
        expect(topic === 'none' || keys.has(topic), term).toBe(true)
      }
      const said = meanings.map(({ topic, term }) => `${topic} ${term}`)
      expect(said.filter((each, at) => said.indexOf(each) !== at)).toEqual([])
    }
  }
})

test('no stem of the lexica catches the words that hold every text together', () => {
  const common: Record<string, string> = {
    de: 'der die das und nicht auch sich noch werden wurde haben sein einem eines über unter jahr jahre mehr heute gegen zwischen seine ihre diese',
    en: 'the and that this with from have been were will would there their about which when what year years more over after people said other first',
    fr: 'les des une dans pour avec sont cette plus après être fait comme tous entre depuis année ans leur aussi mais très selon',
    it: 'che della delle con sono questo questa anche più dopo essere stato come tutti anni anno loro molto secondo prima quando',
    es: 'los las una para con por que como más este esta son fue han años año entre desde también cuando donde según todo',
  }
  for (const [language, lexicon] of vocabulary.lexica) {
    const field = fieldsOf(taggable({ text: common[language] ?? '' })).find(
      ({ name }) => name === 'text',
    )
    const hits = field ? matchTerms(field, lexicon, () => false) : []
    expect(hits.map(({ term }) => term)).toEqual([])
  }
})

test('the version names the data of the package that tells languages', () => {
  const folder = dirname(fileURLToPath(import.meta.resolve('eld/extrasmall')))
  const file = join(folder, '../../package.json')
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  expect(languageData).toBe(`eld ${version} extrasmall`)
})

test('the topic model is that of the present texts and lexicon', () => {
  const { model, topics } = vocabulary
  expect(model.header.inputs).toBe(inputsHash(topics.branches))
  expect(model.header.branches).toEqual(topics.branches.map(({ code }) => code))
})

test.each([
  ['de', 'chinesisch', ['chinesische', 'chinesischem']],
  ['en', 'German', ['Germans']],
  ['fr', 'français', ['française', 'françaises']],
  ['fr', 'italien', ['italienne', 'italiens']],
  ['it', 'tedesco', ['tedesca', 'tedeschi']],
  ['it', 'cinese', ['cinesi']],
  ['es', 'alemán', ['alemana', 'alemanes']],
  ['es', 'francés', ['francesa', 'franceses']],
] as const)('%s: %s has its forms', (language, form, forms) => {
  expect(inflect(form, language)).toEqual(expect.arrayContaining([form, ...forms]))
})
