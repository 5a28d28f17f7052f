import { type Catcher, startCatcher } from '@newswire/kit'
import { deliveryIdOf } from '@newswire/model'
import { expect, it, onTestFinished, vi } from 'vitest'
import { startHouse, type TestHouse } from './fixtures/house.js'
import { get, PlanWriter } from './fixtures/ledger-room.js'
import { quickly } from './fixtures/quickly.js'
import type { WebhookLimits } from './limits.js'

// Where two rooms meet: replay and pull, replay and recall, privacy and retries, limits and kills.

/** A lane is given up at its first failure, so that there is something to replay. */
const hasty = { ...quickly.schedule, giveUpMs: 0 }

async function setUp(limits: Partial<WebhookLimits> = {}) {
  const [house, catcher] = await Promise.all([startHouse({ limits }), startCatcher()])
  onTestFinished(async () => {
    await catcher.stop()
    await house[Symbol.asyncDispose]()
  })
  return { house, catcher }
}

async function register(house: TestHouse, body: object, key = house.keys.admin): Promise<string> {
  const answer = await house.api('POST', '', { key, body })
  expect(answer).toMatchObject({ status: 201 })
  const id = String(answer.body['id'])
  await expect.poll(async () => (await house.api('GET', `/${id}`)).body['status']).toBe('active')
  return id
}

const attempted = (house: TestHouse, results: string[]) =>
  expect.poll(async () => (await house.ledger()).map(({ result }) => result)).toEqual(results)
const pulled = async (house: TestHouse, id: string) =>
  (await get(house, `/api/v1/webhooks/${id}/events`)).body['items']
const sent = ({ requests }: Catcher) => requests.map(({ body }) => body).join()
const secret = { html: '<p>Geheimnis</p>', text: 'Geheimnis', complete: true }

it('gives by pulling what a replay did not bring, as the replay told it', async () => {
  const { house, catcher } = await setUp()
  await house.work({ schedule: hasty })
  const body = { url: catcher.url, verify: false, events: ['item.published'] }
  const id = await register(house, body)
  catcher.answer(() => ({ status: 500 }))
  await house.publish()
  await attempted(house, ['failed'])
  expect((await house.api('POST', `/${id}/replay`, { body: {} })).status).toBe(202)
  await attempted(house, ['failed', 'failed'])
  expect(catcher.events().map(({ type }) => type)).toEqual(['item.published', 'item.published'])
  expect(await pulled(house, id)).toMatchObject([
    { sequence: 1, superseded: true },
    { sequence: 2, previous: 1, superseded: false, event: { type: 'item.published' } },
  ])
})

it('counts who has acknowledged a withdrawal, whatever becomes of a replay', async () => {
  const { house, catcher } = await setUp()
  await house.work({ schedule: hasty })
  const id = await register(house, { url: catcher.url, verify: false })
  await house.publish({ id: 'na-1' })
  await attempted(house, ['delivered'])
  await house.publish({ id: 'na-1', version: 2, change: 'withdrawal', status: 'canceled' })
  await attempted(house, ['delivered', 'delivered'])
  const recall = async () => (await get(house, '/api/v1/items/na-1/recall')).body
  const before = await recall()
  expect(before).toMatchObject({ complete: true, receivers: [{ state: 'acknowledged' }] })
  catcher.answer(() => ({ status: 500 }))
  await house.api('POST', `/${id}/replay`, { body: { status: 'all' } })
  await attempted(house, ['delivered', 'delivered', 'failed'])
  expect(await recall()).toEqual(before)
})

it('tells who acknowledged, also where the replays of others have pushed that out', async () => {
  const { house, catcher } = await setUp()
  const body = { url: catcher.url, verify: false }
  const [own, other] = [await register(house, body), await register(house, body)]
  const { wire, id: item } = await house.publish({ id: 'na-1' })
  const ledger = new PlanWriter(house)
  await ledger.plan(item, [own, other])
  const id = deliveryIdOf(own, item, '1.1')
  const attempt = { delivery: id, endpoint: own, item, revision: '1.1', sequence: 1, attempt: 1 }
  const at = new Date().toISOString()
  const attempts = [{ ...attempt, startedAt: at, latencyMs: 1, result: 'delivered' as const }]
  await ledger.write({ type: 'outcomes', shard: 0, at, attempts })
  for (let n = 0; n < 1_000; n += 1) await ledger.plan(item, [other], { replay: 'rp_other' })
  const endpoints = {
    [own]: { sequence: 1, revision: '1.1' },
    [other]: { sequence: 1_001, revision: '1.1' },
  }
  await house.bus.publish(
    'receiver',
    { id: item, wire, endpoints },
    { wire, id: item },
    { id: 'r' },
  )
  const path = `/api/v1/items/${item}/recall?revision=1`
  await expect
    .poll(async () => (await get(house, path)).body['counts'], { timeout: 10_000 })
    .toMatchObject({ receivers: 2, acknowledged: 1, pending: 1, unknown: 0 })
})

