import { execFileSync } from 'node:child_process'
import { quietLog, startRedis } from '@newswire/kit'
import { expect, test } from 'vitest'
import { connectJobs } from './connect-jobs.js'
import { checkServer } from './redis.js'

const { log } = quietLog()

function cli(port: number, ...command: string[]): string {
  return execFileSync('redis-cli', ['-p', String(port), ...command], { encoding: 'utf8' }).trim()
}

test('a server that may evict jobs is refused with the command that mends it', async () => {
  await using redis = await startRedis()
  cli(redis.port, 'config', 'set', 'maxmemory-policy', 'allkeys-lru')
  await expect(connectJobs({ url: redis.url, log })).rejects.toThrow(
    /redis-cli CONFIG SET maxmemory-policy noeviction/,
  )
  cli(redis.port, 'config', 'set', 'maxmemory-policy', 'noeviction')
  await using jobs = await connectJobs({ url: redis.url, log })
  expect(await jobs.ping()).toBe(true)
})

test('an old server is refused', () => {
  const info = (version: string) => `redis_version:${version}\r\nmaxmemory_policy:noeviction\r\n`
  expect(() => checkServer(info('6.0.16'))).toThrow('Redis 6.0.16 is too old')
  expect(() => checkServer(info('6.2.0'))).not.toThrow()
  expect(() => checkServer(info('7.0.15'))).not.toThrow()
})

test('a server that does not answer is one sentence', async () => {
  await expect(connectJobs({ url: 'redis://:secret@127.0.0.1:1', log })).rejects.toThrow(
    'Redis at 127.0.0.1:1 does not answer. Start it, or correct REDIS_URL.',
  )
})

test('workers and schedules live through FLUSHALL', async () => {
  await using redis = await startRedis()
  await using jobs = await connectJobs({ url: redis.url, log })
  const seen: string[] = []
  const handle = async ({ key }: { key: string }) => {
    seen.push(key)
  }
  await jobs.work({ queue: 'looks', concurrency: 2, handle })
  const queue = jobs.queue('looks')
  await queue.schedule({ key: 'tick', data: {} }, 3_600_000)
  await queue.add({ key: 'late', data: {} }, { delayMs: 60_000 })
  await expect.poll(() => seen).toEqual(['tick'])
  cli(redis.port, 'flushall')
  // What a reconciler sees, and does.
  expect(await queue.schedules()).toEqual(new Set())
  expect(await queue.has(['late'])).toEqual(new Set())
  await queue.schedule({ key: 'tick', data: {} }, 3_600_000)
  await queue.add({ key: 'late', data: {} }, { delayMs: 200 })
  await queue.add({ key: 'now', data: {} })
  await expect
    .poll(() => seen.toSorted(), { timeout: 10_000 })
    .toEqual(['late', 'now', 'tick', 'tick'])
})

test('workers live through the death of the server', async () => {
  await using redis = await startRedis()
  await using jobs = await connectJobs({ url: redis.url, log })
  const seen: string[] = []
  await jobs.work({
    queue: 'looks',
    concurrency: 2,
    handle: async ({ key }) => {
      seen.push(key)
    },
  })
  const queue = jobs.queue('looks')
  await queue.add({ key: 'before', data: {} })
  await expect.poll(() => seen).toEqual(['before'])
  await redis.kill()
  await expect.poll(() => jobs.ping()).toBe(false)
  await expect(queue.add({ key: 'meanwhile', data: {} })).rejects.toThrow()
  await redis.restart()
  await expect.poll(() => jobs.ping(), { timeout: 5_000 }).toBe(true)
  await queue.add({ key: 'after', data: {} })
  await queue.add({ key: 'later', data: {} }, { delayMs: 200 })
  await expect.poll(() => seen, { timeout: 10_000 }).toEqual(['before', 'after', 'later'])
}, 20_000)

test('a stop ends although the server is gone', async () => {
  await using redis = await startRedis()
  const jobs = await connectJobs({ url: redis.url, log })
  await jobs.work({ queue: 'looks', concurrency: 2, handle: async () => {} })
  await redis.kill()
  await expect.poll(() => jobs.ping()).toBe(false)
  await jobs.close()
}, 10_000)

test('a stop waits for the jobs that run', async () => {
  await using redis = await startRedis()
  const jobs = await connectJobs({ url: redis.url, log })
  let open: () => void = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const steps: string[] = []
  await jobs.work({
    queue: 'looks',
    concurrency: 1,
    handle: async () => {
      steps.push('started')
      await opened
      steps.push('ended')
    },
  })
  await jobs.queue('looks').add({ key: 'one', data: {} })
  await expect.poll(() => steps).toEqual(['started'])
  const closed = jobs.close().then(() => steps.push('closed'))
  open()
  await closed
  expect(steps).toEqual(['started', 'ended', 'closed'])
})
