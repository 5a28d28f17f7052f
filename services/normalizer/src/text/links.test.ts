import { expect, test } from 'vitest'
import { linksOf } from './links.js'

test.each([
  ['See https://acme.example/a.', 'https://acme.example/a'],
  ['(see https://acme.example/a)', 'https://acme.example/a'],
  ['https://acme.example/a_(b) is', 'https://acme.example/a_(b)'],
  ['(https://acme.example/a_(b)).', 'https://acme.example/a_(b)'],
  ['https://acme.example/a?!…', 'https://acme.example/a'],
  ['[https://acme.example/a],', 'https://acme.example/a'],
  ['at www.acme.example;', 'http://www.acme.example'],
])('the address in %j ends where the sentence goes on', (text, address) => {
  expect(linksOf(text, [])).toEqual([address])
})

test('a row of closing brackets behind addresses costs no more than its length', () => {
  const hostile = `http://acme.example/${')'.repeat(1_900)} `.repeat(500)
  const start = performance.now()
  expect(linksOf(hostile, [])).toEqual(['http://acme.example/'])
  expect(performance.now() - start).toBeLessThan(1_000)
})
