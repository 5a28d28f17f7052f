import { type Bus, connectBus } from '@newswire/bus'
import { askRedis, quietLog, startNats, startRedis, type TestServer } from '@newswire/kit'
import { type Attempt, type DeliveryFact, deliveryIdOf } from '@newswire/model'
import type { RunningWorker } from '@newswire/runtime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectStore, resetReadModels } from '../connect-store.js'
import type { Store } from '../store.js'
import { createDeliveriesProjector } from './deliveries-projector.js'
import type { DeliveryQuery, LoggedDelivery } from './delivery-log.js'
import type { DeliveryLimits } from './limits.js'

let nats: TestServer
let redis: TestServer
let bus: Bus
let store: Store
let running: RunningWorker[]
let failures: Error[]
let last: number
const { log } = quietLog()

beforeEach(async () => {
  running = []
  failures = []
  last = 0
  nats = await startNats()
  redis = await startRedis()
  bus = await connectBus({ url: nats.url, name: 'test', log })
  store = await connectStore({ url: redis.url, bus, log })
})
afterEach(async () => {
  await Promise.all(running.map((worker) => worker.stop()))
  await store.close()
  await bus.close()
  await Promise.all([nats.stop(), redis.stop()])
  expect(failures).toEqual([])
})

async function project(limits: Partial<DeliveryLimits>): Promise<void> {
  const projector = createDeliveriesProjector({ url: redis.url, bus, log, limits })
  running.push(await projector.start({ fail: (error) => failures.push(error) }))
}

async function write(fact: DeliveryFact): Promise<void> {
  const options = { id: `${fact.type}:${last}`, expect: last }
  last = (await bus.publish('delivery', fact, { shard: 0 }, options)).sequence
}

const caughtUp = () =>
  expect.poll(() => store.deliveries.position(), { timeout: 15_000 }).toBe(last)

/** What the model should hold, kept the plain way. */
class Oracle {
  readonly #limits: DeliveryLimits
  readonly #sequences = new Map<string, number>()
  #kept: { plan: number; index: number; row: LoggedDelivery }[] = []
  #plans = 0

  constructor(limits: DeliveryLimits) {
    this.#limits = limits
  }

