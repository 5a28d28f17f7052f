import { expect, test } from 'vitest'
import { findLanguage } from './language.js'
import { taggable } from './testing.js'

const english =
  'The company announced today that it has opened a new factory in the north of the country. ' +
  'Several hundred people will find work there, and the first products will leave the line in spring. ' +
  'The mayor thanked everyone who had made this possible over the last few years.'

test('without a statement the text decides', () => {
  const { code, tag } = findLanguage(taggable({ text: english }))
  expect(code).toBe('en')
  expect(tag).toMatchObject({ scheme: 'lang', code: 'en', how: 'model' })
  expect(english.startsWith(tag?.evidence[0]?.text ?? '?')).toBe(true)
})

test('a statement is taken, its subtag dropped', () => {
  const { code, tag } = findLanguage(taggable({ text: english, language: 'en-US' }))
  expect(code).toBe('en')
  expect(tag).toMatchObject({ how: 'source', evidence: [{ field: 'text', start: 0 }] })
  const silent = findLanguage(taggable({ text: '1234', language: 'en-US' }))
  expect(silent.tag).toMatchObject({ evidence: [{ field: 'source', text: 'en' }] })
})

test('a long text that clearly speaks another language overrules the statement', () => {
  expect(findLanguage(taggable({ text: english, language: 'de' })).code).toBe('en')
})

test('a short text overrules nothing', () => {
  const text = 'The new product is here.'
  expect(findLanguage(taggable({ text, language: 'de' })).code).toBe('de')
})

test('an item of two languages has that of its body', () => {
  const headline = 'Neues Werk im Norden des Landes eröffnet und viele Menschen finden Arbeit'
  expect(findLanguage(taggable({ headline, text: english })).code).toBe('en')
})

test('without a body the headline decides; without words nobody knows', () => {
  const headline = 'Neues Werk im Norden des Landes eröffnet'
  expect(findLanguage(taggable({ headline })).code).toBe('de')
  expect(findLanguage(taggable({ headline: '42', text: '1234' }))).toEqual({
    code: 'und',
    tag: undefined,
  })
})

test.each([
  'Bürgermeister Jean-Pierre Dupont aus Saint-Étienne sagt',
  'Mario Draghi und Giorgia Meloni reden',
])('the names in a short text do not decide: %s', (text) => {
  expect(findLanguage({ headline: '', language: 'und', body: { text } }).code).toBe('de')
})
