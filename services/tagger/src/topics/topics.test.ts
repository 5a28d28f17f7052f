import { expect, test } from 'vitest'
import { fieldsOf } from '../fields.js'
import { tag } from '../tag.js'
import { taggable } from '../testing.js'
import { loadVocabulary } from '../vocabulary.js'
import { bucketsOf, isTelling } from './features.js'
import { addTerm, emptyLexicon } from './lexicon.js'
import { matchTerms } from './match.js'
import { branchOf } from './topic.js'
import { topicsOf } from './vendor.js'

const vocabulary = loadVocabulary()
const { topics, vendors, model } = vocabulary

function topicTags(own: Parameters<typeof taggable>[0]) {
  return tag(taggable(own), vocabulary).tags.filter(({ scheme }) => scheme === 'medtop')
}

test('a topic has all topics above it, nearest first, up to its branch', () => {
  for (const topic of topics.byCode.values()) {
    for (const [at, code] of topic.broader.entries()) {
      const above = topics.byCode.get(code)
      expect(above?.broader, topic.code).toEqual(topic.broader.slice(at + 1))
    }
    expect(topics.branches.map(({ code }) => code)).toContain(branchOf(topic))
  }
  expect(topics.byCode.get('medtop:20000349')?.broader.at(-1)).toBe('medtop:04000000')
})

test.each([
  ['subj', 'subj:04000000', ['medtop:04000000']],
  ['subj', '04007003', ['medtop:20000271']],
  ['medtop', 'medtop:20000349', ['medtop:20000349']],
  ['http://cv.iptc.org/newscodes/subjectcode/', '15054000', ['medtop:20001065']],
  ['medtop', 'medtop:99999999', []],
  ['subj', '17999999', ['medtop:17000000']],
])('the code %s %s of a source stands for %j', (scheme, code, expected) => {
  const found = topicsOf({ scheme, code }, vendors, topics)
  if (code === '04007003')
    expect(found.map((each) => branchOf(at(each)))).toEqual(['medtop:04000000'])
  else expect(found).toEqual(expected)
})

function at(code: string) {
  return topics.byCode.get(code) ?? { code, broader: [] }
}

test('a section of a wire gives the topic that it names and its branch', () => {
  const sourceCodes = [{ scheme: 'prn:industry', name: 'Automotive' }]
  const tags = topicTags({ text: 'A note.', sourceCodes })
  expect(tags.map(({ code, how, score }) => [code, how, score])).toEqual([
    ['medtop:04000000', 'source', 1],
    ['medtop:20000296', 'source', 1],
  ])
  expect(tags[1]?.broader.at(-1)).toBe('medtop:04000000')
})

const bankruptcy = {
  headline: 'Insolvenz: Möbelhändler meldet Konkurs an',
  language: 'de',
  text: 'Der Insolvenzverwalter prüft die Bilanz. Die Gläubiger, die Banken und die Lieferanten fordern Millionen, der Umsatz war eingebrochen.',
}

test('a deeper topic is one whose name the text says, below a branch that the text is about', () => {
  const tags = topicTags(bankruptcy)
  const deeper = tags.find(({ code }) => code === 'medtop:20000174')
  expect(deeper).toMatchObject({ how: 'lexicon', primary: false, label: 'Insolvenz' })
  expect(deeper?.broader.at(-1)).toBe('medtop:04000000')
  expect(deeper?.evidence.map(({ text }) => text)).toContain('Insolvenz')
  expect(deeper?.score).toBeLessThan(tags[0]?.score ?? 0)
})

test('a name that the text says is no topic where its branch is not what the text is about', () => {
  // "Plattform" is IPTC's German name of platform diving.
  expect(topics.byCode.get('medtop:20000914')?.labels.de).toBe('Plattform')
  const text =
    'Die Regierung plant eine Plattform für Gesetze. Das Parlament stimmt über die Plattform ab, die Opposition kritisiert den Minister.'
  const tags = topicTags({ headline: 'Nationalrat: Plattform beschlossen', language: 'de', text })
  expect(tags.map(branchOf)).toContain('medtop:11000000')
  expect(tags.map(({ code }) => code)).not.toContain('medtop:20000914')
})

