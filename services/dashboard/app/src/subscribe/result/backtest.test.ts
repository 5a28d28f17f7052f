import { expect, test } from 'vitest'
import { weekOf } from './backtest.js'

const days = (...counts: number[]) => counts.map((items, at) => ({ date: `2026-11-${at}`, items }))

test('the last week is held against the one before', () => {
  const before = [4, 0, 0, 0, 0, 0, 4]
  const last = [2, 2, 2, 2, 2, 1, 1]
  expect(weekOf(days(99, ...before, ...last))).toEqual({ items: 12, change: 0.5 })
})

test('a week after one with nothing has no trend', () => {
  expect(weekOf(days(0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1))).toEqual({
    items: 7,
    change: undefined,
  })
  expect(weekOf([])).toEqual({ items: 0, change: undefined })
})
