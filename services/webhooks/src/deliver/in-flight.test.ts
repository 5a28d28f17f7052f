import { expect, test, vi } from 'vitest'
import type { Dispatch } from '../plan/dispatch.js'
import { BreakOff } from './break-off.js'
import { Flights } from './flights.js'
import { OpenDispatches } from './open-dispatches.js'

const dispatch = (id: string): Dispatch => ({
  ...{ id, endpoint: 'wh_1', item: 'na-1', version: 1, revision: '1.1', sequence: 1 },
  ...{ withdrawal: false, plannedAt: 0, previous: undefined, knows: undefined },
  ...{ itemSequence: 1, plan: 1 },
})
const idsOf = (dispatches: OpenDispatches) => dispatches.values().map(({ id }) => id)

test('the open deliveries of a lane are found by their ids, one or several', () => {
  const open = new OpenDispatches([dispatch('a')])
  expect([open.get('a')?.id, open.get('b')]).toEqual(['a', undefined])
  open.add(dispatch('a'))
  expect(idsOf(open)).toEqual(['a'])
  open.add(dispatch('b'))
  expect([open.get('a')?.id, open.get('b')?.id, ...idsOf(open)]).toEqual(['a', 'b', 'a', 'b'])
  open.delete('a')
  expect([open.get('a'), ...idsOf(open)]).toEqual([undefined, 'b'])
  const last = new OpenDispatches([dispatch('c')])
  last.delete('d')
  expect(idsOf(last)).toEqual(['c'])
  last.delete('c')
  expect(idsOf(last)).toEqual([])
})

test('what breaks off tells its listener once, and none that has gone', () => {
  const abort = new BreakOff()
  const [gone, told] = [vi.fn(), vi.fn()]
  abort.addEventListener('abort', gone)
  abort.removeEventListener('abort', gone)
  abort.addEventListener('abort', told)
  expect(abort.aborted).toBe(false)
  abort.abort()
  abort.abort()
  expect([abort.aborted, gone.mock.calls.length, told.mock.calls.length]).toEqual([true, 0, 1])
})

test('all have landed when the last one has', async () => {
  const flights = new Flights()
  await flights.landed()
  const told = vi.fn()
  flights.begin()
  flights.begin()
  const landed = flights.landed().then(told)
  flights.end()
  await Promise.resolve()
  expect(told).not.toHaveBeenCalled()
  flights.end()
  await landed
  expect(told).toHaveBeenCalledTimes(1)
})
