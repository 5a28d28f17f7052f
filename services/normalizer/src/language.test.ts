import { expect, test } from 'vitest'
import { languageOf } from './language.js'

test.each([
  ['de', 'de'],
  ['en-US', 'en'],
  ['PT_br', 'pt'],
  [' zh-Hans ', 'zh'],
  ['ger', 'de'],
  ['chi', 'zh'],
  ['swe', 'sv'],
  ['iw', 'he'],
  ['in', 'id'],
  ['tl', 'tl'],
  ['gsw', 'und'],
  ['und', 'und'],
  ['Deutsch', 'und'],
  ['', 'und'],
  [undefined, 'und'],
])('%j is %s', (tag, language) => {
  expect(languageOf(tag)).toBe(language)
})
