import { type Catcher, startCatcher } from '@newswire/kit'
import { expect, it, onTestFinished } from 'vitest'
import { readPlans, startHouse, type TestHouse } from '../fixtures/house.js'
import { quickly } from '../fixtures/quickly.js'
import { replayRowSchema } from './replay-row.js'

/** Lanes are given up at their first failure, so that there is something to replay. */
const hasty = { ...quickly.schedule, giveUpMs: 0 }

async function setUp(): Promise<{ house: TestHouse; catcher: Catcher; hook: string }> {
  const [house, catcher] = await Promise.all([startHouse(), startCatcher()])
  onTestFinished(async () => {
    await catcher.stop()
    await house[Symbol.asyncDispose]()
  })
  await house.work({ schedule: hasty })
  const created = await house.api('POST', '', { body: { url: catcher.url, verify: false } })
  return { house, catcher, hook: String(created.body['id']) }
}

/** Asks for a replay and waits until it is over. */
async function replayed(house: TestHouse, path: string, body?: object) {
  const asked = await house.api('POST', path, body === undefined ? {} : { body })
  expect(asked.status).toBe(202)
  const id = String(asked.body['id'])
  const hook = path.split('/')[1]
  await expect
    .poll(async () => (await house.api('GET', `/${hook}/replays/${id}`)).body, { timeout: 10_000 })
    .toMatchObject({ state: 'done', left: 0 })
  return { id, ...(await house.api('GET', `/${hook}/replays/${id}`)).body }
}

it('forgets the replays of a webhook that is deleted', async () => {
  const { house, hook } = await setUp()
  await replayed(house, `/${hook}/replay`, {})
  const replays = await house.bus.register('replays', replayRowSchema)
  expect(await replays.get(hook)).toBeDefined()
  await house.api('DELETE', `/${hook}`)
  await expect.poll(() => replays.get(hook)).toBeUndefined()
})

const ended = async (house: TestHouse, count: number, result = 'failed') => {
  await expect
    .poll(async () => (await house.ledger()).filter((each) => each.result === result).length)
    .toBe(count)
}
const ids = (catcher: Catcher) => catcher.requests.map(({ headers }) => headers['webhook-id'])
const types = (catcher: Catcher) => catcher.events().map(({ type }) => type)
const sequences = (catcher: Catcher) => {
  return catcher.requests.map(({ headers }) => Number(headers['newswire-sequence']))
}

it('sends what failed once more, in order, and nothing that was delivered', async () => {
  const { house, catcher, hook } = await setUp()
  await house.publish({ id: 'na-delivered' })
  await ended(house, 1, 'delivered')
  catcher.answer(() => ({ status: 500 }))
  for (let item = 1; item <= 3; item += 1) await house.publish({ id: `na-${item}` })
  await ended(house, 3)
  const before = ids(catcher).slice(-3)
  catcher.answer(() => undefined)
  const told = await replayed(house, `/${hook}/replay`, {})
  expect(told).toMatchObject({ count: 3, planned: 3, delivered: 3, failed: 0, superseded: 0 })
  expect(ids(catcher).slice(-3).sort()).toEqual(before.sort())
  expect(types(catcher)).toEqual(Array(7).fill('item.published'))
  const plans = await readPlans(house.bus)
  const given = plans.flatMap(({ deliveries }) => deliveries.map(({ sequence }) => sequence))
  expect(given).toEqual([1, 2, 3, 4, 5, 6, 7])
  const again = plans.slice(4)
  expect(again.map(({ replay }) => replay)).toEqual(Array(3).fill(told.id))
  expect(again.map(({ deliveries }) => deliveries[0]?.previous)).toEqual([2, 3, 4])
  // Nothing is left to be replayed.
  expect(await replayed(house, `/${hook}/replay`, {})).toMatchObject({ count: 0, delivered: 0 })
  expect(catcher.requests).toHaveLength(7)
})

