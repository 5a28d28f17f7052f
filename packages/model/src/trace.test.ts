import { expect, test } from 'vitest'
import { normalizedItem } from './testing.js'
import { isEmbargoed, trace } from './trace.js'

const item = normalizedItem({
  embargoUntil: '2026-01-05T10:00:00Z',
  precedence: { rawSequence: 77, contentHash: 'x' },
})

test('a held item is known to logs by its place in RAW alone', () => {
  const before = new Date('2026-01-05T09:59:59.999Z')
  expect(isEmbargoed(item, before)).toBe(true)
  expect(trace(item, before)).toEqual({ raw: 77 })
})

test('at the instant itself the embargo is over', () => {
  const instant = new Date('2026-01-05T10:00:00Z')
  expect(isEmbargoed(item, instant)).toBe(false)
  expect(trace(item, instant)).toEqual({ item: 'na-4711', version: 1 })
})
