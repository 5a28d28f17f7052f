import { expect, test } from 'vitest'
import { lineOf } from './filter-of-webhook.js'

test('a filter is said in one line', () => {
  const filter = {
    region: ['CN', 'bloc:EU'],
    issuer: ['muller-sohne-100'],
    q: ['"zwei worte" drei', 'vier'],
    not: { lang: ['de'], q: ['borse'] },
  }
  expect(lineOf(filter)).toBe(
    'issuer=muller-sohne-100 · not.lang=de · not.q=borse · q="zwei worte" drei,vier · region=CN,bloc:EU',
  )
  expect(lineOf({})).toBe('')
})
