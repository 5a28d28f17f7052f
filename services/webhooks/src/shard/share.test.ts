import { quietLog, startCatcher } from '@newswire/kit'
import { expect, it, onTestFinished } from 'vitest'
import { startHouse, type TestHouse } from '../fixtures/house.js'
import { webhookLimits } from '../limits.js'
import { leaseRowSchema } from './lease.js'
import { Share } from './share.js'

const shards = 16

async function setUp(): Promise<TestHouse> {
  const house = await startHouse()
  onTestFinished(() => house[Symbol.asyncDispose]())
  return house
}

/** How many shards each process has, by the leases. */
async function shares(house: TestHouse): Promise<Record<string, number>> {
  const leases = await house.bus.register('leases', leaseRowSchema)
  const counts: Record<string, number> = {}
  for (const { key, value } of await leases.rows()) {
    if (key.startsWith('shard-')) counts[value.owner] = (counts[value.owner] ?? 0) + 1
  }
  return counts
}

it('works all shards, and stops and starts quickly', async () => {
  const house = await setUp()
  const startedMs = performance.now()
  const worker = await house.work()
  await expect.poll(() => shares(house)).toEqual({ test: shards })
  await expect
    .poll(() => house.lines.filter(({ msg }) => msg === 'shard taken').length, { timeout: 5_000 })
    .toBe(shards)
  expect(performance.now() - startedMs).toBeLessThan(5_000)
  const stoppedMs = performance.now()
  await worker.stop()
  expect(performance.now() - stoppedMs).toBeLessThan(5_000)
  expect(await shares(house)).toEqual({})
})

it('shares the shards with whoever comes, in equal parts, and takes over what is left', async () => {
  const house = await setUp()
  const catcher = await startCatcher()
  onTestFinished(() => catcher.stop())
  const first = await house.work({ instance: 'first' })
  await expect.poll(() => shares(house)).toEqual({ first: shards })
  await house.work({ instance: 'second' })
  await expect.poll(() => shares(house), { timeout: 8_000 }).toEqual({ first: 8, second: 8 })
  const third = await house.work({ instance: 'third' })
  await expect
    .poll(() => shares(house), { timeout: 8_000 })
    .toEqual({ first: 6, second: 5, third: 5 })
  const taken = () => house.lines.filter(({ msg }) => msg === 'shard taken').length
  await expect.poll(taken).toBe(16 + 8 + 5)
  for (let each = 0; each < 10; each += 1) {
    const body = { url: `${catcher.url}/${each}`, filter: {}, verify: false }
    expect((await house.api('POST', '', { body })).status).toBe(201)
  }
  await house.publish({ id: 'na-1' })
  await Promise.all([first.stop(), third.stop()])
  await house.publish({ id: 'na-2' })
  await expect.poll(() => shares(house), { timeout: 8_000 }).toEqual({ second: shards })
  const got = () =>
    new Set(catcher.requests.map(({ path, headers }) => path + headers['webhook-id']))
  await expect.poll(() => got().size, { timeout: 8_000 }).toBe(20)
  // None moved that need not: 16 at first, 8 to the second, 5 to the third, 11 back.
  expect(taken()).toBe(16 + 8 + 5 + 11)
}, 40_000)

it('takes no more than its part, however much is free', async () => {
  const house = await setUp()
  const leases = await house.bus.register('leases', leaseRowSchema)
  await leases.put('member-other', { owner: 'other', applied: 0 })
  const { log } = quietLog()
  const share = new Share({ leases, shards, instance: 'this', limits: webhookLimits, log })
  const given: number[] = []
  const end = new AbortController()
  await share.start()
  const wishes = Array.from({ length: shards }, async (_, shard) => {
    if (await share.next(shard, end.signal)) given.push(shard)
  })
  await Promise.all(wishes.slice(0, shards / 2))
  expect(given).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  // The other signs off: all of them are ours.
  await leases.delete('member-other')
  await Promise.all(wishes)
  expect(given).toHaveLength(shards)
  end.abort()
  await share.stop()
})
