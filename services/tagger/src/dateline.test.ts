import { expect, test } from 'vitest'
import { datelineEnd } from './dateline.js'
import { fieldsOf } from './fields.js'
import { taggable } from './testing.js'

const dateline = (text: string) => text.slice(0, datelineEnd(text))

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

test('what the item’s own dateline is stays, and its text is asked for none', () => {
  const fields = fieldsOf(taggable({ text: 'Wien (OTS) - Der Rat', dateline: 'Graz (OTS)' }))
  const ends = Object.fromEntries(fields.map(({ name, datelineTo }) => [name, datelineTo]))
  expect(ends).toEqual({ dateline: 10, headline: 0, text: 0 })
  const [, , text] = fieldsOf(taggable({ text: 'Wien (OTS) - Der Rat' }))
  expect(text?.datelineTo).toBe('Wien (OTS) -'.length)
})
