import { connectJobs, type Jobs, type QueueState } from '@newswire/jobs'
import { type FakeWire, startFakeWire, startRedis, type TestServer } from '@newswire/kit'
import type { RunningWorker } from '@newswire/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { feedOf, flushAll, type House, openHouse, rawItems, sourceAt } from '../fixtures/house.js'
import { createPollWorker } from './schedules.js'

let house: House
let redis: TestServer
let wire: FakeWire
let jobs: Jobs
let running: RunningWorker

beforeEach(async () => {
  ;[house, redis, wire] = await Promise.all([openHouse(), startRedis(), startFakeWire()])
  jobs = await connectJobs({ url: redis.url, log: house.log })
})
afterEach(async () => {
  await running.stop()
  await jobs.close()
  await Promise.all([wire.stop(), redis.stop(), house[Symbol.asyncDispose]()])
})

const fail = (error: Error) => {
  throw error
}
const start = async () => {
  running = await createPollWorker({ ...house, jobs, reconcileMs: 100 }).start({ fail })
}
const idle = ({ waiting, active }: QueueState) => waiting + active === 0
const polls = async (id: string) => (await house.positions.get(id))?.polls ?? 0

describe('the poll worker', () => {
  it('polls a new source at once, again by its rhythm, and not after it is disabled', async () => {
    wire.serve('/a', { body: feedOf([{ id: 1, title: 'x' }]) })
    await start()
    await house.sources.create(sourceAt(`${wire.url}/a`, { id: 'a', intervalSeconds: 1 }))
    await expect.poll(() => polls('a'), { timeout: 15_000 }).toBeGreaterThanOrEqual(3)
    expect(await rawItems(house.bus)).toHaveLength(1)
    await house.sources.disable('a')
    await expect.poll(() => jobs.queue('polls').schedules()).toEqual(new Set())
  }, 30_000)

  it('keeps its position through a restart', async () => {
    wire.serve('/a', { body: feedOf([{ id: 1, title: 'x' }]) })
    await house.sources.create(sourceAt(`${wire.url}/a`, { id: 'a', intervalSeconds: 1 }))
    await start()
    await expect.poll(() => polls('a'), { timeout: 15_000 }).toBeGreaterThanOrEqual(1)
    await running.stop()
    const before = await polls('a')
    await start()
    await expect.poll(() => polls('a'), { timeout: 15_000 }).toBeGreaterThan(before)
    expect(await rawItems(house.bus)).toHaveLength(1)
  }, 30_000)

  it('makes the schedules again after Redis was emptied', async () => {
    wire.serve('/a', { body: feedOf([{ id: 1, title: 'x' }]) })
    await house.sources.create(sourceAt(`${wire.url}/a`, { id: 'a', intervalSeconds: 1 }))
    await start()
    await expect.poll(() => polls('a'), { timeout: 15_000 }).toBeGreaterThanOrEqual(1)
    await flushAll(redis.port)
    const before = await polls('a')
    await expect.poll(() => polls('a'), { timeout: 15_000 }).toBeGreaterThan(before + 1)
  }, 40_000)

  it('lets sources that hang delay no other', async () => {
    // Nothing listens to this answer: the server takes the connection and says nothing.
    wire.serve('/hang', { hang: true })
    wire.serve('/quick', { body: feedOf([{ id: 1, title: 'x' }]) })
    for (let number = 0; number < 8; number += 1) {
      await house.sources.create(sourceAt(`${wire.url}/hang?${number}`, { id: `hang-${number}` }))
    }
    await start()
    await house.sources.create(sourceAt(`${wire.url}/quick`, { id: 'quick' }))
    await expect.poll(() => polls('quick'), { timeout: 5_000 }).toBe(1)
  }, 30_000)

  it('polls a new source once, though its tick and its one-off job come together', async () => {
    wire.serve('/once', { body: feedOf([{ id: 1, title: 'x' }]), delayMs: 200 })
    await start()
    const ids = Array.from({ length: 10 }, (_, number) => `once-${number}`)
    for (const id of ids) await house.sources.create(sourceAt(`${wire.url}/once?${id}`, { id }))
    await expect
      .poll(async () => (await Promise.all(ids.map(polls))).every((count) => count >= 1), {
        timeout: 10_000,
      })
      .toBe(true)
    await expect.poll(async () => (await jobs.states()).map(idle)).toEqual([true])
    expect(wire.requests).toHaveLength(ids.length)
  }, 30_000)

  it('slows down while a source fails', async () => {
    wire.serve('/a', { status: 500 })
    await house.sources.create(sourceAt(`${wire.url}/a`, { id: 'a', intervalSeconds: 1 }))
    await start()
    await expect.poll(() => polls('a'), { timeout: 20_000 }).toBeGreaterThanOrEqual(3)
    const { lastPollAt, nextPollAt, lastError } = (await house.positions.get('a')) ?? {}
    const restMs = Date.parse(nextPollAt ?? '') - Date.parse(lastPollAt ?? '')
    expect(restMs).toBeGreaterThan(3_000)
    expect(lastError).toMatch(/500/)
  }, 40_000)
})
