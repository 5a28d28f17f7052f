import { describe, expect, it } from 'vitest'
import {
  decide,
  isSettled,
  type Lane,
  type LaneAnswer,
  type LaneCommand,
  type LaneDelivery,
  type LaneEvent,
  type LaneGate,
} from './lanes.js'
import { retryAt, retrySchedule } from './retry-schedule.js'

const second = 1_000
const day = 24 * 60 * 60 * second

const delivery = (version: number, withdrawal = false): LaneDelivery => ({
  id: `msg_${version}`,
  revision: `${version}.1`,
  sequence: version,
  withdrawal,
  plannedAt: 0,
})

/** Drives one lane by hand. */
function driver(start?: Lane) {
  let lane = start
  function event(what: LaneEvent, now = 0, chance = 0.5): readonly LaneCommand[] {
    const decision = decide(lane, what, { now, chance })
    if (decision) lane = decision.lane
    return decision?.commands ?? []
  }
  return {
    lane: () => lane,
    event,
    plan: (of: LaneDelivery, before = false) => event({ kind: 'planned', delivery: of, before }),
    look: (now = 0, gate: LaneGate = 'open') => event({ kind: 'look', gate }, now),
    end: (of: LaneDelivery, answer: LaneAnswer, now = 0) =>
      event({ kind: 'ended', delivery: of.id, answer }, now),
  }
}

const ok: LaneAnswer = { kind: 'answered', status: 204 }
const broken: LaneAnswer = { kind: 'answered', status: 500 }
const kinds = (commands: readonly LaneCommand[]) =>
  commands.map((command) => (command.kind === 'record' ? command.result : command.kind))

describe('a lane', () => {
  it('sends what is planned once a slot is free, and has nothing left after a 2xx', () => {
    const lane = driver()
    expect(kinds(lane.plan(delivery(1)))).toEqual(['ready'])
    expect(kinds(lane.look())).toEqual(['start'])
    expect(kinds(lane.look())).toEqual([])
    expect(kinds(lane.end(delivery(1), ok))).toEqual(['delivered'])
    expect(lane.lane()).toMatchObject({ knows: true, received: true })
    expect(isSettled(lane.lane() as Lane)).toBe(true)
  })

  it('cancels what waits of an older version, and sends only the newer one', () => {
    const lane = driver()
    lane.plan(delivery(1))
    lane.look()
    lane.end(delivery(1), broken)
    expect(kinds(lane.plan(delivery(2)))).toEqual(['superseded', 'forget', 'ready'])
    expect(lane.look()).toEqual([
      { kind: 'start', delivery: expect.objectContaining({ id: 'msg_2' }), attempt: 1 },
    ])
  })

  it('spares what waits for its next try its wait, and disturbs no attempt in flight', () => {
    const lane = driver()
    lane.plan(delivery(1))
    lane.look()
    expect(kinds(lane.event({ kind: 'hurried' }))).toEqual([])
    lane.end(delivery(1), broken)
    expect(kinds(lane.look())).toEqual(['wake'])
    expect(kinds(lane.event({ kind: 'hurried' }))).toEqual(['forget', 'ready'])
    expect(lane.look()).toMatchObject([{ kind: 'start', attempt: 2 }])
  })

  it('knows of a replay what its plan says, whatever was sent before', () => {
    const lane = driver()
    lane.event({ kind: 'planned', delivery: delivery(1), before: true, knows: false })
    expect(lane.lane()).toMatchObject({ received: true, knows: false })
  })

  it('lets an attempt in flight end before the newer version starts', () => {
    const lane = driver()
    lane.plan(delivery(1))
    lane.look()
    expect(lane.plan(delivery(2))).toEqual([])
    expect(lane.look()).toEqual([])
    expect(kinds(lane.end(delivery(1), broken))).toEqual(['superseded', 'ready'])
    expect(kinds(lane.look())).toEqual(['start'])
  })

  it('breaks off the attempt in flight for a withdrawal', () => {
    const lane = driver()
    lane.plan(delivery(1))
    lane.look()
    expect(lane.plan(delivery(2, true))).toEqual([{ kind: 'abort', delivery: 'msg_1' }])
    expect(kinds(lane.end(delivery(1), { kind: 'aborted' }))).toEqual(['superseded', 'ready'])
    expect(kinds(lane.look())).toEqual(['start'])
  })

  it('never sends a withdrawal to an endpoint that was never sent anything', () => {
    const lane = driver()
    lane.plan(delivery(1))
    lane.look(0, 'waits')
    lane.plan(delivery(2, true))
    expect(kinds(lane.look(0, 'waits'))).toEqual(['superseded'])
    expect(isSettled(lane.lane() as Lane)).toBe(true)
  })

  it('ignores a version that is not newer', () => {
    const lane = driver()
    lane.plan(delivery(2))
    expect(lane.plan(delivery(1))).toEqual([])
    expect(lane.plan(delivery(2))).toEqual([])
    expect(lane.lane()?.open?.id).toBe('msg_2')
  })

  it('waits for a pending endpoint and gives up for a closed one', () => {
    const lane = driver()
    lane.plan(delivery(1))
    expect(lane.look(0, 'waits')).toEqual([])
    expect(kinds(lane.look(0, 'closed'))).toEqual(['failed'])
  })

  it('gives up what has waited for 30 days', () => {
    const lane = driver()
    lane.plan(delivery(1))
    expect(kinds(lane.look(31 * day, 'waits'))).toEqual(['failed'])
  })

  it('disables the endpoint on 410', () => {
    const lane = driver()
    lane.plan(delivery(1))
    lane.look()
    expect(kinds(lane.end(delivery(1), { kind: 'answered', status: 410 }))).toEqual([
      'failed',
      'disable',
    ])
  })

  it('obeys Retry-After, 429 among them', () => {
    const lane = driver()
    lane.plan(delivery(1))
    lane.look()
    const commands = lane.end(
      delivery(1),
      { kind: 'answered', status: 429, retryAfterMs: 90 * second },
      1 * second,
    )
    expect(commands).toContainEqual(expect.objectContaining({ kind: 'wake', at: 91 * second }))
    expect(kinds(lane.look(90 * second))).toEqual(['wake'])
    expect(kinds(lane.look(91 * second))).toEqual(['start'])
  })

  it('retries on the written schedule and fails after five days', () => {
    const lane = driver()
    lane.plan(delivery(1))
    const startedAt: number[] = []
    let now = 0
    for (let last: readonly LaneCommand[] = []; !kinds(last).includes('failed'); ) {
      expect(kinds(lane.look(now))).toEqual(['start'])
      startedAt.push(now / second)
      last = lane.end(delivery(1), { kind: 'failed' }, now)
      now = lane.lane()?.open?.nextAt ?? now
    }
    expect(startedAt.slice(0, 9)).toEqual([0, 5, 35, 155, 755, 2555, 9755, 27_755, 63_755])
    expect(startedAt).toHaveLength(17)
    expect((startedAt.at(-1) ?? 0) * second).toBeLessThanOrEqual(5 * day)
  })
})

it('spreads a pause by a fifth of itself to both sides', () => {
  const at = (chance: number) =>
    retryAt({
      schedule: retrySchedule,
      attempts: 1,
      firstAt: 0,
      now: 0,
      chance,
      retryAfterMs: 0,
    })
  expect([at(0), at(0.5), at(1)]).toEqual([4_000, 5_000, 6_000])
})
