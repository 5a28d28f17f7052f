import { describe, expect, it } from 'vitest'
import * as lanes from './lane.js'
import { hubLimits } from './limits.js'

const now = new Date('2026-01-05T10:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms).toISOString()
const view: lanes.View = { now, seen: 20, position: 20, changedAt: 20, withdrawnAt: 0 }
const has = lanes.laneWith({ etag: '"a"', complete: 10, newest: 12 })
const content: lanes.Content = { etag: '"b"', complete: 20, newest: 21 }
const flight = { id: 'one', until: later(20_000) }
const step = (lane = has, own: Partial<lanes.View> = {}) =>
  lanes.stepOf(lane, { ...view, ...own }, hubLimits.freshPauseMsMax)
const failedOnce = lanes.failed(lanes.started(has, content, flight), hubLimits.retry, {
  now,
  chance: 0.5,
})

describe('a lane', () => {
  it('rests while nothing has touched its topic since what the subscriber has', () => {
    expect(step(has, { changedAt: 10 })).toEqual({ kind: 'rest' })
    expect(step()).toEqual({ kind: 'send' })
  })

  it('is busy while an attempt is in flight, until its time is over', () => {
    const lane = lanes.started(has, content, flight)
    expect(step(lane)).toEqual({ kind: 'busy' })
    const over = { now: new Date(flight.until), seen: 21, position: 21 }
    expect(step(lane, over)).toEqual({ kind: 'send' })
  })

  it('waits for a process that knows what was sent, and for a read model that has it', () => {
    expect(step(has, { seen: 11 })).toEqual({ kind: 'behind' })
    expect(step(has, { position: 11 })).toEqual({ kind: 'behind' })
    expect(step(has, { seen: 12, position: 12 })).toEqual({ kind: 'send' })
  })

  it('sends again what an attempt left unsure, also where the feed is as it was before', () => {
    const { flight: _over, ...lane } = lanes.started(has, content, flight)
    expect(lane.etag).toBe('')
    expect(step(lane, { changedAt: 0, seen: 21, position: 21 })).toEqual({ kind: 'send' })
  })

  it('that failed waits by the schedule, longer each time', () => {
    const known = { seen: 21, position: 21 }
    expect(step(failedOnce, known)).toEqual({ kind: 'wait', ms: 5_000 })
    const twice = lanes.failed(failedOnce, hubLimits.retry, { now, chance: 0.5 })
    expect(step(twice, known)).toEqual({ kind: 'wait', ms: 30_000 })
    expect(twice.firstFailedAt).toBe(failedOnce.firstFailedAt)
    expect(lanes.delivered(twice, content)).toEqual({ ...has, ...content, tried: 20 })
  })

  it('that failed often is tried for news after a short pause, and for a withdrawal at once', () => {
    let lane = failedOnce
    for (let n = 0; n < 6; n += 1) lane = lanes.failed(lane, hubLimits.retry, { now, chance: 0.5 })
    const known = { seen: 30, position: 30 }
    expect(step(lane, known)).toEqual({ kind: 'wait', ms: 5 * 3_600_000 })
    expect(step(lane, { ...known, changedAt: 25 })).toEqual({ kind: 'wait', ms: 30_000 })
    const withdrawn = { ...known, changedAt: 25, withdrawnAt: 25 }
    expect(step(lane, withdrawn)).toEqual({ kind: 'send' })
    const tried = lanes.failed(
      lanes.started(lane, { etag: '"c"', complete: 25, newest: 25 }, flight),
      hubLimits.retry,
      { now, chance: 0.5 },
    )
    expect(step(tried, withdrawn).kind).toBe('wait')
  })
})
