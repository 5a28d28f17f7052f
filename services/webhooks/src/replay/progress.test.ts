import { expect, it } from 'vitest'
import { Progress } from './progress.js'
import type { Missed, Replay } from './replay-row.js'

const missed = (item: string, sequence: number): Missed => {
  return { item, wire: 'na', sequence, knew: false }
}
/** Both items are planned already. */
const replay: Replay = {
  ...{ id: 'rp_a', wish: { kind: 'range', status: 'failed' }, end: 9, cursor: 2, planned: 2 },
  ...{ requestedAt: '2026-01-01T00:00:00Z', state: 'planning' },
  ...{ delivered: 0, failed: 0, superseded: 0 },
}
const items = [missed('na-1', 1), missed('na-2', 2)]
type Later = Map<string, 'waiting' | 'retry' | 'delivered' | 'failed'>
const progressOf = (later: Later, heard: ReadonlyMap<string, 'delivered'> = new Map()) =>
  new Progress('wh_a', replay, {
    ...{ found: { items, later: new Map(later), cut: undefined }, heard: new Map(heard) },
    isOpen: () => false,
  })

it('counts what was recorded while the ledger was read', () => {
  const later: Later = new Map([
    ['na-1', 'waiting'],
    ['na-2', 'failed'],
  ])
  const progress = progressOf(later, new Map([['na-1', 'delivered']]))
  expect(progress.told()).toMatchObject({ planned: 2, delivered: 1, failed: 1, superseded: 0 })
  expect(progress.isOver).toBe(true)
})

it('waits for a last word that is on its way to the ledger, though its lane has ended', () => {
  const later: Later = new Map([
    ['na-1', 'waiting'],
    ['na-2', 'retry'],
  ])
  const progress = progressOf(later)
  expect(progress.isOver).toBe(false)
  progress.recorded('na-1', 'delivered', false)
  progress.recorded('na-2', 'failed', false)
  expect(progress.told()).toMatchObject({ delivered: 1, failed: 1, superseded: 0 })
  expect(progress.isOver).toBe(true)
})

it('tells as superseded what was planned no more', () => {
  expect(progressOf(new Map([['na-2', 'delivered']])).told()).toMatchObject({
    ...{ delivered: 1, failed: 0, superseded: 1 },
  })
})