it('outpost#670: replays the same delivery a second time', async () => {
  const { house, catcher, hook } = await setUp()
  await house.publish()
  await ended(house, 1, 'delivered')
  const [id] = ids(catcher)
  await replayed(house, `/${hook}/deliveries/${id}/replay`)
  await replayed(house, `/${hook}/deliveries/${id}/replay`)
  await replayed(house, `/${hook}/deliveries/${id}/replay`)
  expect(ids(catcher)).toEqual([id, id, id, id])
  expect(sequences(catcher)).toEqual([1, 2, 3, 4])
  expect(catcher.requests.map(({ headers }) => headers['newswire-previous'])).toEqual([
    undefined,
    '1',
    '2',
    '3',
  ])
  expect(new Set(catcher.requests.map(({ body }) => body)).size).toBe(1)
})

it('sends the newest version, never the old one that the delivery was of', async () => {
  const { house, catcher, hook } = await setUp()
  await house.publish()
  await ended(house, 1, 'delivered')
  const [first] = ids(catcher)
  await house.publish({ version: 2, change: 'correction' })
  await ended(house, 2, 'delivered')
  await replayed(house, `/${hook}/deliveries/${first}/replay`)
  expect(catcher.events().map(({ data }) => data['version'])).toEqual(['1', '2', '2'])
  expect(types(catcher)).toEqual(['item.published', 'item.corrected', 'item.corrected'])
  expect(ids(catcher)[2]).toBe(ids(catcher)[1])
})

it('sends the tombstone of what is withdrawn, and no word of its text', async () => {
  const { house, catcher, hook } = await setUp()
  await house.publish()
  await ended(house, 1, 'delivered')
  const [first] = ids(catcher)
  await house.publish({ version: 2, change: 'withdrawal', status: 'canceled' })
  await ended(house, 2, 'delivered')
  await replayed(house, `/${hook}/replay`, { status: 'all' })
  await replayed(house, `/${hook}/deliveries/${first}/replay`)
  expect(types(catcher).slice(1)).toEqual(Array(3).fill('item.withdrawn'))
  for (const { body } of catcher.requests.slice(1)) expect(body).not.toContain('Werk eröffnet.')
})

it('does not send an item that has become private to who may not see such', async () => {
  const { house, catcher } = await setUp()
  const body = { url: catcher.url }
  const { one: key } = house.keys
  const created = await house.api('POST', '', { key, body })
  const hook = String(created.body['id'])
  await expect.poll(async () => (await house.api('GET', `/${hook}`)).body['status']).toBe('active')
  await house.publish()
  await ended(house, 2, 'delivered')
  await house.publish({ version: 2, rights: 'private' })
  await ended(house, 3, 'delivered')
  const count = catcher.requests.length
  const told = await replayed(house, `/${hook}/replay`, { status: 'all' })
  expect(told).toMatchObject({ count: 1, planned: 1, delivered: 0, superseded: 1 })
  expect(catcher.requests).toHaveLength(count)
})

it('takes a range by sequence and by time', async () => {
  const { house, catcher, hook } = await setUp()
  for (let item = 1; item <= 5; item += 1) await house.publish({ id: `na-${item}` })
  await ended(house, 5, 'delivered')
  const sent = ids(catcher)
  const bySequence = { status: 'all', sequences: { after: 1, upTo: 3 } }
  await replayed(house, `/${hook}/replay`, bySequence)
  expect(ids(catcher).slice(5).sort()).toEqual(idsAt(catcher, sent, [2, 3]))
  const from = new Date(Date.now() + 60_000).toISOString()
  expect(await replayed(house, `/${hook}/replay`, { status: 'all', from })).toMatchObject({
    count: 0,
  })
  const to = from
  expect(await replayed(house, `/${hook}/replay`, { status: 'all', to })).toMatchObject({
    count: 5,
    delivered: 5,
  })
})

function idsAt(catcher: Catcher, sent: unknown[], places: number[]) {
  return places.map((place) => sent[sequences(catcher).indexOf(place)]).sort()
}

