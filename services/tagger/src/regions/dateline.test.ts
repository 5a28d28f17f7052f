import { expect, test } from 'vitest'
import { wordsOf } from '../words.js'
import { datelineEnd } from './dateline.js'

function dateline(text: string, datelineTo = 0): string {
  const field = { name: 'text', text, words: wordsOf(text), datelineTo, masked: [] } as const
  return text.slice(0, datelineEnd({ ...field, aboutFrom: text.length }))
}

test.each([
  ['Berlin (dpa) - Die Regierung', 'Berlin (dpa) -'],
  ['Frankfurt/Main (dpa-AFX) - Der Dax', 'Frankfurt/Main (dpa-AFX) -'],
  ['PARIS, March 3 (Reuters) - The bank', 'PARIS, March 3 (Reuters) -'],
  ['Roma, 3 mar. (askanews) – Una scossa', 'Roma, 3 mar. (askanews) –'],
  ['MADRID (EFE).- El Gobierno', 'MADRID (EFE).-'],
  ['ROCHESTER, N.Y., Feb 26 - The firm', 'ROCHESTER, N.Y., Feb 26 - '],
  ['KUALA LUMPUR, 1 April - Rubber', 'KUALA LUMPUR, 1 April - '],
])('%j begins with a dateline', (text, expected) => {
  expect(dateline(text)).toBe(expected)
})

test.each([
  'A court on Friday (Reuters) ordered a halt',
  'The company (AP) - once a giant - is sold',
  'NATO chiefs meet in March 3 - 5',
  'Berlin (Archiv) - Die Regierung',
])('%j begins with none', (text) => {
  expect(dateline(text)).toBe('')
})

test('what the item’s own dateline is stays', () => {
  expect(dateline('Wien (OTS) - Der Rat', 10)).toBe('Wien (OTS)')
})
