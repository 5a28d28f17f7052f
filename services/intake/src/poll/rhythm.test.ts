import { describe, expect, it } from 'vitest'
import { type Evidence, restOf } from './rhythm.js'

const minuteMs = 60_000
const source = { id: 'presseportal-de', intervalSeconds: 600 }
const calm: Evidence = { failuresInRow: 0, isPushed: false }
const rest = (evidence: Partial<Evidence>, intervalSeconds = 600) =>
  restOf({ ...source, intervalSeconds }, { ...calm, ...evidence })
/** Without the source's own jitter. */
const minutes = (evidence: Partial<Evidence>, intervalSeconds = 600) => {
  const jitter = restOf(source, calm).ms / (source.intervalSeconds * 1_000)
  return Math.round((rest(evidence, intervalSeconds).ms / jitter / minuteMs) * 100) / 100
}

describe('restOf', () => {
  it('keeps to the interval within ten percent, differently for each source', () => {
    const rests = Array.from({ length: 50 }, (_, n) => restOf({ ...source, id: `s${n}` }, calm).ms)
    expect(Math.min(...rests)).toBeGreaterThanOrEqual(540_000)
    expect(Math.max(...rests)).toBeLessThanOrEqual(660_000)
    expect(new Set(rests).size).toBeGreaterThan(40)
  })

  it.each([
    ['the row alone', {}, 10, 'intervalSeconds'],
    ['a ttl below the interval', { askedMs: 6 * minuteMs }, 10, 'intervalSeconds'],
    ['a ttl above the interval', { askedMs: 25 * minuteMs }, 25, 'ttl'],
    ['a ttl of a day', { askedMs: 1_440 * minuteMs }, 40, 'ttl'],
    ['an hour without news', { quietMs: 59 * minuteMs }, 10, 'intervalSeconds'],
    ['the second hour without news', { quietMs: 90 * minuteMs }, 20, 'nothing new'],
    ['a whole night without news', { quietMs: 600 * minuteMs }, 30, 'nothing new'],
    [
      'no news for less than six usual gaps',
      { quietMs: 600 * minuteMs, gapMs: 120 * minuteMs },
      10,
      'intervalSeconds',
    ],
    ['a hub that pushes', { isPushed: true }, 60, 'hub'],
    ['a window of two hours', { windowMs: 120 * minuteMs }, 10, 'intervalSeconds'],
    ['a window of ten minutes', { windowMs: 10 * minuteMs }, 4.77, 'twice'],
    [
      'a night with a window of ten minutes',
      { quietMs: 6e7, windowMs: 10 * minuteMs },
      4.77,
      'twice',
    ],
    ['a window of seconds', { windowMs: 5_000 }, 1, 'twice'],
  ] as const)('after %s', (_what, evidence, expected, because) => {
    expect(minutes(evidence)).toBeCloseTo(expected, 1)
    expect(rest(evidence).because).toContain(because)
  })

  it('never slows a fast row by more than four times, nor hastens it', () => {
    expect(rest({ askedMs: 60 * minuteMs }, 2).ms).toBeLessThanOrEqual(8_800)
    expect(rest({ windowMs: 100 }, 2).ms).toBeGreaterThanOrEqual(1_800)
  })

  it('asks twice within the two hours that PR Newswire shows, by day and by night', () => {
    const windowMs = 120 * minuteMs
    for (const quietMs of [0, 90 * minuteMs, 900 * minuteMs]) {
      expect(rest({ windowMs, quietMs }).ms * 2).toBeLessThanOrEqual(windowMs)
    }
  })

  it('backs off by doubling from one minute to six hours', () => {
    const backOffs = [1, 2, 3, 9, 10, 100].map((failuresInRow) => minutes({ failuresInRow }))
    expect(backOffs).toEqual([1, 2, 4, 256, 360, 360])
    expect(rest({ failuresInRow: 3 }).because).toBe('it failed 3 times in a row')
  })

  it('starts the back-off of a fast source from its own interval', () => {
    expect(rest({ failuresInRow: 1 }, 2).ms).toBeLessThanOrEqual(2_200)
  })

  it('is never earlier than Retry-After, jitter or not, and never waits more than a day', () => {
    const retryAfterMs = 30 * minuteMs
    for (const failuresInRow of [0, 1]) {
      for (let n = 0; n < 20; n += 1) {
        const own = { id: `s${n}`, intervalSeconds: 1_800 }
        const { ms } = restOf(own, { ...calm, failuresInRow, retryAfterMs })
        expect(ms).toBeGreaterThanOrEqual(retryAfterMs)
      }
    }
    expect(rest({ failuresInRow: 1, retryAfterMs: 1e12 }).ms).toBe(86_400_000)
  })

  it('moves in steps, so that a window that grows a little moves no schedule', () => {
    expect(rest({ windowMs: 10 * minuteMs }).ms).toBe(rest({ windowMs: 10.5 * minuteMs }).ms)
  })
})
