import { connectJobs, type Jobs, type QueueState } from '@newswire/jobs'
import { type FakeWire, startFakeWire, startRedis, type TestServer } from '@newswire/kit'
import type { RunningWorker } from '@newswire/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { feedOf, flushAll, type House, openHouse, rawItems, sourceAt } from '../fixtures/house.js'
import { startedAnew } from './position.js'
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

interface BeatingQueue {
  getJobScheduler(key: string): Promise<{ readonly every: number } | undefined>
}
const fail = (error: Error) => {
  throw error
}
const start = async (reconcileMs = 100) => {
  running = await createPollWorker({ ...house, jobs, reconcileMs }).start({ fail })
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

  it('polls another address at once that a person gives while the old one is asked', async () => {
    const body = feedOf([{ id: 1, title: 'x' }])
    wire.serve('/old', { body })
    wire.serve('/new', { body })
    const asked = (path: string) => wire.requests.filter((seen) => seen.path === path).length
    await house.sources.create(sourceAt(`${wire.url}/old`, { id: 'a', intervalSeconds: 3_600 }))
    await start(60_000)
    await expect.poll(() => polls('a'), { timeout: 15_000 }).toBe(1)
    wire.serve('/old', { body, delayMs: 1_500 })
    await house.positions.change('a', (position) => startedAnew(position, false))
    await jobs.queue('polls').add({ key: 'beat', data: { source: 'a' } })
    await expect.poll(() => asked('/old'), { timeout: 15_000 }).toBe(2)
    await house.sources.change('a', (row) => ({ ...row, url: `${wire.url}/new` }))
    await expect.poll(() => asked('/new'), { timeout: 15_000 }).toBe(1)
  }, 60_000)

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
    // The schedule beats as the source rests; the board's own view of it tells.
    const [board] = jobs.boardQueues() as readonly BeatingQueue[]
    await expect
      .poll(async () => {
        const { everyMs } = (await house.positions.get('a')) ?? {}
        return (await board?.getJobScheduler('a'))?.every === everyMs
      })
      .toBe(true)
  }, 40_000)

  it('lets three hostile sources cost twenty good ones nothing', async () => {
    const entry = (n: number) => `<item><guid>${n}</guid><title>${n}</title></item>`
    const flood = Array.from({ length: 100_000 }, (_, n) => entry(n)).join('')
    wire.serve('/flood', { body: `<rss><channel><title>F</title>${flood}</channel></rss>` })
    wire.serve('/hang', { hang: true })
    wire.serve('/lie', {
      body: feedOf([{ id: 1, title: 'x' }]),
      headers: { 'content-length': '4000000000' },
      holdAfterBytes: 200,
    })
    for (const path of ['flood', 'hang', 'lie']) {
      await house.sources.create(sourceAt(`${wire.url}/${path}`, { id: path }))
    }
    await start()
    await expect.poll(() => wire.requests.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(3)
    const ids = Array.from({ length: 20 }, (_, n) => `good-${n}`)
    const begun = Date.now()
    for (const id of ids) {
      wire.serve(`/${id}`, { body: feedOf([{ id: 1, title: id }]) })
      await house.sources.create(sourceAt(`${wire.url}/${id}`, { id }))
    }
    const counts = async () => Promise.all(ids.map(async (id) => (await polls(id)) >= 1))
    await expect.poll(counts, { timeout: 15_000 }).toEqual(ids.map(() => true))
    // Before those that hang have even run out of their time.
    expect(Date.now() - begun).toBeLessThan(15_000)
    const published = (await rawItems(house.bus)).map(({ value }) => value.source)
    expect(published).toEqual(expect.arrayContaining(ids))
    await expect.poll(async () => (await house.positions.get('flood'))?.entries).toBe(500)
  }, 60_000)

  it('asks nothing before Retry-After is over, whatever its schedule', async () => {
    wire.serve('/a', { status: 503, headers: { 'retry-after': '4' } })
    await house.sources.create(sourceAt(`${wire.url}/a`, { id: 'a', intervalSeconds: 1 }))
    await start()
    await expect.poll(() => polls('a'), { timeout: 20_000 }).toBeGreaterThanOrEqual(3)
    const gaps = wire.requests.slice(1).map(({ at }, n) => {
      return at.getTime() - (wire.requests[n]?.at.getTime() ?? 0)
    })
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3_990)
  }, 40_000)

  it('spreads the sources of one host over time', async () => {
    await using other = await openHouse({}, { gapMs: 500 })
    wire.serve('/a', { body: feedOf([{ id: 1, title: 'x' }]) })
    for (let n = 0; n < 5; n += 1) {
      await other.sources.create(sourceAt(`${wire.url}/a?${n}`, { id: `s${n}` }))
    }
    running = await createPollWorker({ ...other, jobs, reconcileMs: 100 }).start({ fail })
    await expect.poll(() => wire.requests.length, { timeout: 15_000 }).toBe(5)
    const first = wire.requests[0]?.at.getTime() ?? 0
    expect((wire.requests[4]?.at.getTime() ?? 0) - first).toBeGreaterThanOrEqual(1_950)
  }, 40_000)

  it('comes back to its rhythm after a person polled between two beats', async () => {
    wire.serve('/a', { body: feedOf([{ id: 1, title: 'x' }]) })
    const source = sourceAt(`${wire.url}/a`, { id: 'a', intervalSeconds: 3 })
    await house.sources.create(source)
    await start()
    await expect.poll(() => polls('a'), { timeout: 15_000 }).toBe(1)
    await expect
      .poll(() => Date.now() - (wire.requests[0]?.at.getTime() ?? 0))
      .toBeGreaterThan(1_500)
    await house.poller.poll(source)
    await expect.poll(() => polls('a'), { timeout: 15_000 }).toBe(4)
    const times = wire.requests.map(({ at }) => at.getTime())
    const gaps = times.slice(2).map((time, n) => time - (times[n + 1] ?? 0))
    expect(Math.max(...gaps)).toBeLessThan(4_500)
    expect(Math.min(...gaps)).toBeGreaterThan(2_300)
  }, 40_000)
})
