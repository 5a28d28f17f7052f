import { expect, test } from 'vitest'
import { directionOf, pageLanguage } from './language.js'

test.each([
  [undefined, undefined, 'en'],
  [undefined, 'de-DE,de;q=0.9,en;q=0.8', 'de'],
  [undefined, 'en-GB,de;q=0.5', 'en'],
  [undefined, 'en;q=0.3, de-AT;q=0.7', 'de'],
  [undefined, 'fr, de;q=0.4', 'de'],
  [undefined, 'de;q=0, fr', 'en'],
  [undefined, 'de;q=nonsense', 'en'],
  ['de', 'en', 'de'],
  ['en', 'de', 'en'],
  // No language of a page: what the browser wants comes next.
  ['fr', 'de', 'de'],
] as const)('hl %s, Accept-Language %s → %s', (hl, accepted, expected) => {
  expect(pageLanguage(hl, accepted)).toBe(expected)
})

test.each([
  ['de', 'ltr'],
  ['ar', 'rtl'],
  ['he-IL', 'rtl'],
  ['und', 'auto'],
  ['', 'auto'],
])('%s runs %s', (language, direction) => {
  expect(directionOf(language)).toBe(direction)
})