  async plan(item: string, endpoints: readonly string[]): Promise<void> {
    this.#plans += 1
    const at = new Date(Date.UTC(2026, 0, 1) + this.#plans * 300_000)
    const revision = `${this.#plans}.1`
    const version = this.#plans
    const deliveries = endpoints.map((endpoint) => {
      const sequence = (this.#sequences.get(endpoint) ?? 0) + 1
      this.#sequences.set(endpoint, sequence)
      return { id: deliveryIdOf(endpoint, item, revision), endpoint, sequence }
    })
    const of = { id: item, wire: 'na', version, revision, status: 'usable', sequence: 1 } as const
    await write({ type: 'plan', shard: 0, item: of, at: at.toISOString(), deliveries })
    const common = { item, wire: 'na', version, revision, itemStatus: 'usable', itemSequence: 1 }
    for (const [index, delivery] of deliveries.entries()) {
      const state = 'waiting' as const
      const row = { ...delivery, ...common, plannedAt: at, state, attempts: [] } as LoggedDelivery
      this.#kept.push({ plan: last, index, row })
    }
    this.#trim()
  }

  async end(places: readonly number[], result: Attempt['result']): Promise<void> {
    const ended = places.flatMap((place) => this.#kept[place % this.#kept.length] ?? [])
    const attempts = ended.map(({ row }) => {
      const { id, endpoint, item, revision, sequence, attempts: before } = row
      const of = { delivery: id, endpoint, item, revision, sequence }
      const status = statusOf(sequence, before.length)
      return { ...of, attempt: before.length + 1, result, status, error: 'no\nway' }
    })
    const at = '2026-01-01T00:00:00.000Z'
    await write({ type: 'outcomes', shard: 0, at, attempts })
    for (const [index, each] of ended.entries()) {
      const { attempt = 0, status = 0 } = attempts[index] ?? {}
      const told = { attempt, result, status, error: 'no\nway', place: last }
      each.row = { ...each.row, state: result, attempts: [...each.row.attempts, told] }
    }
  }

  answered(status: number): LoggedDelivery[] {
    const placeOf = ({ attempts }: LoggedDelivery) =>
      attempts.findLast((attempt) => attempt.status === status)?.place ?? 0
    const nameOf = ({ endpoint, sequence }: LoggedDelivery) => `${endpoint} ${sequence}`
    return this.find({})
      .filter((row) => placeOf(row) > 0)
      .sort((a, b) => placeOf(b) - placeOf(a) || (nameOf(a) < nameOf(b) ? 1 : -1))
  }

  #trim(): void {
    const { endpointDeliveriesMax, deliveriesMax } = this.#limits
    this.#kept = this.#kept.filter(({ row }) => {
      return row.sequence > (this.#sequences.get(row.endpoint) ?? 0) - endpointDeliveriesMax
    })
    while (this.#kept.length > deliveriesMax) {
      const oldest = this.#kept[0]?.plan
      this.#kept = this.#kept.filter(({ plan }) => plan !== oldest)
    }
  }

  find({ endpoint, item, state, from, to }: Omit<DeliveryQuery, 'limit'>): LoggedDelivery[] {
    return this.#kept
      .map(({ row }) => row)
      .filter(
        (row) =>
          (endpoint === undefined || row.endpoint === endpoint) &&
          (item === undefined || row.item === item) &&
          (state === undefined || (state === 'open' ? isOpen(row) : row.state === state)) &&
          (from === undefined || row.plannedAt >= from) &&
          (to === undefined || row.plannedAt < to),
      )
      .reverse()
  }
}

const isOpen = ({ state }: LoggedDelivery) => state === 'waiting' || state === 'retry'

const statuses = [200, 410, 503] as const
const statusOf = (sequence: number, before: number) => statuses[(sequence + before) % 3] ?? 200

async function findAll(query: Omit<DeliveryQuery, 'limit'>): Promise<LoggedDelivery[]> {
  const found: LoggedDelivery[] = []
  let before: DeliveryQuery['before']
  do {
    const page = await store.deliveries.find({ ...query, limit: 7, ...(before ? { before } : {}) })
    found.push(...page.deliveries)
    before = page.next
  } while (before)
  return found
}

const endpoints = ['wh_a', 'wh_b', 'wh_c', 'wh_d']
const states = ['waiting', 'retry', 'delivered', 'failed'] as const
const results = ['retry', 'delivered', 'failed', 'superseded'] as const

/** Numbers that are the same at each run. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

async function scribble(oracle: Oracle, rounds: number, seed: number): Promise<void> {
  const next = chance(seed)
  for (let round = 0; round < rounds; round += 1) {
    const some = endpoints.filter((_, at) => at === 0 || next(3) === 0)
    await oracle.plan(`na-${next(9)}`, some)
    const result = results[next(results.length)] ?? 'retry'
    await oracle.end([next(1_000), next(1_000), next(1_000)], result)
  }
}

type Asked = Omit<DeliveryQuery, 'limit'>

/** Each query with and without one more condition. */
const orWith = (queries: readonly Asked[], more: readonly Asked[]): Asked[] =>
  queries.flatMap((query) => [query, ...more.map((each) => ({ ...query, ...each }))])

const allStates = [...states, 'open' as const].map((state) => ({ state }))
const allEndpoints = endpoints.map((endpoint) => ({ endpoint }))
const items = [{ item: 'na-3' }, { item: 'na-99' }]
const day = '2026-01-01T'
const time = { from: new Date(`${day}09:00:00Z`), to: new Date(`${day}15:00:00Z`) }
const queries = orWith(orWith(orWith(orWith([{}], allEndpoints), items), allStates), [time])

const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

async function expectEqual(oracle: Oracle): Promise<void> {
  for (const query of queries) {
    const found = plain(await findAll(query))
    expect(found, JSON.stringify(query)).toEqual(plain(oracle.find(query)))
  }
  const counts = await store.deliveries.counts(endpoints)
  for (const query of orWith(allEndpoints, allStates)) {
    const { endpoint = '', state } = query
    if (state && state !== 'open')
      expect(counts.get(endpoint)?.[state]).toBe(oracle.find(query).length)
  }
  for (const { endpoint, id, sequence } of oracle.find({})) {
    expect(await store.deliveries.one(endpoint, id)).toMatchObject({ sequence })
    expect(await store.deliveries.named(id)).toMatchObject({ endpoint, sequence })
    const other = endpoints.find((each) => each !== endpoint) ?? ''
    expect(await store.deliveries.one(other, id)).toBeUndefined()
  }
  for (const status of [...statuses, 418]) {
    const all = plain(oracle.answered(status))
    expect(plain(await store.deliveries.answered(status, 1_000)), `${status}`).toEqual(all)
    expect(plain(await store.deliveries.answered(status, 2))).toEqual(all.slice(0, 2))
  }
}

const perStatusMax = 1_000

test.each([
  ['nothing', { endpointDeliveriesMax: 1_000, deliveriesMax: 10_000, perStatusMax }],
  ['the oldest of an endpoint', { endpointDeliveriesMax: 30, deliveriesMax: 10_000, perStatusMax }],
  ['the oldest of all', { endpointDeliveriesMax: 1_000, deliveriesMax: 90, perStatusMax }],
  ['both', { endpointDeliveriesMax: 60, deliveriesMax: 100, perStatusMax }],
])(
  'holds what a plain list holds where %s leaves, also beside another projector and made anew',
  async (_, limits) => {
    const oracle = new Oracle(limits)
    await project(limits)
    await project(limits)
    await scribble(oracle, 120, 7)
    await caughtUp()
    await expectEqual(oracle)
    await resetReadModels({ url: redis.url, log })
    await expect.poll(() => store.deliveries.position()).toBe(last)
    await expectEqual(oracle)
  },
  60_000,
)

test('ends at a gap when it is read in sequence, and says what is the oldest', async () => {
  const limits = { endpointDeliveriesMax: 3, deliveriesMax: 100, perStatusMax }
  const oracle = new Oracle(limits)
  await project(limits)
  for (let n = 0; n < 5; n += 1) await oracle.plan(`na-${n}`, ['wh_a'])
  await caughtUp()
  const read = await store.deliveries.after('wh_a', { sequence: 2, limit: 2 })
  expect(read).toMatchObject({ first: 3, last: 5, deliveries: [{ sequence: 3 }, { sequence: 4 }] })
  expect(await store.deliveries.after('wh_b', { sequence: 0, limit: 2 })).toEqual({
    deliveries: [],
    first: 0,
    last: 0,
  })
})

test('finds by an HTTP status those that were answered with it last, as many as it keeps', async () => {
  const limits = { endpointDeliveriesMax: 1_000, deliveriesMax: 1_000, perStatusMax: 3 }
  const oracle = new Oracle(limits)
  await project(limits)
  for (let n = 0; n < 12; n += 1) await oracle.plan(`na-${n}`, ['wh_a'])
  // The oldest delivery is answered last.
  for (let n = 11; n >= 0; n -= 1) await oracle.end([n], 'retry')
  await caughtUp()
  const found = await store.deliveries.answered(503, 10)
  expect(found.map(({ sequence }) => sequence)).toEqual([2, 5, 8])
})

test('reads of a rare state its own plans alone, however many others lie between', async () => {
  const limits = { endpointDeliveriesMax: 1_000, deliveriesMax: 10_000, perStatusMax }
  const oracle = new Oracle(limits)
  await project(limits)
  // Three blocks of plans, of which few have failed.
  for (let n = 0; n < 700; n += 1) {
    await oracle.plan(`na-${n}`, ['wh_a'])
    if (n % 200 === 3) await oracle.end([n], 'failed')
  }
  await caughtUp()
  const commandsForOne = async () => {
    const before = await commandsOf('hmget')
    const { deliveries } = await store.deliveries.find({ state: 'failed', limit: 50 })
    expect(deliveries.map(({ sequence }) => sequence)).toEqual([604, 404, 204, 4])
    return (await commandsOf('hmget')) - before
  }
  // Marks, plans, lines, and the plans of what is shown. The projector looks at its mark meanwhile.
  await expect.poll(commandsForOne).toBeLessThanOrEqual(4)
}, 30_000)

async function commandsOf(name: string): Promise<number> {
  const told = await askRedis(redis, 'INFO', 'commandstats')
  return Number(new RegExp(`^cmdstat_${name}:calls=(\\d+)`, 'm').exec(told)?.[1] ?? 0)
}
