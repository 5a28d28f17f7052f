import { quietLog, startRedis } from '@newswire/kit'
import { expect, it } from 'vitest'
import { connectJobs } from './connect-jobs.js'

it('jobs are found by what they are about and by their state, over all queues', async () => {
  await using redis = await startRedis()
  await using jobs = await connectJobs({ url: redis.url, log: quietLog().log })
  const [polls, calls] = [jobs.queue('polls'), jobs.queue('calls')]
  await polls.add({ key: 'poll-1', data: { source: 'na' } })
  await calls.add(
    { key: 'call-1', data: { endpoint: 'wh_1', item: 'na-4711' } },
    { delayMs: 60_000 },
  )
  await calls.add({ key: 'call-2', data: { endpoint: 'wh_2', item: 'na-1' } }, { delayMs: 60_000 })
  const keys = async (...words: string[]) =>
    (await jobs.search({ words, limit: 10 })).map(({ queue, key, state }) => [queue, key, state])
  expect(await keys('NA-4711')).toEqual([['calls', 'call-1', 'delayed']])
  expect(await keys('poll-1', 'wh_2')).toEqual([
    ['polls', 'poll-1', 'waiting'],
    ['calls', 'call-2', 'delayed'],
  ])
  expect(await keys('delayed')).toHaveLength(2)
  expect(await keys('nothing')).toEqual([])
  expect(await jobs.search({ words: ['delayed'], limit: 1 })).toHaveLength(1)
  const { oldestAt } = (await jobs.states()).find(({ queue }) => queue === 'polls') ?? {}
  expect(Date.now() - (oldestAt?.getTime() ?? 0)).toBeLessThan(10_000)
})
