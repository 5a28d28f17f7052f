import { type Bus, connectBus } from '@newswire/bus'
import { quietLog, startNats, type TestServer } from '@newswire/kit'
import { systemClock } from '@newswire/runtime'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Counters } from '../figures/counters.js'
import { minuteMs } from '../figures/limits.js'
import { History, historyRowSchema } from './history.js'

const { log } = quietLog()
let nats: TestServer
let bus: Bus
beforeAll(async () => {
  nats = await startNats()
  bus = await connectBus({ url: nats.url, name: 'test', log })
})
afterAll(async () => {
  await bus.close()
  await nats.stop()
})

const begin = Date.parse('2026-10-05T10:00:00Z')
const minute = (number: number, ms = 0) => new Date(begin + number * minuteMs + ms)

/** Counts as each process comes to them from the streams. */
function counted(perMinute: readonly number[]): Counters {
  const deaf = { onAttempt: () => undefined, onPlan: () => undefined }
  const counters = new Counters({ bus, clock: systemClock, log, ...deaf })
  counters.from = minute(0)
  for (const [at, items] of perMinute.entries()) counters.tally.add('raw', minute(at, 500), items)
  counters.deliveries.take({
    ...{ type: 'outcomes', shard: 0, at: minute(0, 900).toISOString() },
    attempts: [1, 2].map((sequence) => ({
      ...{ delivery: `msg_${sequence}`, endpoint: 'wh_1', item: 'na-1', revision: '1.1', sequence },
      ...{ attempt: 1, latencyMs: 100, result: 'delivered' as const },
    })),
  })
  return counters
}

it('two processes write one row a minute, gaps are null, and a new process reads it all', async () => {
  const register = await bus.register('history', historyRowSchema)
  const [one, two] = [new History(register), new History(register)]
  await one.start()
  await two.start()
  const counters = counted([3, 4, 5, 6])
  for (const done of [1, 2, 4]) {
    const now = minute(done, 6_000)
    await Promise.all([one.note(counters, 7, now), two.note(counters, 7, now)])
  }
  const now = minute(4, 10_000)
  await expect.poll(() => two.view('24h', now).series.raw.slice(-5, -1)).toEqual([3, 4, null, 6])
  expect((await register.rows()).length).toBe(3)
  await one.stop()
  await two.stop()

  const anew = new History(register)
  await anew.start()
  const { series, from, stepSeconds } = anew.view('24h', now)
  expect(series.raw.slice(-5)).toEqual([3, 4, null, 6, null])
  expect(series.delivered.slice(-5)).toEqual([2, 0, null, 0, null])
  expect(series.latencyP95Ms.at(-5)).toBeGreaterThanOrEqual(100)
  expect(series.latencyP95Ms.at(-5)).toBeLessThan(115)
  expect(series.backlog.at(-5)).toBe(7)
  expect(series.raw).toHaveLength(1_440)
  expect(Date.parse(from) + 1_439 * stepSeconds * 1_000).toBe(minute(4).getTime())
  await anew.stop()
})

it('half hours are folded once they are over, also where nobody was there at their end', async () => {
  const register = await bus.register('history', historyRowSchema)
  const history = new History(register)
  await history.start()
  expect(history.view('30d', minute(10)).series.raw.at(-1)).toBe(13)
  await history.note(counted([]), 0, minute(95, 6_000))
  const { series, stepSeconds } = history.view('30d', minute(95))
  expect(stepSeconds).toBe(1_800)
  expect(series.raw.slice(-4)).toEqual([13, null, null, 0])
  expect(series.delivered.at(-4)).toBe(2)
  // A day later the minutes are others; the half hour stays.
  const later = minute(30 * 60)
  expect(history.view('24h', later).series.raw.every((value) => value === null)).toBe(true)
  expect(history.view('30d', later).series.raw).toContain(13)
  await history.stop()
})
