import { describe, expect, it } from 'vitest'
import { rhythmOf } from './window.js'

const minuteMs = 60_000
const now = Date.parse('2026-05-04T10:00:00Z')
/** Dates of `count` entries, one every `gap` minutes, the newest `age` minutes old. */
const dates = (count: number, gap: number, age = 0) =>
  Array.from({ length: count }, (_, n) => now - (age + n * gap) * minuteMs)

describe('rhythmOf', () => {
  it('takes the window from the dates of the entries', () => {
    const reading = { dates: dates(20, 6), entries: 20, fresh: 0, elapsedMs: undefined }
    expect(rhythmOf(reading, now)).toEqual({
      windowMs: 120 * minuteMs,
      gapMs: 6 * minuteMs,
      newestAt: now,
    })
  })

  it('remembers the busy day through a quiet night, and forgets it little by little', () => {
    const night = { dates: dates(20, 60), entries: 20, fresh: 0, elapsedMs: 600_000 }
    const { windowMs = 0 } = rhythmOf(night, now, 120 * minuteMs)
    expect(windowMs).toBe(126 * minuteMs)
  })

  it('sees a feed without dates turn over, and doubts what was seen when all is new', () => {
    const reading = { dates: [Number.NaN], entries: 20, elapsedMs: 10 * minuteMs }
    expect(rhythmOf({ ...reading, fresh: 5 }, now)).toEqual({ windowMs: 40 * minuteMs })
    expect(rhythmOf({ ...reading, fresh: 20 }, now)).toEqual({ windowMs: 5 * minuteMs })
  })

  it('says nothing of a first reading, of few entries, and of dates that are all alike', () => {
    const few = { dates: dates(3, 10), entries: 3, fresh: 3, elapsedMs: 1_000 }
    expect(rhythmOf(few, now)).toEqual({ newestAt: now })
    const alike = { dates: dates(9, 0), entries: 9, fresh: 9, elapsedMs: undefined }
    expect(rhythmOf(alike, now)).toEqual({ newestAt: now })
  })

  it('does not believe a date in the future', () => {
    const reading = { dates: [now + 1e9, ...dates(1, 0, 5)], entries: 2, fresh: 0, elapsedMs: 1 }
    expect(rhythmOf(reading, now).newestAt).toBe(now - 5 * minuteMs)
  })
})
