import { expect, test } from 'vitest'
import { evaluate } from './preconditions.js'

const validators = { etag: '"abc"', lastModified: new Date('2026-01-05T10:00:00.400Z') }
const at = 'Mon, 05 Jan 2026 10:00:00 GMT'
const before = 'Mon, 05 Jan 2026 09:59:59 GMT'

test.each([
  [undefined, undefined, 'send'],
  ['"abc"', undefined, 'not-modified'],
  ['W/"abc"', undefined, 'not-modified'],
  ['"x", "abc" , "y"', undefined, 'not-modified'],
  ['"x", W/"abc"', undefined, 'not-modified'],
  ['"x","y"', undefined, 'send'],
  ['*', undefined, 'not-modified'],
  ['abc', undefined, 'send'],
  ['"ABC"', undefined, 'send'],
  ['"a,b", "abc"', undefined, 'not-modified'],
  ['', undefined, 'send'],
  [undefined, at, 'not-modified'],
  [undefined, before, 'send'],
  [undefined, 'Tue, 06 Jan 2026 10:00:00 GMT', 'not-modified'],
  [undefined, 'yesterday', 'send'],
  [undefined, '9999', 'send'],
  [undefined, '2026-01-05T10:00:00Z', 'send'],
  [undefined, 'Monday, 05-Jan-26 10:00:00 GMT', 'not-modified'],
  [undefined, 'Mon Jan  5 10:00:00 2026', 'not-modified'],
  [undefined, 'Mon Jan  5 09:59:59 2026', 'send'],
  [undefined, 'Mon, 31 Feb 2026 10:00:00 GMT', 'send'],
  [undefined, 'Mon, 05 Jan 2026 10:00:00 +0000', 'send'],
  ['"x"', at, 'send'],
  ['"abc"', before, 'not-modified'],
])('If-None-Match %s, If-Modified-Since %s → %s', (tag, since, expected) => {
  const fields = { 'if-none-match': tag, 'if-modified-since': since }
  expect(evaluate(fields, validators)).toBe(expected)
})

test.each([
  ['"abc"', undefined, undefined, 'send'],
  ['*', undefined, undefined, 'send'],
  ['W/"abc"', undefined, undefined, 'failed'],
  ['"x", "y"', undefined, undefined, 'failed'],
  ['"x"', at, '"abc"', 'failed'],
  ['"abc"', before, '"abc"', 'not-modified'],
  [undefined, at, undefined, 'send'],
  [undefined, before, undefined, 'failed'],
  [undefined, 'nonsense', undefined, 'send'],
  [undefined, at, '"abc"', 'not-modified'],
])('If-Match %s, If-Unmodified-Since %s, If-None-Match %s → %s', (match, since, none, expected) => {
  const fields = { 'if-match': match, 'if-unmodified-since': since, 'if-none-match': none }
  expect(evaluate(fields, validators)).toBe(expected)
})
