import { describe, expect, it } from 'vitest'
import { dueInMs, isOverdue, restsUntil } from './due.js'
import { emptyPosition, type Position } from './position.js'

const now = new Date('2026-05-04T10:00:00Z')
const in_ = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString()
const row = (fields: Partial<Position>): Position => ({
  ...emptyPosition('s'),
  lastPollAt: in_(-5),
  everyMs: 600_000,
  ...fields,
})

describe('a source', () => {
  it('is due where its time has come, and a little before', () => {
    expect(dueInMs(undefined, now)).toBe(0)
    expect(dueInMs(row({ nextPollAt: in_(-1) }), now)).toBe(0)
    expect(dueInMs(row({ nextPollAt: in_(0.9) }), now)).toBe(0)
    expect(dueInMs(row({ nextPollAt: in_(5) }), now)).toBe(300_000)
  })

  it('rests until Retry-After is over, though somebody changed its row meanwhile', () => {
    const changed = row({ notBefore: in_(30) })
    expect(dueInMs(changed, now)).toBe(1_800_000)
    expect(dueInMs(row({ notBefore: in_(30), nextPollAt: in_(30) }), now)).toBe(1_800_000)
    expect(restsUntil(changed, now)?.toISOString()).toBe(in_(30))
  })

  it('is due where the clock that set its time was ahead of the world', () => {
    const lost = row({ lastPollAt: in_(500_000), nextPollAt: in_(500_010) })
    expect(dueInMs(lost, now)).toBe(0)
    expect(isOverdue(lost, now)).toBe(true)
    const refused = row({ ...lost, notBefore: in_(500_010) })
    expect(dueInMs(refused, now)).toBe(0)
    expect(restsUntil(refused, now)).toBeUndefined()
  })

  it('is not due only because two clocks differ by some seconds', () => {
    expect(dueInMs(row({ nextPollAt: in_(10.2) }), now)).toBe(612_000)
    expect(isOverdue(row({ nextPollAt: in_(10.2) }), now)).toBe(false)
  })
})
