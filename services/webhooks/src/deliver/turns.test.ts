import { retrySchedule } from '@newswire/model'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Rules } from '../flow/place.js'
import { Slots } from '../flow/slots.js'
import { webhookLimits } from '../limits.js'
import { Turns } from './turns.js'

const few = { attemptsInFlightMax: 4, detachedMax: 2, attemptsPerEndpointMax: 2 }
const ok = { detached: false, health: { ok: true } } as const
const failed = { detached: false, health: { ok: false, pauseMs: 0 } } as const

function turnsOf({
  rules = {},
  slots,
  ...more
}: Partial<typeof webhookLimits> & {
  rules?: Partial<Rules> | ((endpoint: string) => Partial<Rules>)
  slots?: Slots
} = {}) {
  const limits = { ...webhookLimits, ...few, withdrawalSlots: 0, ...more }
  const clock = { now: 0 }
  const ready = vi.fn<() => void>()
  const turns = new Turns<string>({
    limits,
    slots: slots ?? new Slots(limits),
    schedule: { ...retrySchedule, jitter: 0 },
    chance: () => 0,
    now: () => clock.now,
    rulesOf: (endpoint) => ({
      host: endpoint,
      ...(typeof rules === 'function' ? rules(endpoint) : rules),
    }),
    onReady: ready,
  })
  onTestFinished(() => turns.stop())
  return { turns, clock, ready }
}

const turn = (endpoint: string, more: { first?: boolean; probe?: boolean } = {}) => {
  return { endpoint, key: '', host: endpoint, first: false, probe: false, ...more }
}

/** Has answered well so often that it gets as many attempts at a time as it may. */
function proven(turns: Turns<string>, endpoint: string): void {
  turns.add(endpoint, 'before')
  for (let round = 0; round < 5; round += 1) {
    turns.add(endpoint, `before ${round}`)
    const taken = turns.next()
    if (taken) turns.end(taken, ok)
  }
}

function all(turns: Turns<string>): string[] {
  const given: string[] = []
  for (let turn = turns.next(); turn; turn = turns.next())
    given.push(`${turn.endpoint}:${turn.key}`)
  return given
}

it('goes round the endpoints, however much one of them has waiting', () => {
  const { turns } = turnsOf()
  for (const key of ['1', '2', '3']) turns.add('a', key)
  for (const key of ['1', '2']) turns.add('b', key)
  expect(all(turns)).toEqual(['a:1', 'b:1'])
  turns.end(turn('a'), ok)
  turns.end(turn('b'), ok)
  expect(all(turns)).toEqual(['a:2', 'b:2', 'a:3'])
})

it('gives an endpoint more at a time as it answers well, and no more than its share', () => {
  const { turns } = turnsOf()
  for (const key of ['1', '2', '3', '4', '5']) turns.add('a', key)
  expect(all(turns)).toEqual(['a:1'])
  turns.end(turn('a'), ok)
  expect(all(turns)).toEqual(['a:2', 'a:3'])
  turns.end(turn('a'), ok)
  expect(all(turns)).toEqual(['a:4'])
})

it('lets a slow attempt hold no slot, and its endpoint only one attempt', () => {
  const { turns } = turnsOf({ attemptsInFlightMax: 1 })
  for (const key of ['1', '2']) turns.add('slow', key)
  turns.add('fast', '1')
  expect(all(turns)).toEqual(['slow:1'])
  expect(turns.detach(turn('slow'))).toBe(true)
  expect(all(turns)).toEqual(['fast:1'])
  turns.end(turn('fast'), ok)
  expect(all(turns)).toEqual([])
  turns.end(turn('slow'), { detached: true, health: { ok: true } })
  expect(all(turns)).toEqual(['slow:2'])
})

it('keeps the slots of slow attempts where too many were detached', () => {
  const { turns } = turnsOf()
  for (const endpoint of ['a', 'b', 'c']) turns.add(endpoint, '1')
  all(turns)
  expect(['a', 'b', 'c'].map((endpoint) => turns.detach(turn(endpoint)))).toEqual([
    true,
    true,
    false,
  ])
})

it('tries a failing endpoint with one attempt at a time until it answers', () => {
  const { turns } = turnsOf()
  turns.add('a', '1')
  all(turns)
  turns.end(turn('a'), failed)
  for (const key of ['2', '3', '4']) turns.add('a', key)
  expect(all(turns)).toEqual(['a:2'])
  turns.end(turn('a'), ok)
  expect(all(turns)).toEqual(['a:3', 'a:4'])
})

it('lets a withdrawal pass what waits and what hangs', () => {
  const { turns } = turnsOf()
  for (const key of ['1', '2', '3']) turns.add('a', key)
  all(turns)
  turns.detach(turn('a'))
  turns.add('a', 'kill', { first: true })
  expect(all(turns)).toEqual(['a:kill'])
})

