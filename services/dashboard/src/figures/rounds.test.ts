import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Rounds } from './rounds.js'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

function counted(act: () => Promise<void> = async () => {}) {
  let count = 0
  const rounds = new Rounds({
    ...{ everyMs: 5_000, gapMs: 1_000, onFault: () => {} },
    act: () => {
      count += 1
      return act()
    },
  })
  rounds.start()
  return { rounds, count: () => count }
}

it('a round begins in its time, also after one that failed', async () => {
  const { rounds, count } = counted(() => Promise.reject(new Error('down')))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(count()).toBe(2)
  await rounds.stop()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(count()).toBe(2)
})

it('one that is asked for comes soon, however often it is asked for', async () => {
  const { rounds, count } = counted()
  await vi.advanceTimersByTimeAsync(5_000)
  for (let ms = 0; ms < 1_900; ms += 100) {
    rounds.soon()
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(count()).toBe(2)
  await vi.advanceTimersByTimeAsync(100)
  expect(count()).toBe(3)
  await rounds.stop()
})

it('the first one comes, however often it is asked for', async () => {
  const { rounds, count } = counted()
  for (let ms = 0; ms < 1_000; ms += 100) {
    rounds.soon()
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(count()).toBe(1)
  await rounds.stop()
})

it('what is asked for during a round is not in it: one follows', async () => {
  let end = () => {}
  const { rounds, count } = counted(() => new Promise((resolve) => (end = resolve)))
  await vi.advanceTimersByTimeAsync(5_000)
  rounds.soon()
  end()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(count()).toBe(2)
  end()
  await rounds.stop()
})
