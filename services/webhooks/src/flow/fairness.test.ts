import { type Catcher, startCatcher } from '@newswire/kit'
import { expect, it, onTestFinished } from 'vitest'
import { startHouse, type TestHouse } from '../fixtures/house.js'
import { quickly } from '../fixtures/quickly.js'
import { webhookRowSchema } from '../registry/webhook-row.js'

const timeoutMs = 15_000

async function setUp(): Promise<{ house: TestHouse; catcher: Catcher }> {
  const [house, catcher] = await Promise.all([startHouse(), startCatcher()])
  onTestFinished(async () => {
    await catcher.stop()
    await house[Symbol.asyncDispose]()
  })
  return { house, catcher }
}

async function register(house: TestHouse, url: string, more: object = {}): Promise<string> {
  const answer = await house.api('POST', '', { body: { url, filter: {}, verify: false, ...more } })
  expect(answer.status).toBe(201)
  return String(answer.body['id'])
}

/** Whether every shard has planned all items. */
async function isIdle(house: TestHouse): Promise<boolean> {
  return (await house.bus.groups())
    .filter(({ group }) => group.startsWith('webhooks-'))
    .every(({ pending, inFlight }) => pending === 0 && inFlight === 0)
}

const pathsOf = ({ requests }: Catcher) => requests.map(({ path }) => path)
const isHanging = (path: string) => path.startsWith('/hangs')

/** Latencies of what came in at paths that answer, from the instant of each item. */
function latencies(catcher: Catcher, published: ReadonlyMap<string, number>): number[] {
  return catcher
    .events()
    .filter(({ request }) => !isHanging(request.path))
    .map(({ data, request }) => request.at.getTime() - (published.get(String(data['uri'])) ?? 0))
    .sort((a, b) => a - b)
}

it('lets 20 of 200 endpoints hang, at the same host, and all others have each item', async () => {
  const { house, catcher } = await setUp()
  catcher.answer(({ path }) => (isHanging(path) ? new Promise(() => undefined) : undefined))
  // Fewer slots than endpoints that hang.
  await house.work({ limits: { ...quickly.limits, attemptsInFlightMax: 16 } })
  const paths = Array.from({ length: 200 }, (_, at) => (at % 10 === 0 ? `/hangs/${at}` : `/${at}`))
  await Promise.all(paths.map((path) => register(house, catcher.url + path)))
  const published = new Map<string, number>()
  const startedAt = Date.now()
  const items = 5
  for (let item = 1; item <= items; item += 1) {
    published.set(`urn:newswire:na-${item}`, Date.now())
    await house.publish({ id: `na-${item}` })
    const due = 180 * item
    await expect
      .poll(() => latencies(catcher, published).length, { timeout: timeoutMs, interval: 5 })
      .toBe(due)
  }
  // None waited for one that hangs: that takes 15 s.
  expect(latencies(catcher, published).at(-1)).toBeLessThan(timeoutMs / 3)
  // Those that hang have one attempt in flight each: the same item again, once it timed out.
  const tries = Math.floor((Date.now() - startedAt) / timeoutMs) + 1
  expect(pathsOf(catcher).filter(isHanging).length).toBeLessThanOrEqual(20 * tries)
}, 60_000)

it('lets 5,000 wait for one endpoint, and nobody else waits for them', async () => {
  const { house, catcher } = await setUp()
  const slow = await startCatcher()
  onTestFinished(() => slow.stop())
  slow.answer(() => new Promise(() => undefined))
  await house.work()
  await register(house, slow.url)
  const waiting = 5_000
  for (let at = 0; at < waiting; at += 250) {
    const some = Array.from({ length: 250 }, (_, each) => house.publish({ id: `na-${at + each}` }))
    await Promise.all(some)
  }
  // All of them are planned: the ledger has the plan of each.
  await expect
    .poll(() => house.lines.filter(({ msg }) => msg === 'item planned').length, {
      timeout: 4 * timeoutMs,
    })
    .toBe(waiting)
  await expect.poll(() => isIdle(house), { timeout: 4 * timeoutMs }).toBe(true)
  await register(house, catcher.url)
  const startedMs = performance.now()
  for (let item = 0; item < 20; item += 1) await house.publish({ id: `na-late-${item}` })
  await expect.poll(() => catcher.requests.length, { timeout: timeoutMs }).toBe(20)
  expect(performance.now() - startedMs).toBeLessThan(timeoutMs / 2)
  expect(slow.requests.length).toBeLessThanOrEqual(10)
}, 150_000)

