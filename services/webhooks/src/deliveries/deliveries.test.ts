import { deliveryIdOf } from '@newswire/model'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { flushRedis, startHouse, type TestHouse } from '../fixtures/house.js'
import { allPages, get, PlanWriter } from '../fixtures/ledger-room.js'

let house: TestHouse
let ledger: PlanWriter
let one: string
let other: string
const address = { url: 'http://127.0.0.1:9/', verify: false }

async function register(key: string): Promise<string> {
  const body = { ...address, verify: undefined }
  const answer = await house.api('POST', '', { key, body })
  expect(answer.status).toBe(201)
  return String(answer.body['id'])
}

async function end(item: string, sequence: number, result: 'delivered' | 'failed'): Promise<void> {
  const delivery = deliveryIdOf(one, item, '1.1')
  const of = { delivery, endpoint: one, item, revision: '1.1', sequence }
  const startedAt = '2026-01-01T12:00:00.000Z'
  const said = { status: result === 'failed' ? 500 : 204, latencyMs: 12.5, answer: `said ${item}` }
  const attempts = [{ ...of, attempt: 1, result, startedAt, ...said }]
  await ledger.write({ type: 'outcomes', shard: 0, at: startedAt, attempts } as never)
}

beforeAll(async () => {
  house = await startHouse()
  ledger = new PlanWriter(house)
  one = await register(house.keys.one)
  other = await register(house.keys.other)
  for (let n = 1; n <= 40; n += 1) await ledger.plan(`na-${n}`, n % 2 === 0 ? [one, other] : [one])
  for (const n of [5, 20, 33]) await end(`na-${n}`, n, 'failed')
  for (const n of [1, 2, 39]) await end(`na-${n}`, n, 'delivered')
})
afterAll(() => house[Symbol.asyncDispose]())

const numbers = (items: readonly { item: string }[]) =>
  items.map(({ item }) => Number(item.replace('na-', '')))
const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, n) => from - n)

it('shows each delivery once over pages, whatever is written meanwhile', async () => {
  let n = 100
  const between = async () => {
    n += 1
    await ledger.plan(`na-${n}`, [one, other])
    await end('na-30', 30, n % 2 === 0 ? 'delivered' : 'failed')
  }
  const path = `/api/v1/webhooks/${one}/deliveries?limit=7`
  expect(numbers(await allPages(house, path, between))).toEqual(down(40, 1))
  const all = await allPages(house, '/api/v1/deliveries?limit=9&to=2026-01-01T00:41:00Z', between)
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(all).toHaveLength(60)
  await end('na-30', 30, 'failed')
})

it.each([
  ['status=failed', [33, 30, 20, 5]],
  ['status=delivered', [39, 2, 1]],
  ['item=na-7', [7]],
  ['item=na-7&status=failed', []],
  ['from=2026-01-01T00:10:00Z&to=2026-01-01T00:13:00Z', [12, 11, 10]],
  ['from=2026-01-01T00:10:00Z&to=2026-01-01T00:21:00Z&status=failed', [20]],
])('filters by %s, at one webhook and at all', async (query, expected) => {
  for (const path of [
    `/api/v1/webhooks/${one}/deliveries?`,
    `/api/v1/deliveries?endpoint=${one}&`,
  ]) {
    expect(numbers(await allPages(house, `${path}limit=2&${query}`))).toEqual(expected)
  }
  const all = await allPages(house, `/api/v1/deliveries?limit=2&${query}`)
  expect(numbers(all.filter(({ endpoint }) => endpoint === one))).toEqual(expected)
})

