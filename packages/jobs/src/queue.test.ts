import { quietLog, startRedis, type TestServer } from '@newswire/kit'
import type { Queue } from 'bullmq'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectJobs } from './connect-jobs.js'
import type { Job, Jobs } from './jobs.js'

let redis: TestServer
let jobs: Jobs
const { log } = quietLog()

beforeAll(async () => {
  redis = await startRedis()
  jobs = await connectJobs({ url: redis.url, log })
})
afterAll(async () => {
  await jobs.close()
  await redis.stop()
})

let count = 0
/** A queue of the test's own. */
function newName(): string {
  count += 1
  return `queue-${count}`
}

/** A gate that handlers wait at until the test opens it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

async function collect(queue: string): Promise<Job[]> {
  const seen: Job[] = []
  await jobs.work({
    queue,
    concurrency: 4,
    handle: async (job) => {
      seen.push(job)
    },
  })
  return seen
}

test('a job reaches its handler with its key and its data', async () => {
  const name = newName()
  const seen = await collect(name)
  await jobs.queue(name).add({ key: 'one', data: { item: 'na-1', version: 2 } })
  await expect.poll(() => seen).toEqual([{ key: 'one', data: { item: 'na-1', version: 2 } }])
})

test('of a key only one job waits', async () => {
  const name = newName()
  const queue = jobs.queue(name)
  await queue.add({ key: 'one', data: { turn: 1 } })
  await queue.add({ key: 'one', data: { turn: 2 } })
  await queue.addAll([
    { key: 'one', data: { turn: 3 } },
    { key: 'two', data: {} },
  ])
  await queue.add({ key: 'late', data: { turn: 1 } }, { delayMs: 60_000 })
  await queue.add({ key: 'late', data: { turn: 2 } }, { delayMs: 60_000 })
  const states = await jobs.states()
  expect(states.find((state) => state.queue === name)).toEqual({
    ...{ queue: name, waiting: 2, active: 0, delayed: 1, failed: 0 },
    oldestAt: expect.any(Date),
  })
  const seen = await collect(name)
  await expect.poll(() => seen.map((job) => job.key).sort()).toEqual(['one', 'two'])
  expect(seen.find((job) => job.key === 'one')?.data).toEqual({ turn: 1 })
})

test('after it finished, the same key can be added again', async () => {
  const name = newName()
  const queue = jobs.queue(name)
  const seen = await collect(name)
  for (const turn of [1, 2, 3]) {
    await queue.add({ key: 'one', data: { turn } })
    await expect.poll(() => seen.map((job) => job.data['turn']).at(-1)).toBe(turn)
    await expect.poll(() => queue.has(['one'])).toEqual(new Set())
  }
})

test('a failed job that is kept does not block its key (bullmq#1662, bullmq#977)', async () => {
  const name = newName()
  const queue = jobs.queue(name)
  const turns: unknown[] = []
  await jobs.work({
    queue: name,
    concurrency: 1,
    handle: async (job) => {
      turns.push(job.data['turn'])
      if (job.data['turn'] === 1) throw Object.assign(new Error('no'), { name: 'PermanentError' })
    },
  })
  await queue.add({ key: 'one', data: { turn: 1 } })
  const state = async () => (await jobs.states()).find((each) => each.queue === name)
  await expect.poll(state).toMatchObject({ failed: 1, active: 0 })
  await queue.add({ key: 'one', data: { turn: 2 } })
  await expect.poll(() => turns).toEqual([1, 2])
  await expect.poll(state).toMatchObject({ failed: 1, waiting: 0, active: 0 })
})

test('what is added while its key runs runs once more afterwards, and never beside it', async () => {
  const name = newName()
  const queue = jobs.queue(name)
  const first = gate()
  const turns: unknown[] = []
  let atOnce = 0
  let atOnceMax = 0
  await jobs.work({
    queue: name,
    concurrency: 4,
    handle: async (job) => {
      atOnce += 1
      atOnceMax = Math.max(atOnceMax, atOnce)
      turns.push(job.data['turn'])
      if (job.data['turn'] === 1) await first.opened
      atOnce -= 1
    },
  })
  await queue.add({ key: 'one', data: { turn: 1 } })
  await expect.poll(() => turns).toEqual([1])
  expect(await queue.has(['one', 'two'])).toEqual(new Set(['one']))
  await queue.add({ key: 'one', data: { turn: 2 } })
  await queue.addAll([{ key: 'one', data: { turn: 3 } }])
  expect(turns).toEqual([1])
  first.open()
  await expect.poll(() => turns).toEqual([1, 3])
  await expect.poll(() => queue.has(['one'])).toEqual(new Set())
  expect(atOnceMax).toBe(1)
})

test('what is added while its key runs and fails for good still runs', async () => {
  const name = newName()
  const queue = jobs.queue(name)
  const first = gate()
  const turns: unknown[] = []
  await jobs.work({
    queue: name,
    concurrency: 1,
    handle: async (job) => {
      turns.push(job.data['turn'])
      if (job.data['turn'] !== 1) return
      await first.opened
      throw Object.assign(new Error('hopeless'), { name: 'PermanentError' })
    },
  })
  await queue.add({ key: 'one', data: { turn: 1 } })
  await expect.poll(() => turns).toEqual([1])
  await queue.add({ key: 'one', data: { turn: 2 } })
  first.open()
  await expect.poll(() => turns).toEqual([1, 2])
})

test('a throw is tried again on the written schedule', async () => {
  const name = newName()
  const queue = jobs.queue(name)
  const at: number[] = []
  await jobs.work({
    queue: name,
    concurrency: 1,
    handle: async () => {
      at.push(Date.now())
      if (at.length === 1) throw new Error('not yet')
    },
  })
  await queue.add({ key: 'one', data: {} })
  await expect.poll(() => at.length, { timeout: 5_000 }).toBe(2)
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(900)
})

test('a job can be taken back while it waits', async () => {
  const name = newName()
  const queue = jobs.queue(name)
  await queue.addAll([
    { key: 'one', data: {} },
    { key: 'two', data: {}, delayMs: 60_000 },
  ])
  expect(await queue.has(['one', 'two', 'three'])).toEqual(new Set(['one', 'two']))
  await queue.remove('one')
  await queue.remove('two')
  await queue.remove('three')
  expect(await queue.has(['one', 'two'])).toEqual(new Set())
  await queue.add({ key: 'two', data: {} })
  const seen = await collect(name)
  await expect.poll(() => seen.map((job) => job.key)).toEqual(['two'])
})

test('a delayed job waits for its time', async () => {
  const name = newName()
  const seen = await collect(name)
  const start = Date.now()
  await jobs.queue(name).add({ key: 'one', data: {} }, { delayMs: 300 })
  await expect.poll(() => seen.length).toBe(1)
  expect(Date.now() - start).toBeGreaterThanOrEqual(300)
})

test('a schedule repeats until it is ended', async () => {
  const name = newName()
  const queue = jobs.queue(name)
  const seen = await collect(name)
  await queue.schedule({ key: 'tick', data: { kind: 'tick' } }, 50)
  await queue.schedule({ key: 'tick', data: { kind: 'tick' } }, 50)
  expect(await queue.schedules()).toEqual(new Set(['tick']))
  await expect.poll(() => seen.length, { timeout: 10_000 }).toBeGreaterThan(3)
  expect(seen[0]).toEqual({ key: 'tick', data: { kind: 'tick' } })
  await queue.unschedule('tick')
  expect(await queue.schedules()).toEqual(new Set())
}, 15_000)

test('a schedule takes another rhythm and keeps nothing of the old one', async () => {
  const name = newName()
  const queue = jobs.queue(name)
  const seen = await collect(name)
  await queue.schedule({ key: 'tick', data: {} }, 3_600_000)
  await expect.poll(() => seen.length).toBe(1)
  await queue.schedule({ key: 'tick', data: {} }, 50)
  const bull = jobs.boardQueues().at(-1) as Queue
  const [scheduler] = await bull.getJobSchedulers()
  expect(scheduler?.every).toBe(50)
  expect(scheduler?.offset ?? 0).toBeLessThan(50)
  await expect.poll(() => seen.length, { timeout: 10_000 }).toBeGreaterThan(5)
  await queue.unschedule('tick')
}, 15_000)

test('finished jobs are kept up to a limit only', async () => {
  const name = newName()
  const seen = await collect(name)
  await jobs
    .queue(name)
    .addAll(Array.from({ length: 600 }, (_, at) => ({ key: `k${at}`, data: {} })))
  await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(600)
  const bull = jobs.boardQueues().at(-1) as Queue
  await expect.poll(() => bull.getCompletedCount()).toBe(200)
})

test('a key that is no token is refused with a sentence', async () => {
  const queue = jobs.queue(newName())
  await expect(queue.add({ key: 'a:b', data: {} })).rejects.toThrow(/cannot name a job/)
  expect(() => jobs.queue('a b')).toThrow(/cannot name a queue/)
})