test('a German name is a noun: the verb that is spelled like it names no topic', () => {
  // "Gehen" is IPTC's German name of race walking.
  expect(topics.byCode.get('medtop:20000841')?.labels.de).toBe('Gehen')
  const codesOf = (text: string) =>
    topicTags({ headline: 'Leichtathletik: Meisterschaft im Stadion', language: 'de', text })
  const verb = codesOf('Die Athleten gehen an den Start, die Trainer gehen mit, alle gehen heim.')
  expect(verb.map(branchOf)).toContain('medtop:15000000')
  expect(verb.map(({ code }) => code)).not.toContain('medtop:20000841')
  const noun = codesOf('Die Athleten treten im Gehen an. Das Gehen über 20 km ist der Höhepunkt.')
  expect(noun.map(({ code }) => code)).toContain('medtop:20000841')
})

test('a label that is an everyday word names no topic', () => {
  // "Marche" is IPTC's French name of race walking.
  expect(topics.byCode.get('medtop:20000841')?.labels.fr).toBe('Marche')
  const text = 'Le club champion marche vers la finale du championnat, la marche est haute.'
  const tags = topicTags({ headline: 'Football : la marche du champion', language: 'fr', text })
  expect(tags.map(branchOf)).toContain('medtop:15000000')
  expect(tags.map(({ code }) => code)).not.toContain('medtop:20000841')
})

test('a stem before a hyphen ends there', () => {
  const lexicon = emptyLexicon()
  addTerm(lexicon, { topic: 'sport', weight: 2, term: 'fan-*' })
  const textsOf = (text: string) =>
    fieldsOf(taggable({ text })).flatMap((field) =>
      matchTerms(field, lexicon, () => false).map(({ start, end }) => text.slice(start, end)),
    )
  expect(textsOf('Er fand die Fan-Zone fantastisch')).toEqual(['Fan'])
})

test('two branches that share a text are both given, though neither stands out', () => {
  const text =
    'Les enseignants des écoles publiques sont en grève depuis lundi pour protester contre le non-paiement de leurs primes.'
  const tags = topicTags({ language: 'fr', text })
  expect(tags.map(branchOf)).toEqual(expect.arrayContaining(['medtop:05000000', 'medtop:09000000']))
})

test('a text that gives no ground gets no topic', () => {
  expect(topicTags({ language: 'en', text: 'They met again on Tuesday, as planned.' })).toEqual([])
  expect(topicTags({ language: 'de', text: 'Bitte beachten Sie den Anhang.' })).toEqual([])
})

test('a text in another language gets what its source says, and no more', () => {
  const text = 'De minister van financiën presenteerde gisteren de begroting aan het parlement.'
  expect(topicTags({ language: 'nl', text })).toEqual([])
  const sourceCodes = [{ scheme: 'medtop', code: 'medtop:11000000' }]
  expect(topicTags({ language: 'nl', text, sourceCodes }).map(({ code }) => code)).toEqual([
    'medtop:11000000',
  ])
})

test('what a word weighs does not depend on what was read before', () => {
  const fresh = loadVocabulary().model
  for (let count = 0; count < 9_000; count += 1) model.weightsOf(`w${count}`)
  for (const key of ['bank', 'wirtschaft', 'handelsabkommen', 'goal']) {
    expect([...model.weightsOf(key)]).toEqual([...fresh.weightsOf(key)])
    expect([...model.weightsOf(key)]).toEqual([...fresh.weightsOf(key)])
  }
})

test('a compound shares pieces with its parts', () => {
  const parts = new Set(bucketsOf('handel'))
  expect(bucketsOf('aussenhandel').some((bucket) => parts.has(bucket))).toBe(true)
  expect(bucketsOf('bank')).toHaveLength(1)
  expect(isTelling('g20')).toBe(false)
})
