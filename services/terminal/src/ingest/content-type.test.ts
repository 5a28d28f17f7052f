import { expect, it } from 'vitest'
import { contentTypeOf, readType } from './content-type.js'

it.each([
  ['a.txt', 'Bonn (ots) - x', 'text/plain'],
  ['a.txt', '\ufeff<?xml version="1.0"?>', 'application/xml'],
  ['a.JSON', '[]', 'application/json'],
  ['a.nitf', '<nitf/>', 'application/xml'],
  ['a.rss', '<rss/>', 'application/rss+xml'],
  ['page.html', '<!DOCTYPE html>', 'text/html'],
  ['-', '  {"uri":1}', 'application/json'],
  ['-', '<newsItem/>', 'application/xml'],
  ['-', 'Bonn (ots) - x', 'text/plain'],
])('%s that begins with %j is %s', (name, text, type) => {
  expect(contentTypeOf(name, Buffer.from(text))).toBe(type)
})

it('a type is a short name or a content type with its charset', () => {
  expect(readType('NewsML')).toBe('application/xml')
  expect(readType('text/plain; charset=latin1')).toBe('text/plain; charset=latin1')
  expect(() => readType('word')).toThrow(/ninjs/)
})
