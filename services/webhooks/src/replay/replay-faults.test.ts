import { type Catcher, startCatcher } from '@newswire/kit'
import { expect, it, onTestFinished } from 'vitest'
import { flushRedis, readPlans, startHouse, type TestHouse } from '../fixtures/house.js'
import { quickly } from '../fixtures/quickly.js'
import { killed, spawnWorker } from '../fixtures/spawned-worker.js'

const hasty = { ...quickly.schedule, giveUpMs: 0 }

async function setUp(): Promise<{ house: TestHouse; catcher: Catcher; hook: string }> {
  const [house, catcher] = await Promise.all([startHouse(), startCatcher()])
  onTestFinished(async () => {
    await catcher.stop()
    await house[Symbol.asyncDispose]()
  })
  const created = await house.api('POST', '', { body: { url: catcher.url, verify: false } })
  return { house, catcher, hook: String(created.body['id']) }
}

const progressOf = async (house: TestHouse, hook: string, id: unknown) => {
  return (await house.api('GET', `/${hook}/replays/${id}`)).body
}

/** So many items that failed for good. */
async function failedItems(house: TestHouse, catcher: Catcher, count: number): Promise<void> {
  catcher.answer(() => ({ status: 500 }))
  // Each item is to fail by itself, not to wait behind the circuit.
  const limits = { ...quickly.limits, circuitFailuresMax: Number.POSITIVE_INFINITY }
  const worker = await house.work({ schedule: hasty, limits })
  for (let item = 1; item <= count; item += 1) await house.publish({ id: `na-${item}` })
  const failed = async () => (await house.ledger()).filter(({ result }) => result === 'failed')
  await expect.poll(async () => (await failed()).length, { timeout: 20_000 }).toBe(count)
  await worker.stop()
  catcher.answer(() => undefined)
  catcher.requests.length = 0
}

it('survives kill -9 and an emptied Redis: each item is planned once, none is lost', async () => {
  const { house, catcher, hook } = await setUp()
  const count = 400
  await failedItems(house, catcher, count)
  // Slow enough to be killed in the middle.
  catcher.answer(() => ({ status: 204, delayMs: 20 }))
  const asked = await house.api('POST', `/${hook}/replay`, { body: {} })
  for (const few of [40, 140, 240]) {
    const child = await spawnWorker(house)
    await expect.poll(() => catcher.requests.length, { timeout: 15_000 }).toBeGreaterThan(few)
    await killed(child)
    await flushRedis(house.redis)
  }
  await house.work()
  await expect
    .poll(() => progressOf(house, hook, asked.body['id']), { timeout: 30_000 })
    .toMatchObject({ state: 'done', count, planned: count, left: 0 })
  const told = await progressOf(house, hook, asked.body['id'])
  expect(told).toMatchObject({ delivered: count, failed: 0, superseded: 0 })
  const plans = await readPlans(house.bus)
  const given = plans.flatMap(({ deliveries }) => deliveries.map(({ sequence }) => sequence))
  expect(given).toEqual(given.map((_, at) => at + 1))
  expect(plans.filter(({ replay }) => replay === asked.body['id'])).toHaveLength(count)
  const ids = catcher.requests.map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids).size).toBe(count)
}, 90_000)

it('lets fresh items pass a long replay, and never sends an older version after', async () => {
  const { house, catcher, hook } = await setUp()
  const count = 1_000
  await failedItems(house, catcher, count)
  catcher.answer(() => ({ status: 204, delayMs: 5 }))
  await house.work()
  await house.api('POST', `/${hook}/replay`, { body: {} })
  await expect.poll(() => catcher.requests.length).toBeGreaterThan(50)
  await house.publish({ id: 'na-fresh' })
  // A correction of what is still to be replayed, and of what is on its way.
  for (const item of [count, count - 1, 70, 90]) {
    await house.publish({ id: `na-${item}`, version: 2, change: 'correction' })
  }
  const urns = () => catcher.events().map(({ data }) => String(data['uri']))
  await expect.poll(() => urns().includes('urn:newswire:na-fresh')).toBe(true)
  expect(urns().length).toBeLessThan(count)
  await expect.poll(() => new Set(urns()).size, { timeout: 20_000 }).toBe(count + 1)
  const newest = new Map<unknown, number>()
  for (const { data } of catcher.events()) {
    const version = Number(data['version'])
    expect(version).toBeGreaterThanOrEqual(newest.get(data['uri']) ?? 0)
    newest.set(data['uri'], version)
  }
  expect(newest.get(`urn:newswire:na-${count}`)).toBe(2)
}, 60_000)
