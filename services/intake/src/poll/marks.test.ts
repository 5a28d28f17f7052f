import { shortHash } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { isKnown, type Marked, readMarks, remembered, writeMarks } from './marks.js'

const entry = (id: number, text = 'text'): Marked => ({
  key: shortHash('key', String(id)),
  contentHash: shortHash(text),
})
const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => entry(from + n))
const none = readMarks('')

describe('marks', () => {
  it('know an entry with its text, and no other text or entry', () => {
    const marks = readMarks(writeMarks(remembered(none, [entry(1)])))
    expect(isKnown(marks, entry(1))).toBe(true)
    expect(isKnown(marks, entry(1, 'other'))).toBe(false)
    expect(isKnown(marks, entry(2))).toBe(false)
  })

  it('take twenty characters an entry', () => {
    expect(writeMarks(remembered(none, range(0, 30)))).toHaveLength(600)
  })

  it('remember a tail of what has left the feed, twice as long as the feed, and forget the oldest', () => {
    let marks = remembered(none, range(0, 100))
    marks = remembered(marks, range(100, 200))
    marks = remembered(marks, range(200, 300))
    expect(marks.size).toBe(300)
    marks = remembered(marks, range(300, 400))
    expect(isKnown(marks, entry(99))).toBe(false)
    expect(isKnown(marks, entry(100))).toBe(true)
  })

  it('remember at least a hundred that have left a short feed', () => {
    const marks = remembered(remembered(none, range(0, 100)), [entry(200)])
    expect(isKnown(marks, entry(0))).toBe(true)
  })

  it('put what the feed still holds behind what has left it', () => {
    const marks = remembered(remembered(none, range(0, 3)), [entry(0, 'new')])
    expect([...marks.keys()].at(-1)).toBe(entry(0).key.slice(0, 12))
    expect(isKnown(marks, entry(0, 'new'))).toBe(true)
  })
})
