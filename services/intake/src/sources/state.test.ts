import { describe, expect, it } from 'vitest'
import { sourceAt } from '../fixtures/house.js'
import { emptyPosition, type Position } from '../poll/position.js'
import { stateOf } from './state.js'

const now = new Date('2026-05-04T10:00:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString()
const source = sourceAt('https://feeds.example.org/')
const state = (fields: Partial<Position>, row = source) =>
  stateOf(row, { ...emptyPosition('wire'), lastPollAt: hoursAgo(0), ...fields }, now)

describe('stateOf', () => {
  it.each([
    ['ok', {}, {}, /answers/],
    ['ok', { lastNote: 'It was cut.' }, {}, /cut/],
    ['failing', { failuresInRow: 1, lastError: 'No.' }, {}, /No\./],
    ['disabled', {}, { enabled: false }, /disabled/],
    ['gone', {}, { enabled: false, goneAt: hoursAgo(1) }, /410/],
    ['ok', {}, { kind: 'drop', url: 'drop:desk' }, /subfolder desk/],
  ] as const)('is %s for %j', (expected, position, row, reason) => {
    const found = state(position, { ...source, ...row })
    expect(found.state).toBe(expected)
    expect(found.reason).toMatch(reason)
  })

  it('is waiting before the first poll', () => {
    expect(stateOf(source, undefined, now).state).toBe('waiting')
  })

  it('is silent where the newest entry is older than three days and ten usual gaps', () => {
    const hour = 3_600_000
    const daily = { gapMs: 24 * hour }
    expect(state({ newestAt: hoursAgo(71), gapMs: hour }).state).toBe('ok')
    expect(state({ newestAt: hoursAgo(73), gapMs: hour })).toEqual({
      state: 'silent',
      reason: expect.stringMatching(/3 days old, where one came every 60 minutes before/),
    })
    expect(state({ newestAt: hoursAgo(239), ...daily }).state).toBe('ok')
    expect(state({ newestAt: hoursAgo(241), ...daily }).state).toBe('silent')
    expect(state({ newestAt: hoursAgo(9_999) }).state).toBe('ok')
  })
})
