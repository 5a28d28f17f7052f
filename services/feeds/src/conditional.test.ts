import { expect, test } from 'vitest'
import { isNotModified } from './conditional.js'

const validators = { etag: '"abc"', lastModified: new Date('2026-01-05T10:00:00.400Z') }
const at = 'Mon, 05 Jan 2026 10:00:00 GMT'
const before = 'Mon, 05 Jan 2026 09:59:59 GMT'

test.each([
  [undefined, undefined, false],
  ['"abc"', undefined, true],
  ['W/"abc"', undefined, true],
  ['"x", "abc" , "y"', undefined, true],
  ['"x","y"', undefined, false],
  ['*', undefined, true],
  ['abc', undefined, false],
  ['"a,b", "abc"', undefined, true],
  [undefined, at, true],
  [undefined, before, false],
  [undefined, 'yesterday', false],
  [undefined, '9999', false],
  [undefined, '2026-01-05T10:00:00Z', false],
  [undefined, 'Monday, 05-Jan-26 10:00:00 GMT', true],
  ['"x"', at, false],
  ['"abc"', before, true],
])('If-None-Match %s, If-Modified-Since %s → not modified: %s', (tag, since, expected) => {
  const conditions = { ifNoneMatch: tag, ifModifiedSince: since }
  expect(isNotModified(conditions, validators)).toBe(expected)
})
