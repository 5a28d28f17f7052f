import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { every } from './every.js'

const ms = 1_600
const onError = (error: unknown) => {
  throw error
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('has the shards come one after the other, each once in the time', async () => {
  const runs: { shard: number; at: number }[] = []
  const startedAt = Date.now()
  const ends = Array.from({ length: 16 }, (_, shard) =>
    every({ ms, shard, onError }, async () => {
      runs.push({ shard, at: Date.now() - startedAt })
    }),
  )
  await vi.advanceTimersByTimeAsync(ms)
  expect(runs.map(({ shard }) => shard).sort((a, b) => a - b)).toEqual([...Array(16).keys()])
  const gaps = runs.slice(1).map(({ at }, index) => at - (runs[index]?.at ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThan(ms / 16 / 3)
  await vi.advanceTimersByTimeAsync(ms)
  const again = runs.slice(16).map(({ shard, at }) => ({ shard, at: at - ms }))
  expect(again).toEqual(runs.slice(0, 16))
  for (const end of ends) end()
  await vi.advanceTimersByTimeAsync(5 * ms)
  expect(runs).toHaveLength(32)
})

it('lets one run wait, however long it takes', async () => {
  let finish: () => void = () => undefined
  let begun = 0
  const end = every({ ms, shard: 0, onError }, () => {
    begun += 1
    return new Promise((resolve) => {
      finish = resolve
    })
  })
  await vi.advanceTimersByTimeAsync(10 * ms)
  expect(begun).toBe(1)
  finish()
  await vi.advanceTimersByTimeAsync(ms)
  expect(begun).toBe(2)
  end()
})

it('ends before its first run too', async () => {
  let begun = 0
  const end = every({ ms, shard: 3, onError }, async () => {
    begun += 1
  })
  end()
  await vi.advanceTimersByTimeAsync(5 * ms)
  expect(begun).toBe(0)
})
