import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Beat } from './beat.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('has all who have joined act in the same moment, each once', () => {
  const acted: string[] = []
  const beat = new Beat(20)
  const [one, other] = [() => void acted.push('one'), () => void acted.push('other')]
  beat.join(one)
  vi.advanceTimersByTime(15)
  for (const act of [other, one, other]) beat.join(act)
  expect(acted).toEqual([])
  vi.advanceTimersByTime(5)
  expect(acted).toEqual(['one', 'other'])
  vi.advanceTimersByTime(1_000)
  expect(acted).toEqual(['one', 'other'])
})

it('begins anew with who joins after that, also out of the midst of it', () => {
  const acted: number[] = []
  const beat = new Beat(20)
  const act = (): void => {
    acted.push(Date.now())
    if (acted.length < 3) beat.join(act)
  }
  const startedAt = Date.now()
  beat.join(act)
  vi.advanceTimersByTime(1_000)
  expect(acted.map((at) => at - startedAt)).toEqual([20, 40, 60])
})
