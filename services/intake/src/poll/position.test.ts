import { describe, expect, it } from 'vitest'
import { afterPoll, emptyPosition, type PollOutcome } from './position.js'
import { restMs } from './rhythm.js'

const at = new Date('2026-05-04T10:00:00Z')
const nextAt = new Date('2026-05-04T10:10:00Z')
const read = (entries: [string, string][], published: number): PollOutcome => ({
  kind: 'read',
  at,
  nextAt,
  validators: { etag: '"1"' },
  entries: new Map(entries),
  published,
})

describe('afterPoll', () => {
  it('remembers what the feed holds and drops validators that the answer no longer has', () => {
    const first = afterPoll(
      { ...emptyPosition('s'), lastModified: 'old', lastError: 'x', failuresInRow: 2 },
      read([['a', '1']], 1),
      10,
    )
    expect(first).toMatchObject({
      seen: { a: '1' },
      etag: '"1"',
      polls: 1,
      emptyPolls: 0,
      entries: 1,
      failuresInRow: 0,
      nextPollAt: nextAt.toISOString(),
    })
    expect(first).not.toHaveProperty('lastModified')
    expect(first).not.toHaveProperty('lastError')
  })

  it('forgets what has long left the feed first', () => {
    const before = { ...emptyPosition('s'), seen: { a: '1', b: '1', c: '1' } }
    const { seen } = afterPoll(
      before,
      read(
        [
          ['a', '2'],
          ['d', '1'],
        ],
        2,
      ),
      3,
    )
    expect(Object.entries(seen)).toEqual([
      ['c', '1'],
      ['a', '2'],
      ['d', '1'],
    ])
  })

  it('counts 304 and polls without news as empty', () => {
    const once = afterPoll(emptyPosition('s'), { kind: 'not-modified', at, nextAt }, 10)
    const twice = afterPoll(once, { kind: 'not-modified', at, nextAt }, 10)
    expect(twice).toMatchObject({ polls: 2, emptyPolls: 2, notModifiedInRow: 2 })
    expect(afterPoll(twice, read([], 0), 10)).toMatchObject({ emptyPolls: 3, notModifiedInRow: 0 })
  })

  it('moves nothing on a failure', () => {
    const before = { ...emptyPosition('s'), seen: { a: '1' }, etag: '"1"', notModifiedInRow: 3 }
    const after = afterPoll(before, { kind: 'failed', at, nextAt, error: 'No.' }, 10)
    expect(after).toMatchObject({
      seen: { a: '1' },
      etag: '"1"',
      notModifiedInRow: 3,
      failures: 1,
      failuresInRow: 1,
      lastError: 'No.',
    })
  })
})

describe('restMs', () => {
  const source = { id: 'presseportal-de', intervalSeconds: 600 }

  it('keeps to the interval within ten percent, differently for each source', () => {
    const rests = Array.from({ length: 50 }, (_, n) => restMs({ ...source, id: `s${n}` }, 0))
    expect(Math.min(...rests)).toBeGreaterThanOrEqual(540_000)
    expect(Math.max(...rests)).toBeLessThanOrEqual(660_000)
    expect(new Set(rests).size).toBeGreaterThan(40)
  })

  it('backs off by doubling from one minute to six hours', () => {
    const minutes = [1, 2, 3, 9, 10, 100].map((n) => restMs(source, n) / 60_000)
    const plain = [1, 2, 4, 256, 360, 360]
    for (const [index, expected] of plain.entries()) {
      expect(minutes[index]).toBeGreaterThanOrEqual(expected * 0.9)
      expect(minutes[index]).toBeLessThanOrEqual(expected * 1.1)
    }
  })

  it('starts the back-off of a fast source from its own interval', () => {
    expect(restMs({ id: 's', intervalSeconds: 2 }, 1)).toBeLessThanOrEqual(2_200)
  })
})
