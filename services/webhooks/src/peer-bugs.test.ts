import { type Catcher, startCatcher } from '@newswire/kit'
import { deliveryIdOf, type Plan } from '@newswire/model'
import { expect, it, onTestFinished } from 'vitest'
import { flushRedis, readFacts, startHouse, type TestHouse } from './fixtures/house.js'
import { shardOf } from './registry/webhook-row.js'
import { shardsDefault } from './webhooks.js'

/*
 * Faults that users of other webhook senders have met, each kept away by name. Those of other rooms
 * stand there: bullmq#1662 and #977 in jobs/queue.test.ts, nats-server#6290 in bus/faults.test.ts,
 * miniflux#4197 and #2358 in intake's entry-key.test.ts.
 */

async function setUp({ works = true } = {}): Promise<{ house: TestHouse; catcher: Catcher }> {
  const [house, catcher] = await Promise.all([startHouse(), startCatcher()])
  onTestFinished(async () => {
    await catcher.stop()
    await house[Symbol.asyncDispose]()
  })
  if (works) await house.work()
  return { house, catcher }
}

async function register(house: TestHouse, url: string): Promise<string> {
  const body = { url, filter: {}, verify: false }
  const answer = await house.api('POST', '', { body })
  expect(answer.status).toBe(201)
  return String(answer.body['id'])
}

const idsAt = (catcher: Catcher, at: string) =>
  catcher.requests
    .filter(({ path }) => path === at)
    .map(({ headers }) => String(headers['webhook-id']))

