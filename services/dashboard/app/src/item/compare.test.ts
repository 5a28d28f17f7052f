import { expect, test } from 'vitest'
import { compare } from './compare.js'

const line = (text: string) => compare('Ein Werk für 200 Module.', text)

test('tells word by word what went and what came', () => {
  expect(line('Ein Werk für 250 Module.')).toEqual([
    { kind: 'same', text: 'Ein Werk für ' },
    { kind: 'removed', text: '200' },
    { kind: 'added', text: '250' },
    { kind: 'same', text: ' Module.' },
  ])
  expect(line('Ein Werk für 200 Module.')).toEqual([
    { kind: 'same', text: 'Ein Werk für 200 Module.' },
  ])
})

test('leaves out what stands far from any change', () => {
  const long = 'Wort '.repeat(500)
  const pieces = compare(`Alt ${long}`, `Neu ${long}`) ?? []
  expect(pieces.map(({ kind }) => kind)).toEqual(['removed', 'added', 'same', 'gap'])
  expect(pieces.map(({ text }) => text).join('').length).toBeLessThan(150)
})

test('gives texts up that have nothing in common, before the page stands still', () => {
  const words = (seed: number) =>
    Array.from({ length: 40_000 }, (_, at) => `w${(at * seed) % 99_991}`).join(' ')
  const started = performance.now()
  expect(compare(words(7), words(31))).toBeUndefined()
  expect(performance.now() - started).toBeLessThan(5_000)
})