it('shows one whole, with what was answered until the item is taken back', async () => {
  await house.publish({ id: 'na-5' })
  const delivery = deliveryIdOf(one, 'na-5', '1.1')
  const { status, body } = await get(house, `/api/v1/webhooks/${one}/deliveries/${delivery}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    id: delivery,
    sequence: 5,
    state: 'failed',
    attempts: [{ attempt: 1, status: 500, latencyMs: 12.5, answer: 'said na-5' }],
  })
  const taken = { version: 2, status: 'canceled', change: 'withdrawal' } as const
  await house.publish({ id: 'na-5', ...taken })
  const after = await get(house, `/api/v1/webhooks/${one}/deliveries/${delivery}`)
  expect(after.body).toMatchObject({ attempts: [{ attempt: 1, status: 500 }] })
  expect(JSON.stringify(after.body)).not.toContain('said na-5')
})

it('calls items by their headlines of today, private ones before admins alone', async () => {
  await house.publish({ id: 'na-7', headline: 'Werk eröffnet' })
  await house.publish({ id: 'na-9', headline: 'Nur für das Haus', rights: 'private' })
  const listed = async (path: string, key?: string) => {
    const { body } = await get(house, path, key)
    const items = body['items'] as { item: string; headline?: string }[]
    return new Map(items.map(({ item, headline }) => [item, headline]))
  }
  const own = await listed(`/api/v1/webhooks/${one}/deliveries?limit=200`, house.keys.one)
  expect([own.get('na-7'), own.get('na-9')]).toEqual(['Werk eröffnet', undefined])
  expect([own.has('na-9'), own.get('na-8')]).toEqual([true, undefined])
  const all = await listed('/api/v1/deliveries?limit=200')
  expect([all.get('na-7'), all.get('na-9')]).toEqual(['Werk eröffnet', 'Nur für das Haus'])
})

it('calls a webhook by the name that it has today, in lists and in one whole', async () => {
  const path = `/api/v1/webhooks/${one}`
  const names = async () => {
    const whole = `${path}/deliveries/${deliveryIdOf(one, 'na-7', '1.1')}`
    const listed = await get(house, `/api/v1/deliveries?endpoint=${one}&limit=1`)
    const [first] = listed.body['items'] as { name?: string }[]
    return [first?.name, (await get(house, whole, house.keys.one)).body['name']]
  }
  for (const name of ['Die Redaktion', 'Der Ticker']) {
    const { status } = await house.api('PATCH', `/${one}`, { key: house.keys.one, body: { name } })
    expect(status).toBe(200)
    await expect.poll(names).toEqual([name, name])
  }
})

it('is for the owner of the key and for admins', async () => {
  const delivery = deliveryIdOf(one, 'na-5', '1.1')
  const path = `/api/v1/webhooks/${one}`
  for (const rest of ['/deliveries', `/deliveries/${delivery}`, '/events']) {
    expect((await get(house, path + rest, house.keys.one)).status).toBe(200)
    expect((await get(house, path + rest, house.keys.other)).status).toBe(404)
  }
  const strange = await get(house, `/api/v1/webhooks/${other}/deliveries/${delivery}`)
  expect(strange).toMatchObject({ status: 404, body: { type: 'urn:newswire:problem:no-delivery' } })
  expect((await get(house, '/api/v1/deliveries', house.keys.one)).status).toBe(403)
  const broken = await get(house, `${path}/deliveries?cursor=x`)
  expect(broken).toMatchObject({
    status: 400,
    body: { type: 'urn:newswire:problem:invalid-cursor' },
  })
  expect((await get(house, `${path}/deliveries?status=eaten`)).status).toBe(400)
})

it('tells the same after Redis was emptied, and nothing else in between', async () => {
  const paths = [
    `/api/v1/webhooks/${one}/deliveries?limit=200`,
    '/api/v1/deliveries?limit=200',
    `/api/v1/webhooks/${one}/deliveries/${deliveryIdOf(one, 'na-5', '1.1')}`,
    `/api/v1/webhooks/${one}/events?limit=200`,
  ]
  const before = await Promise.all(paths.map((path) => get(house, path)))
  await flushRedis(house.redis)
  const seen = await Promise.all(paths.map((path) => get(house, path)))
  // What the items are called comes from a model of its own, which may be behind.
  const unnamed = (answer: unknown) =>
    JSON.parse(JSON.stringify(answer, (key, value) => (key === 'headline' ? undefined : value)))
  for (const [at, { status, body }] of seen.entries()) {
    if (status === 503) expect(body).toMatchObject({ type: 'urn:newswire:problem:being-made' })
    else expect(unnamed({ status, body })).toEqual(unnamed(before[at]))
  }
  for (const [at, path] of paths.entries()) {
    await expect.poll(() => get(house, path), { timeout: 10_000 }).toEqual(before[at])
  }
})