it('gives withdrawals slots where all others are taken', () => {
  const { turns } = turnsOf({ attemptsInFlightMax: 1, withdrawalSlots: 1 })
  for (const endpoint of ['a', 'b']) turns.add(endpoint, '1')
  expect(all(turns)).toEqual(['a:1'])
  turns.add('b', 'kill', { first: true })
  expect(all(turns)).toEqual(['b:kill'])
})

it('starts nothing while a circuit is open but one probe at a time, a withdrawal first', () => {
  const { turns, clock } = turnsOf({ circuitFailuresMax: 2 })
  for (const key of ['1', '2', '3']) turns.add('a', key)
  for (let round = 0; round < 2; round += 1) {
    const taken = turns.next()
    if (taken) turns.end(taken, failed)
  }
  turns.add('a', 'kill', { first: true })
  expect(all(turns)).toEqual([])
  clock.now = 5_000
  turns.wake()
  expect(all(turns)).toEqual(['a:kill'])
  // The first probe fails: the next one waits longer.
  turns.end(turn('a', { first: true, probe: true }), failed)
  clock.now = 5_000 + 29_999
  turns.wake()
  expect(all(turns)).toEqual([])
  clock.now += 1
  turns.wake()
  expect(all(turns)).toEqual(['a:3'])
  turns.add('a', '4')
  turns.end(turn('a', { probe: true }), ok)
  expect(all(turns)).toEqual(['a:4'])
})

it('starts nothing at an endpoint that asked for a pause, for no longer than the limit', () => {
  const { turns, clock } = turnsOf({ endpointPauseMsMax: 60_000 })
  turns.add('a', '1')
  all(turns)
  turns.end(turn('a'), { detached: false, health: { ok: false, pauseMs: 1e9 } })
  turns.add('a', '2')
  clock.now = 59_999
  turns.wake()
  expect(all(turns)).toEqual([])
  clock.now = 60_000
  turns.wake()
  expect(all(turns)).toEqual(['a:2'])
})

it('obeys the concurrency that an endpoint asks for, with withdrawals too', () => {
  const { turns } = turnsOf({ rules: { concurrency: 1 } })
  proven(turns, 'a')
  for (const key of ['1', '2']) turns.add('a', key)
  turns.add('a', 'kill', { first: true })
  expect(all(turns)).toEqual(['a:kill'])
  turns.end(turn('a', { first: true }), ok)
  expect(all(turns)).toHaveLength(1)
})

it('obeys the rate that an endpoint asks for, and says when there is more', async () => {
  const { turns, ready } = turnsOf({ rules: { ratePerSecond: 10, concurrency: 4 } })
  for (const key of ['1', '2', '3']) turns.add('a', key)
  expect(all(turns)).toEqual(['a:1'])
  turns.end(turn('a'), ok)
  expect(all(turns)).toEqual([])
  await expect.poll(() => ready.mock.calls.length).toBe(1)
  expect(all(turns)).toEqual(['a:2'])
})

it('lets a full host hold up nobody else, and goes on there when it has room', async () => {
  const host = (endpoint: string) => ({ host: endpoint.startsWith('full') ? 'full' : 'other' })
  const limits = { attemptsPerHostMax: 2, withdrawalSlotsPerHost: 1 }
  const { turns, ready } = turnsOf({ rules: host, ...limits })
  for (const endpoint of ['full 1', 'full 2', 'full 3', 'other']) turns.add(endpoint, '1')
  expect(all(turns)).toEqual(['full 1:1', 'other:1'])
  turns.add('full 2', 'kill', { first: true })
  expect(all(turns)).toEqual(['full 2:kill'])
  turns.end({ ...turn('full 2', { first: true }), host: 'full' }, ok)
  turns.end({ ...turn('full 1'), host: 'full' }, ok)
  await expect.poll(() => ready.mock.calls.length).toBeGreaterThan(0)
  expect(all(turns)).toHaveLength(1)
})

it('shares the slots of a process over its shards in turn', async () => {
  const limits = { ...webhookLimits, ...few, attemptsInFlightMax: 1, withdrawalSlots: 0 }
  const slots = new Slots(limits)
  const [one, two] = [turnsOf({ slots }), turnsOf({ slots })]
  for (const endpoint of ['a', 'c']) one.turns.add(endpoint, '1')
  two.turns.add('b', '1')
  expect(all(one.turns)).toEqual(['a:1'])
  expect(all(two.turns)).toEqual([])
  one.turns.end(turn('a'), ok)
  await expect.poll(() => one.ready.mock.calls.length + two.ready.mock.calls.length).toBe(2)
  expect(one.ready.mock.invocationCallOrder[0]).toBeLessThan(
    two.ready.mock.invocationCallOrder[0] ?? 0,
  )
})