it('probes what fails one attempt at a time, and a withdrawal first', async () => {
  const { house, catcher } = await setUp()
  const limits = { ...quickly.limits, circuitFailuresMax: 3 }
  const schedule = { ...quickly.schedule, stepsMs: [1_500], thenEveryMs: 1_500, jitter: 0 }
  catcher.answer(() => ({ status: 500 }))
  await house.work({ limits, schedule })
  await register(house, catcher.url)
  for (let item = 1; item <= 20; item += 1) await house.publish({ id: `na-${item}` })
  await expect.poll(async () => (await house.ledger()).length).toBe(3)
  const tried = catcher.events().map(({ data }) => data['uri'])
  expect(tried).toHaveLength(3)
  // One that was tried before: only who has it is told that it is taken back.
  const id = String(tried[0]).replace('urn:newswire:', '')
  await house.publish({ id, version: 2, change: 'withdrawal', status: 'canceled' })
  catcher.answer(() => undefined)
  await expect.poll(() => catcher.requests.length, { timeout: 5_000 }).toBeGreaterThan(3)
  expect(catcher.events()[3]).toMatchObject({ type: 'item.withdrawn' })
  // Its success closes the circuit: all that waits goes out.
  const delivered = async () =>
    (await house.ledger()).filter(({ result }) => result === 'delivered').length
  await expect.poll(delivered, { timeout: 8_000 }).toBe(20)
}, 30_000)

it('starts nothing at an endpoint that asked for a pause with 429, not even other items', async () => {
  const { house, catcher } = await setUp()
  catcher.answer(() => ({ status: 429, headers: { 'retry-after': '2' } }))
  await house.work()
  await register(house, catcher.url)
  await house.publish({ id: 'na-1' })
  await expect.poll(() => catcher.requests.length).toBe(1)
  await expect.poll(async () => (await house.ledger()).length).toBe(1)
  catcher.answer(() => undefined)
  await house.publish({ id: 'na-2' })
  await house.publish({ id: 'na-3' })
  await expect.poll(() => catcher.requests.length, { timeout: 6_000 }).toBe(4)
  const [first, second] = catcher.requests.map(({ at }) => at.getTime())
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1_900)
})

it('convoy#1927: obeys the rate and the concurrency that a webhook asks for', async () => {
  const { house, catcher } = await setUp()
  await house.work()
  const id = await register(house, catcher.url)
  await limit(house, id, { ratePerSecond: 10, concurrency: 2 })
  let flying = 0
  let most = 0
  catcher.answer(async () => {
    flying += 1
    most = Math.max(most, flying)
    await new Promise(setImmediate)
    flying -= 1
    return undefined
  })
  const items = 20
  for (let item = 1; item <= items; item += 1) await house.publish({ id: `na-${item}` })
  await expect.poll(() => catcher.requests.length, { timeout: 8_000 }).toBe(items)
  const at = catcher.requests.map((request) => request.at.getTime())
  expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual((items - 1) * 100 - 50)
  expect(most).toBeLessThanOrEqual(2)
})

/** As a change by the webhook's owner writes it. */
async function limit(house: TestHouse, id: string, rules: object): Promise<void> {
  const endpoints = await house.bus.register('endpoints', webhookRowSchema)
  const row = await endpoints.get(id)
  if (row) await endpoints.update(id, { ...row.value, ...rules }, row.revision)
}