it('does not send an older text on that waits while its item becomes private', async () => {
  const { house, catcher } = await setUp()
  await house.work({ schedule: { ...quickly.schedule, stepsMs: [600], jitter: 0 } })
  await register(house, { url: catcher.url }, house.keys.one)
  catcher.answer(() => ({ status: 500 }))
  await house.publish({ id: 'na-1', body: secret })
  await attempted(house, ['retry'])
  await house.publish({ id: 'na-1', body: secret, version: 2, rights: 'private' })
  catcher.answer(() => undefined)
  const before = sent(catcher)
  await attempted(house, ['retry', 'superseded', 'superseded'])
  await house.publish({ id: 'na-2' })
  await attempted(house, ['retry', 'superseded', 'superseded', 'delivered'])
  expect(sent(catcher).slice(before.length)).not.toContain('Geheimnis')
})

it('publishes what a webhook missed while it was disabled, also where that is a correction', async () => {
  const { house, catcher } = await setUp()
  await house.work()
  const events = ['item.published', 'item.updated']
  const id = await register(house, { url: catcher.url, events }, house.keys.one)
  catcher.answer(() => ({ status: 410 }))
  await house.publish({ id: 'na-1' })
  await expect.poll(async () => (await house.api('GET', `/${id}`)).body['status']).toBe('disabled')
  await house.publish({ id: 'na-2' })
  await attempted(house, ['failed', 'failed'])
  catcher.answer(() => undefined)
  await house.api('PATCH', `/${id}`, { body: { status: 'active' } })
  await expect.poll(async () => (await house.api('GET', `/${id}`)).body['status']).toBe('active')
  const correction = { id: 'na-2', version: 2, change: 'correction' } as const
  await house.publish(correction)
  await house.publish({ ...correction, version: 3, change: 'update' })
  await attempted(house, ['failed', 'failed', 'delivered', 'delivered'])
  const types = catcher.events().map(({ type }) => type)
  expect(types.filter((type) => type.startsWith('item.'))).toEqual([
    'item.published',
    'item.published',
    'item.updated',
  ])
  expect(catcher.requests.at(-2)?.headers['newswire-previous']).toBe('2')
})

it('takes an item back also where as many wait as may', async () => {
  const { house, catcher } = await setUp()
  await house.work({ limits: { ...quickly.limits, lanesPerEndpointMax: 1 } })
  const id = await register(house, { url: catcher.url, verify: false })
  await house.publish({ id: 'na-1' })
  await attempted(house, ['delivered'])
  await house.api('PATCH', `/${id}`, { body: { paused: true } })
  await house.publish({ id: 'na-2' })
  await house.publish({ id: 'na-3' })
  await attempted(house, ['delivered', 'failed'])
  await house.publish({ id: 'na-1', version: 2, change: 'withdrawal', status: 'canceled' })
  await expect.poll(async () => ((await pulled(house, id)) as unknown[]).length).toBe(4)
  await house.api('PATCH', `/${id}`, { body: { paused: false } })
  await expect
    .poll(() =>
      catcher
        .events()
        .map(({ type }) => type)
        .sort(),
    )
    .toEqual(['item.published', 'item.published', 'item.withdrawn'])
})

it('knocks at addresses for a subscriber only so often, and for so many webhooks', async () => {
  const { house, catcher } = await setUp({ asksPerMinuteMax: 4, webhooksPerKeyMax: 2 })
  const common = { key: house.keys.one, body: { url: catcher.url } }
  const statuses: number[] = []
  for (let n = 0; n < 5; n += 1) statuses.push((await house.api('POST', '', common)).status)
  expect(statuses).toEqual([201, 201, 409, 409, 429])
  expect((await house.api('GET', '', { key: house.keys.one })).status).toBe(200)
  expect((await house.api('POST', '', { ...common, key: house.keys.other })).status).toBe(201)
  for (let n = 0; n < 6; n += 1) await register(house, { url: catcher.url, verify: false })
})

it('does not look the ledger over for a delivery that there is not', async () => {
  const { house, catcher } = await setUp()
  await house.work()
  const id = await register(house, { url: catcher.url, verify: false })
  await house.publish()
  await attempted(house, ['delivered'])
  const looks = vi.spyOn(house.bus, 'replay')
  expect((await house.api('POST', `/${id}/deliveries/msg_none/replay`)).status).toBe(404)
  expect(looks).not.toHaveBeenCalled()
  const delivery = catcher.requests[0]?.headers['webhook-id']
  expect((await house.api('POST', `/${id}/deliveries/${delivery}/replay`)).status).toBe(202)
  looks.mockRestore()
})
