import { expect, test } from 'vitest'
import { inflect } from './regions/inflect.js'
import { loadVocabulary } from './vocabulary.js'

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
  for (const { code, labels, broader } of [...vocabulary.regionRows, ...vocabulary.topicRows]) {
    for (const label of Object.values(labels)) expect(label, code).toMatch(/\S/)
    for (const ancestor of broader) expect(vocabulary.isKnownRegion(ancestor), code).toBe(true)
  }
  expect(vocabulary.topicRows).toHaveLength(17)
})

test('codes are told from what only looks like one', () => {
  for (const code of ['CN', 'DE-BY', '142', 'bloc:EU']) {
    expect(vocabulary.isKnownRegion(code)).toBe(true)
  }
  for (const code of ['XX', 'EU', 'DE-XX', '999', 'bloc:XX']) {
    expect(vocabulary.isKnownRegion(code)).toBe(false)
  }
  expect(vocabulary.isKnownTopic('medtop:04000000')).toBe(true)
  expect(vocabulary.isKnownTopic('medtop:20000349')).toBe(false)
})

test('every word of the lexica belongs to a topic', () => {
  for (const lexicon of vocabulary.lexica.values()) {
    for (const list of [lexicon.exact, lexicon.starts, lexicon.ends, lexicon.phrases]) {
      for (const { topic, term } of [...list.values()].flat()) {
        expect(topic === 'none' || vocabulary.topics.has(topic), term).toBe(true)
      }
    }
  }
  for (const list of [vocabulary.vendors.prn, vocabulary.vendors.presseportal]) {
    for (const topic of [...list.values()].flat()) {
      expect(vocabulary.topics.has(topic), topic).toBe(true)
    }
  }
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
