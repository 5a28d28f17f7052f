import { describe, expect, it } from 'vitest'
import { type LaneFact, laneAfter } from './lane-facts.js'
import { decide, isSettled, type Lane, type LaneDelivery, type LaneEvent } from './lanes.js'

const delivery = (version: number): LaneDelivery => ({
  id: `msg_${version}`,
  revision: `${version}.1`,
  sequence: version,
  withdrawal: false,
  plannedAt: 0,
})

function driver(start: Lane | undefined) {
  let lane = start
  function event(what: LaneEvent, now: number) {
    const decision = decide(lane, what, { now, chance: 0.5 })
    lane = decision?.lane
    return decision?.commands ?? []
  }
  return {
    resume: () => event({ kind: 'resumed' }, 0),
    look: (now = 0) => event({ kind: 'look', gate: 'open' }, now),
  }
}

describe('a lane made again from its facts', () => {
  const plan = (of: LaneDelivery, before = false): LaneFact => ({
    kind: 'plan',
    delivery: of,
    before,
  })
  const made = (facts: readonly LaneFact[]) =>
    facts.reduce<Lane | undefined>((lane, fact) => laneAfter(lane, fact), undefined)

  it('takes up an open plan with the same id, and records what a newer plan replaced', () => {
    const lane = driver(made([plan(delivery(1)), plan(delivery(2))]))
    expect(lane.resume()).toMatchObject([
      { kind: 'record', delivery: { id: 'msg_1' }, result: 'superseded' },
      { kind: 'ready' },
    ])
    expect(lane.look()).toEqual([
      { kind: 'start', delivery: expect.objectContaining({ id: 'msg_2' }), attempt: 1 },
    ])
  })

  it('goes on with its retries where they were', () => {
    const retry: LaneFact = {
      kind: 'outcome',
      delivery: 'msg_1',
      attempt: 3,
      result: 'retry',
      startedAt: 5,
      nextAt: 900,
    }
    const lane = driver(made([plan(delivery(1)), retry, retry]))
    expect(lane.resume()).toEqual([expect.objectContaining({ kind: 'wake', at: 900 })])
    expect(lane.look(900)).toEqual([expect.objectContaining({ kind: 'start', attempt: 4 })])
  })

  it('is settled where the last fact is final', () => {
    const end: LaneFact = { kind: 'outcome', delivery: 'msg_1', attempt: 1, result: 'delivered' }
    expect(isSettled(made([plan(delivery(1)), end]) as Lane)).toBe(true)
  })
})
