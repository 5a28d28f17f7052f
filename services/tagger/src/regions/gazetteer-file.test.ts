import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keysOf } from '../words.js'
import { ByteReader } from './byte-reader.js'
import { loadCities } from './cities.js'
import { start, step } from './name-table.js'

const cities = loadCities()
const folder = join(import.meta.dirname, '../../../../infra/vocabulary')

function hashOf(names: readonly string[]): string {
  const hash = createHash('sha256')
  for (const name of names) hash.update(readFileSync(join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}

function meaningsOf(name: string, language: 'de' | 'en') {
  const walk = start()
  for (const key of keysOf(name)) step(walk, key)
  const value = cities.at(walk)
  return value < 0 ? [] : cities.named(value, language)
}

test('the gazetteer that ships is made by the present builder from the present packages', () => {
  const { inputs, words } = cities.header
  expect(inputs).toBe(hashOf(['build-gazetteer.mjs', 'gazetteer-rules.mjs', 'package-lock.json']))
  expect(words).toBe(hashOf(['word-lists.mjs', 'german-words.mjs']))
})

test('it holds all current subdivisions, and labels in five languages where they differ', () => {
  const rows = new Map(cities.subdivisions.map((row) => [row.code, row]))
  expect(rows.size).toBe(cities.header.subdivisions)
  expect(rows.get('CN-CQ')?.labels).toContain('Chongqing')
  expect(rows.get('DE-BY')?.labels).toEqual(['Bayern', 'Bavaria', 'Bavière', 'Baviera', 'Baviera'])
  expect(rows.has('CN-50')).toBe(false)
  expect(rows.get('AF-BAL')?.names).toContain('Balkh')
})

test('a word of one language is a doubtful name in that one alone', () => {
  const [german] = meaningsOf('Lage', 'de')
  const [english] = meaningsOf('Lage', 'en')
  expect(german).toMatchObject({ code: 'DE-NW', isDoubtful: true, isWord: true })
  expect(english).toMatchObject({ code: 'DE-NW', isWord: false })
})

test('what the places of a name are taken for is largest first', () => {
  const sizes = meaningsOf('Springfield', 'en').map(({ size = 0 }) => size)
  expect(sizes.length).toBeGreaterThan(5)
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
})

test('first names are told from words', () => {
  expect(['michael', 'giulia', 'francois'].map(cities.isFirstName)).toEqual([true, true, true])
  expect(['march', 'berlin', 'the'].map(cities.isFirstName)).toEqual([false, false, false])
})

test('a reader takes lines, words, numbers and lists apart', () => {
  const reader = new ByteReader(Buffer.from('ü line\nab cd\t12,7\t9\n'))
  expect(reader.line()).toBe('ü line')
  expect(reader.wordEnd() - reader.at).toBe(2)
  reader.at = reader.fieldEnd() + 1
  const list: number[] = []
  reader.numbers(list)
  expect([list, reader.isAfter('\t'), reader.number()]).toEqual([[12, 7], true, 9])
})
