import { expect, test } from 'vitest'
import { type LaneEntry, LaneTable } from './lane-table.js'
import { OpenDispatches } from './open-dispatches.js'

const entry = (item: string): LaneEntry => ({
  ...{ endpoint: 'wh_1', item, dispatches: new OpenDispatches([]) },
  lane: { newest: '1.1', replaced: [], received: true, knows: false },
})

test('a lane that has come to its end does not take the next one of its item along', () => {
  const table = new LaneTable()
  const [ended, next] = [entry('na-1'), entry('na-1')]
  table.put(ended)
  table.remove(ended)
  table.put(next)
  // A turn that was asked for by the former lane comes late.
  table.remove(ended)
  expect(table.get('wh_1', 'na-1')).toBe(next)
  expect([table.size, table.countAt('wh_1')]).toEqual([1, 1])
  table.remove(next)
  expect([table.get('wh_1', 'na-1'), table.size]).toEqual([undefined, 0])
})