it('spares what waits for its next try the rest of its wait', async () => {
  const [house, catcher] = await Promise.all([startHouse(), startCatcher()])
  onTestFinished(async () => {
    await catcher.stop()
    await house[Symbol.asyncDispose]()
  })
  const hour = 3_600_000
  const patient = { ...quickly.schedule, stepsMs: [hour], thenEveryMs: hour, giveUpMs: 9 * hour }
  await house.work({ schedule: patient })
  const created = await house.api('POST', '', { body: { url: catcher.url, verify: false } })
  catcher.answer(() => ({ status: 503 }))
  await house.publish()
  await ended(house, 1, 'retry')
  catcher.answer(() => undefined)
  const told = await replayed(house, `/${created.body['id']}/replay`, {})
  expect(told).toMatchObject({ count: 1, planned: 1, delivered: 1 })
  expect(ids(catcher)[1]).toBe(ids(catcher)[0])
  // It was open already, so no new plan was made for it.
  expect(await readPlans(house.bus)).toHaveLength(1)
})

it('keeps what a webhook misses while it is disabled, for a replay afterwards', async () => {
  const { house, catcher, hook } = await setUp()
  catcher.answer(() => ({ status: 410 }))
  await house.publish({ id: 'na-gone' })
  const status = async () => (await house.api('GET', `/${hook}`)).body['status']
  await expect.poll(status).toBe('disabled')
  await house.publish({ id: 'na-missed' })
  await ended(house, 2)
  expect((await house.api('POST', `/${hook}/replay`, { body: {} })).body['type']).toMatch(
    'webhook-disabled',
  )
  catcher.answer(() => undefined)
  await house.api('PATCH', `/${hook}`, { body: { status: 'active' } })
  await expect.poll(status).toBe('active')
  const before = catcher.events().length
  expect(await replayed(house, `/${hook}/replay`, {})).toMatchObject({ delivered: 2, failed: 0 })
  const seen = catcher.events().slice(before)
  expect(seen.map(({ data }) => data['uri']).sort()).toEqual([
    'urn:newswire:na-gone',
    'urn:newswire:na-missed',
  ])
})

it('lets the lanes of a paused webhook go on when it takes calls again', async () => {
  const { house, catcher, hook } = await setUp()
  await house.api('PATCH', `/${hook}`, { body: { status: 'paused' } })
  await house.publish()
  await expect.poll(async () => (await readPlans(house.bus)).length).toBe(1)
  const asked = await house.api('POST', `/${hook}/replay`, { body: {} })
  expect(asked.status).toBe(202)
  expect(catcher.requests).toHaveLength(0)
  await house.api('PATCH', `/${hook}`, { body: { status: 'active' } })
  await expect.poll(() => catcher.requests.length).toBe(1)
  await expect
    .poll(async () => (await house.api('GET', `/${hook}/replays/${asked.body['id']}`)).body)
    .toMatchObject({ state: 'done', delivered: 1 })
})

it('runs one range at a time and says which, and limits how many are asked for', async () => {
  const [house, catcher] = await Promise.all([startHouse(), startCatcher()])
  onTestFinished(async () => {
    await catcher.stop()
    await house[Symbol.asyncDispose]()
  })
  const created = await house.api('POST', '', { body: { url: catcher.url, verify: false } })
  const hook = String(created.body['id'])
  // Nobody works, so the first stays as it is.
  const first = await house.api('POST', `/${hook}/replay`, { body: {} })
  expect(first).toMatchObject({ status: 202, body: { count: null } })
  const second = await house.api('POST', `/${hook}/replay`, { body: {} })
  expect(second).toMatchObject({ status: 409, body: { replay: first.body['id'] } })
  const { other: key } = house.keys
  const foreign = await house.api('GET', `/${hook}/replays/${first.body['id']}`, { key })
  expect(foreign.status).toBe(404)
  const unknown = await house.api('POST', `/${hook}/deliveries/msg_none/replay`)
  expect(unknown).toMatchObject({ status: 404, body: { type: expect.stringContaining('no-del') } })
  await house.work()
  await expect
    .poll(async () => (await house.api('GET', `/${hook}/replays/${first.body['id']}`)).body)
    .toMatchObject({ state: 'done' })
  await house.publish()
  await ended(house, 1, 'delivered')
  const path = `/${hook}/deliveries/${ids(catcher)[0]}/replay`
  const answers = await Promise.all(Array.from({ length: 31 }, () => house.api('POST', path)))
  expect(answers.map(({ status }) => status)).toContain(429)
})
