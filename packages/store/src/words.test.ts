import { parseFilter } from '@newswire/model'
import { taggedItem } from '@newswire/model/testing'
import { expect, test } from 'vitest'
import { wantedWords, wordBits } from './words.js'

const itemOf = (text: string) =>
  taggedItem({ headline: '', body: { html: '', text, complete: true } })
const wordsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, n) => `wort${first + n}`)

test('an item takes ten bits for each different word, however often it says it', () => {
  const words = wordsFrom(0, 300)
  expect(wordBits(itemOf(words.join(' ')))).toHaveLength(375)
  expect(wordBits(itemOf([...words, ...words].join(' ')))).toHaveLength(375)
  expect(wordBits(itemOf('…'))).toHaveLength(0)
})

test('spelling, case and accents make no other word, and order makes no other bits', () => {
  const [one, other] = [itemOf('Größere Öffnung'), itemOf('offnung, grossere')]
  expect(wordBits(one)).toEqual(wordBits(other))
  expect(wordBits(itemOf('Ørsted w Łodzi'))).toEqual(wordBits(itemOf('orsted w lodzi')))
})

test('a phrase wants each of its words, values are any-of, and no q wants nothing', () => {
  const wanted = (...q: string[]) => wantedWords(parseFilter({ q }))
  expect(wanted('"neue zahlen"')).toEqual(wanted('zahlen neue'))
  expect(wanted('neue', 'zahlen')).toEqual([...wanted('neue'), ...wanted('zahlen')])
  expect(wantedWords(parseFilter({ not: { q: ['neue'] } }))).toEqual([])
})
