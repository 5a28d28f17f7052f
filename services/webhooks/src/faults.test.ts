import { type Catcher, startCatcher } from '@newswire/kit'
import { expect, it, onTestFinished } from 'vitest'
import { flushRedis, startHouse, type TestHouse } from './fixtures/house.js'
import { quickly } from './fixtures/quickly.js'
import { killed, spawnWorker } from './fixtures/spawned-worker.js'

async function setUp(): Promise<{ house: TestHouse; catcher: Catcher }> {
  const [house, catcher] = await Promise.all([startHouse(), startCatcher()])
  onTestFinished(async () => {
    await catcher.stop()
    await house[Symbol.asyncDispose]()
  })
  return { house, catcher }
}

async function register(house: TestHouse, url: string, filter: object = {}): Promise<string> {
  const body = { url, filter, verify: false }
  const answer = await house.api('POST', '', { body })
  expect(answer.status).toBe(201)
  return String(answer.body['id'])
}

const ids = (catcher: Catcher) => catcher.requests.map(({ headers }) => headers['webhook-id'])
const itemsOf = (catcher: Catcher) =>
  new Set(catcher.events().map(({ data }) => (data['_newswire'] as { id: string }).id))

it('superdesk-core: sends what a killed worker left open, with the same webhook-id', async () => {
  const { house, catcher } = await setUp()
  const child = await spawnWorker(house)
  await register(house, catcher.url)
  // No answer: the attempt is in flight when its worker is killed.
  catcher.answer(() => new Promise(() => undefined))
  await house.publish()
  await expect.poll(() => catcher.requests.length).toBe(1)
  await killed(child)
  catcher.answer(() => undefined)
  await house.work()
  await expect.poll(() => catcher.requests.length).toBe(2)
  expect(new Set(ids(catcher)).size).toBe(1)
  await expect.poll(async () => (await house.ledger()).at(-1)?.result).toBe('delivered')
})

it('loses nothing and never goes back a version over kills at random moments', async () => {
  const { house, catcher } = await setUp()
  const count = 40
  const versions = 2
  let answers = 0
  catcher.answer(() => {
    answers += 1
    return answers % 5 === 0 ? { status: 500 } : undefined
  })
  let child = await spawnWorker(house)
  await register(house, catcher.url)
  for (let version = 1; version <= versions; version += 1) {
    const publishing = (async () => {
      for (let item = 1; item <= count; item += 1) {
        await house.publish({ id: `na-${item}`, version, headline: `${item}: Fassung ${version}` })
      }
    })()
    const seen = catcher.requests.length
    await expect.poll(() => catcher.requests.length).toBeGreaterThan(seen + 5)
    await killed(child)
    child = await spawnWorker(house)
    await publishing
  }
  await expect
    .poll(
      () =>
        new Set(
          catcher
            .events()
            .filter(({ data }) => data['version'] === String(versions))
            .map(urnOf),
        ).size,
    )
    .toBe(count)
  const newest = new Map<string, number>()
  for (const event of catcher.events()) {
    const version = Number(event.data['version'])
    expect(version).toBeGreaterThanOrEqual(newest.get(urnOf(event)) ?? 0)
    newest.set(urnOf(event), version)
  }
  await expectGapless(house)
}, 60_000)

const urnOf = ({ data }: { data: Readonly<Record<string, unknown>> }) => String(data['uri'])

/** The sequences that plans gave are 1, 2, 3, …, and no delivery was planned twice. */
async function expectGapless(house: TestHouse): Promise<void> {
  const given: number[] = []
  const planned: string[] = []
  const { promise, resolve } = deferred()
  const replay = await house.bus.replay({
    fact: 'delivery',
    after: 0,
    handle: async (facts) => {
      for (const { value } of facts) {
        if (value.type !== 'plan') continue
        given.push(...value.deliveries.map(({ sequence }) => sequence))
        planned.push(...value.deliveries.map(({ id }) => id))
      }
    },
    onCaughtUp: resolve,
    onEnd: () => resolve(),
  })
  await promise
  await replay.stop()
  expect(given).toEqual(given.map((_, at) => at + 1))
  expect(new Set(planned).size).toBe(planned.length)
}

function deferred() {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

it('delivers what waits for its retry after Redis was emptied', async () => {
  const { house, catcher } = await setUp()
  await house.work({ schedule: { ...quickly.schedule, stepsMs: [2_000], thenEveryMs: 2_000 } })
  await register(house, catcher.url)
  catcher.answer(() => ({ status: 503 }))
  for (let item = 1; item <= 5; item += 1) await house.publish({ id: `na-${item}` })
  await expect.poll(async () => (await house.ledger()).length).toBe(5)
  await expect
    .poll(async () => (await house.jobs.states()).reduce((sum, { delayed }) => sum + delayed, 0))
    .toBe(5)
  await flushRedis(house.redis)
  catcher.answer(() => undefined)
  await expect
    .poll(async () => (await house.ledger()).filter(({ result }) => result === 'delivered').length)
    .toBe(5)
  expect(catcher.requests).toHaveLength(10)
})

it('lets dead endpoints hold up nobody', async () => {
  const { house, catcher } = await setUp()
  const dead = await startCatcher()
  onTestFinished(() => dead.stop())
  dead.answer(() => new Promise(() => undefined))
  await house.work({ limits: { ...quickly.limits, attemptsInFlightMax: 4 } })
  for (let each = 1; each <= 10; each += 1) await register(house, `${dead.url}/${each}`)
  await register(house, catcher.url)
  const startedMs = performance.now()
  for (let item = 1; item <= 30; item += 1) await house.publish({ id: `na-${item}` })
  await expect.poll(() => itemsOf(catcher).size).toBe(30)
  // Far less than one timeout of a dead one.
  expect(performance.now() - startedMs).toBeLessThan(7_500)
})
