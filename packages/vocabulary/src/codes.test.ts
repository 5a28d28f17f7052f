import { expect, test } from 'vitest'
import { type CodesKey, loadCodes } from './codes.js'

const codes = loadCodes()

test('labels are in the language that is asked for', () => {
  expect(codes.labelOf('topic', 'medtop:04000000', 'de')).toBe('Wirtschaft und Finanzen')
  expect(codes.labelOf('region', '142', 'es')).toBe('Asia')
  expect(codes.labelOf('region', 'bloc:EU', 'fr')).toBe('Union européenne')
  expect(codes.labelOf('lang', 'de', 'it')).toBe('tedesco')
  expect(codes.labelOf('region', 'XX', 'de')).toBeUndefined()
})

test('a code in another spelling is no row', () => {
  expect(codes.row('region', 'CN')?.code).toBe('CN')
  expect(codes.row('region', 'cn')).toBeUndefined()
})

test.each<[CodesKey, string, string]>([
  ['region', 'UK', 'GB'],
  ['region', 'Germany', 'DE'],
  ['region', 'Deutschlnd', 'DE'],
  ['region', 'DE-XX', 'DE'],
  ['region', 'eu', 'bloc:EU'],
  ['region', 'asien', '142'],
  ['topic', 'sport', 'medtop:15000000'],
  ['topic', 'ecnomy', 'medtop:20000344'],
  ['topic', 'medtop:04000001', 'medtop:04000000'],
  ['lang', 'german', 'de'],
  ['lang', 'ger', 'de'],
])('%s "%s" may mean %s', (key, text, code) => {
  expect(codes.nearest(key, text, 'en')[0]?.code).toBe(code)
})

test('what resembles nothing has no neighbour', () => {
  expect(codes.nearest('region', 'qqqqqqqq', 'en')).toEqual([])
  expect(codes.nearest('lang', '', 'en')).toEqual([])
})

test('a retired code of a language is none', () => {
  expect(codes.row('lang', 'id')?.labels.en).toBe('Indonesian')
  expect(codes.row('lang', 'in')).toBeUndefined()
})
