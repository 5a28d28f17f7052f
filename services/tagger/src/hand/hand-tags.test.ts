import { facetsOf } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import { expect, test } from 'vitest'
import { loadVocabulary } from '../vocabulary.js'
import { merged, withHandTags } from './hand-tags.js'
import { isKnown, nearestTo } from './nearest.js'

const vocabulary = loadVocabulary()
const china = { scheme: 'iso3166-1', code: 'CN' }
const bavaria = { scheme: 'iso3166-2', code: 'DE-BY' }
const economy = { scheme: 'medtop', code: 'medtop:04000000' }

test('a tag of a person is found like any other, by its code and by all that is broader', () => {
  const item = withHandTags(taggedItem(), { add: [bavaria, economy], remove: [] }, vocabulary)
  expect(item.tags).toMatchObject([
    { ...bavaria, label: 'Bayern', how: 'person', score: 1, evidence: [], primary: false },
    { ...economy, how: 'person' },
  ])
  const facets = [...facetsOf(item)]
  expect(facets).toEqual(expect.arrayContaining(['region:DE-BY', 'region:DE', 'region:150']))
  expect(facets).toContain('topic:medtop:04000000')
})

test('a tag that a person takes away is gone, and the others stay', () => {
  const item = taggedItem({ tags: [tagOf('iso3166-1', 'CN'), tagOf('iso3166-1', 'DE')] })
  const without = withHandTags(item, { add: [], remove: [china] }, vocabulary)
  expect(without.tags.map(({ code }) => code)).toEqual(['DE'])
})

test('what is taken takes along what lies in it, but for what was given by name', () => {
  const item = taggedItem({
    tags: [tagOf('iso3166-2', 'DE-BE', ['DE', '155', '150']), tagOf('iso3166-1', 'CN')],
  })
  const germany = { scheme: 'iso3166-1', code: 'DE' }
  const said = { add: [bavaria], remove: [germany] }
  const once = withHandTags(item, said, vocabulary)
  expect(once.tags.map(({ code }) => code)).toEqual(['DE-BY', 'CN'])
  expect(withHandTags(once, said, vocabulary)).toBe(once)
})

test('an item that is as it was said stays the same object', () => {
  const item = taggedItem({ tags: [tagOf('iso3166-1', 'CN')] })
  expect(withHandTags(item, undefined, vocabulary)).toBe(item)
  expect(withHandTags(item, { add: [china], remove: [bavaria] }, vocabulary)).toBe(item)
})

test('the newer word on a code stands', () => {
  const first = merged(undefined, { add: [china, bavaria], remove: [] })
  const second = merged(first, { add: [economy], remove: [china] })
  expect(second).toEqual({ add: [bavaria, economy], remove: [china] })
  expect(merged(second, { add: [china], remove: [] })).toEqual({
    add: [bavaria, economy, china],
    remove: [],
  })
})

test.each([
  ['iso3166-1', 'UK', 'GB'],
  ['iso3166-1', 'cn', 'CN'],
  ['iso3166-1', 'Deutschland', 'DE'],
  ['m49', 'CN', 'CN'],
  ['iso3166-2', 'DE-BAY', 'DE-BY'],
  ['medtop', 'medtop:0400000', 'medtop:04000000'],
  ['medtop', '04000000', 'medtop:04000000'],
  ['country', 'Schweiz', 'CH'],
])('for %s %s a person means %s', (scheme, code, meant) => {
  expect(isKnown({ scheme, code }, vocabulary)).toBe(false)
  expect(nearestTo({ scheme, code }, vocabulary).code).toBe(meant)
})