function gate() {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

it('outpost#609: retries to two endpoints of one item have an id each, and neither is dropped', async () => {
  const { house, catcher } = await setUp()
  for (const path of ['/a', '/b']) await register(house, catcher.url + path)
  catcher.answer(({ path }) => (idsAt(catcher, path).length < 3 ? { status: 500 } : undefined))
  await house.publish()
  await expect.poll(() => ['/a', '/b'].map((path) => idsAt(catcher, path).length)).toEqual([3, 3])
  const [a, b] = ['/a', '/b'].map((path) => new Set(idsAt(catcher, path)))
  expect([a?.size, b?.size]).toEqual([1, 1])
  expect([...(a ?? [])]).not.toEqual([...(b ?? [])])
})

it('outpost#1000: every failed attempt stands in the ledger, with what was answered', async () => {
  const { house, catcher } = await setUp()
  const id = await register(house, catcher.url)
  catcher.answer(() => {
    const calls = catcher.requests.length
    return calls < 4 ? { status: 500 + calls, body: `Nein, zum ${calls}. Mal.` } : undefined
  })
  await house.publish()
  await expect.poll(() => house.ledger()).toHaveLength(4)
  const [first] = await house.ledger()
  // The ledger's own entries can't be erased: they hold no word of what was answered.
  expect(JSON.stringify(await house.ledger())).not.toContain('Nein')
  const whole = () => house.api('GET', `/${id}/deliveries/${first?.delivery}`)
  expect((await whole()).body['attempts']).toMatchObject([
    ...[1, 2, 3].map((attempt) => ({
      ...{ attempt, status: 500 + attempt, result: 'retry' },
      ...{ answer: `Nein, zum ${attempt}. Mal.`, nextAt: expect.any(String) },
    })),
    { attempt: 4, status: 204, result: 'delivered' },
  ])
  await house.bus.eraseAnswers({ item: first?.item ?? '' })
  const erased = (await whole()).body['attempts']
  expect(erased).toMatchObject([1, 2, 3, 4].map((attempt) => ({ attempt })))
  expect(JSON.stringify(erased)).not.toContain('Nein')
})

it('outpost#151: a ledger that can not be written makes no storm of calls', async () => {
  const { house, catcher } = await setUp()
  const count = 20
  await register(house, catcher.url)
  const answers = gate()
  catcher.answer(async () => {
    await answers.opened
    return undefined
  })
  for (let item = 1; item <= count; item += 1) await house.publish({ id: `na-${item}` })
  await expect.poll(() => catcher.requests.length).toBeGreaterThan(0)
  await house.nats.kill()
  answers.open()
  await expect.poll(() => house.bus.ping()).toBe(false)
  await house.nats.restart()
  const delivered = async () =>
    (await house.ledger()).filter(({ result }) => result === 'delivered').length
  await expect.poll(delivered, { timeout: 40_000 }).toBe(count)
  // Once more each at most, under the same id: what became of the first is not known.
  for (const id of new Set(idsAt(catcher, '/'))) {
    expect(idsAt(catcher, '/').filter((other) => other === id).length).toBeLessThanOrEqual(2)
  }
  expect(new Set(idsAt(catcher, '/')).size).toBe(count)
}, 60_000)

it('breeze#4095: what was planned and never queued is sent all the same', async () => {
  const { house, catcher } = await setUp()
  const endpoint = await register(house, catcher.url)
  await house.publish({ id: 'na-0' })
  await expect.poll(async () => (await house.ledger()).length).toBe(1)
  const shard = shardOf(endpoint, shardsDefault)
  const { id, wire, version } = await house.publish({ id: 'na-1' })
  await expect.poll(async () => (await house.ledger()).length).toBe(2)
  const last = await house.bus.latest('delivery', { shard })
  const plan: Plan = {
    ...{ type: 'plan', shard, at: new Date().toISOString() },
    item: { id, wire, version: version + 1, revision: '2.1', status: 'usable', sequence: 2 },
    deliveries: [{ id: deliveryIdOf(endpoint, id, '2.1'), endpoint, sequence: 3, previous: 2 }],
  }
  const options = { id: 'planned-and-crashed', expect: last?.sequence ?? 0 }
  await house.bus.publish('delivery', plan, { shard }, options)
  // The owner finds another's entry in its chain, and takes the shard anew from the facts.
  await house.publish({ id: 'na-2' })
  await expect.poll(() => idsAt(catcher, '/')).toContain(plan.deliveries[0]?.id)
})

it('superdesk-core: 429 and 408 are not final, and Retry-After is kept', async () => {
  const { house, catcher } = await setUp()
  await register(house, catcher.url)
  const refusals = [{ status: 429, headers: { 'retry-after': '1' } }, { status: 408 }]
  catcher.answer(() => refusals[catcher.requests.length - 1])
  await house.publish()
  await expect.poll(async () => (await house.ledger()).at(-1)?.result).toBe('delivered')
  const [first, second] = catcher.requests.map(({ at }) => at.getTime())
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(950)
  expect(catcher.requests).toHaveLength(3)
})

it('superdesk-core: a correction never overtakes its original that is still under way', async () => {
  const { house, catcher } = await setUp()
  await register(house, catcher.url)
  const first = gate()
  catcher.answer(async () => {
    if (catcher.requests.length > 1) return undefined
    await first.opened
    return { status: 503 }
  })
  await house.publish({ id: 'na-1' })
  await expect.poll(() => catcher.requests.length).toBe(1)
  await house.publish({ id: 'na-1', version: 2, change: 'correction' })
  const planned = async () =>
    (await readFacts(house.bus)).filter(({ type }) => type === 'plan').length
  await expect.poll(planned).toBe(2)
  expect(catcher.requests).toHaveLength(1)
  first.open()
  const versions = () => catcher.requests.map(({ headers }) => headers['newswire-version'])
  await expect.poll(async () => (await house.ledger()).at(-1)?.result).toBe('delivered')
  // The original failed, and is not tried again.
  expect(versions()).toEqual(['1', '2'])
})

it('svix#1844: a restart of NATS and an emptied Redis leave no consumer behind that nobody works', async () => {
  const { house, catcher } = await setUp()
  await register(house, catcher.url)
  await house.publish({ id: 'na-1' })
  await expect.poll(() => catcher.requests.length).toBe(1)
  await house.nats.restart()
  await flushRedis(house.redis)
  catcher.answer(() => (catcher.requests.length === 2 ? { status: 500 } : undefined))
  await expect.poll(() => house.publish({ id: 'na-2' }).then(() => true)).toBe(true)
  // Through the bus's consumer, and then through a job in Redis.
  await expect.poll(() => catcher.requests.length, { timeout: 20_000 }).toBe(3)
}, 40_000)

it('convoy#2747: the same version told by many at once is one delivery', async () => {
  const { house, catcher } = await setUp()
  await house.work({ instance: 'another' })
  await register(house, catcher.url)
  await Promise.all(Array.from({ length: 10 }, () => house.publish({ id: 'na-1' })))
  await house.publish({ id: 'na-2' })
  await expect.poll(() => new Set(idsAt(catcher, '/')).size).toBe(2)
  await expect.poll(async () => (await house.ledger()).length).toBe(2)
  expect(catcher.requests).toHaveLength(2)
})

it('OpenWA#511: a worker has many calls under way at once', async () => {
  const { house, catcher } = await setUp()
  // Fewer than the connections that one host is given.
  const count = 12
  for (let path = 1; path <= count; path += 1) await register(house, `${catcher.url}/${path}`)
  const answers = gate()
  catcher.answer(async () => {
    await answers.opened
    return undefined
  })
  await house.publish()
  // None of them has an answer yet.
  await expect.poll(() => catcher.requests.length).toBe(count)
  expect(await house.ledger()).toEqual([])
  answers.open()
  await expect.poll(async () => (await house.ledger()).length).toBe(count)
})

it('distributor#398: a withdrawal reaches every copy, two webhooks of one address among them', async () => {
  const { house, catcher } = await setUp()
  const [one, two] = [await register(house, catcher.url), await register(house, catcher.url)]
  await house.publish()
  await expect.poll(() => catcher.requests.length).toBe(2)
  const body = { filter: { issuer: ['Andere GmbH'] } }
  expect((await house.api('PATCH', `/${two}`, { body })).status).toBe(200)
  await house.publish({ version: 2, change: 'withdrawal', status: 'canceled' })
  const told = async () =>
    (await house.ledger()).filter(({ revision }) => revision === '2.1').map((a) => a.endpoint)
  await expect.poll(async () => (await told()).sort()).toEqual([one, two].sort())
  expect(catcher.events().filter(({ type }) => type === 'item.withdrawn')).toHaveLength(2)
})
