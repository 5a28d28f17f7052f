import { createKeyRing, keyRowSchema, newAdminKey } from '@newswire/http'
import { type Catcher, startCatcher } from '@newswire/kit'
import { Webhook } from 'standardwebhooks'
import { expect, it, onTestFinished } from 'vitest'
import { startHouse, type TestHouse } from '../fixtures/house.js'

async function setUp() {
  const [house, catcher] = await Promise.all([startHouse(), startCatcher()])
  onTestFinished(async () => {
    await catcher.stop()
    await house[Symbol.asyncDispose]()
  })
  const keys = await house.bus.register('keys', keyRowSchema)
  const revoke = (key: string) => createKeyRing({ keys }).revoke(idOf(key))
  return { house, catcher, keys, revoke }
}

const idOf = (key: string) => key.split('_')[1] ?? ''

async function register(house: TestHouse, catcher: Catcher, key: string, body: object = {}) {
  const answer = await house.api('POST', '', { key, body: { url: catcher.url, ...body } })
  expect(answer.status).toBe(201)
  return answer.body as { id: string; secret: string }
}

const shown = async (house: TestHouse, id: string) => (await house.api('GET', `/${id}`)).body
const untilActive = (house: TestHouse, id: string) =>
  expect.poll(async () => (await shown(house, id))['status']).toBe('active')
const told = (catcher: Catcher, type: string) =>
  catcher.events().filter((event) => event.type === type)

it('stops with its key, says so, and loses nothing to the key that it is handed to', async () => {
  const { house, catcher, revoke } = await setUp()
  const { one, other } = house.keys
  await house.work()
  const { id, secret } = await register(house, catcher, one)
  await untilActive(house, id)
  await house.publish({ id: 'na-before' })
  await expect.poll(() => told(catcher, 'item.published')).toHaveLength(1)

  expect(await revoke(one)).toBe(true)
  await expect
    .poll(() => shown(house, id))
    .toMatchObject({
      status: 'disabled',
      reason: expect.stringContaining('key was revoked'),
      disabled: { because: 'revoked', missed: 0, told: { answer: 'HTTP 204' } },
    })
  const [notice] = told(catcher, 'webhook.disabled')
  const { headers, body } = notice?.request ?? { headers: {}, body: '' }
  expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
    data: { webhook: id, reason: expect.stringContaining('revoked') },
  })
  await house.publish({ id: 'na-missed' })
  await expect
    .poll(async () => (await house.ledger()).filter(({ result }) => result === 'failed').length)
    .toBe(1)

  const alone = await house.api('PATCH', `/${id}`, { body: { status: 'active' } })
  expect(alone).toMatchObject({ status: 409, body: { type: 'urn:newswire:problem:key-revoked' } })
  const handed = { status: 'active', owner: idOf(other) }
  expect((await house.api('PATCH', `/${id}`, { body: handed })).status).toBe(200)
  await untilActive(house, id)
  const mine = await house.api('GET', `/${id}`, { key: other })
  expect(mine).toMatchObject({ status: 200, body: { owner: idOf(other), disabled: null } })
  await house.api('POST', `/${id}/replay`, { key: other, body: {} })
  await expect.poll(() => told(catcher, 'item.published')).toHaveLength(2)
  expect(told(catcher, 'item.published')[1]?.data['uri']).toBe('urn:newswire:na-missed')
  expect(told(catcher, 'webhook.disabled')).toHaveLength(1)
})

it('stops where its key was revoked while nobody worked, told once by two workers', async () => {
  const { house, catcher, revoke } = await setUp()
  const worker = await house.work()
  const { id } = await register(house, catcher, house.keys.one)
  const spared = await register(house, catcher, house.keys.other)
  for (const each of [id, spared.id]) await untilActive(house, each)
  await worker.stop()
  await revoke(house.keys.one)
  await house.publish()
  await Promise.all([house.work({ instance: 'a' }), house.work({ instance: 'b' })])
  await expect
    .poll(() => shown(house, id), { timeout: 10_000 })
    .toMatchObject({ disabled: { because: 'revoked', told: { answer: 'HTTP 204' } } })
  await expect.poll(async () => (await house.ledger()).length).toBe(2)
  expect(told(catcher, 'item.published').length).toBeLessThanOrEqual(2)
  expect(await shown(house, spared.id)).toMatchObject({ status: 'active', disabled: null })
  expect(told(catcher, 'webhook.disabled')).toHaveLength(1)
})

it('never calls an address that has not answered its challenge, not even to say so', async () => {
  const { house, catcher, revoke } = await setUp()
  catcher.answer(() => ({ status: 500 }))
  await house.work({ limits: { verifyPausesMs: [3_600_000] } })
  const { id } = await register(house, catcher, house.keys.one)
  await expect.poll(() => catcher.requests.length).toBe(1)
  await revoke(house.keys.one)
  await expect.poll(() => shown(house, id)).toMatchObject({ disabled: { because: 'revoked' } })
  await house.publish()
  const { id: proof } = await register(house, catcher, house.keys.admin, { verify: false })
  await house.publish({ id: 'na-2' })
  await expect
    .poll(async () => (await house.ledger()).map((each) => each.endpoint))
    .toContain(proof)
  expect(told(catcher, 'webhook.disabled')).toEqual([])
})

it("of an admin stops with a revoked key, and outlives the rotation of the house's own", async () => {
  const { house, catcher, keys, revoke } = await setUp()
  await house.work()
  const first = await newAdminKey({ keys })
  const verify = false
  const kept = await register(house, catcher, first.key, { verify })
  const colleague = await createKeyRing({ keys }).create({ role: 'admin', name: 'colleague' })
  const ended = await register(house, catcher, colleague.key, { verify })
  await newAdminKey({ keys })
  await revoke(colleague.key)
  await expect.poll(() => shown(house, ended.id)).toMatchObject({ status: 'disabled' })
  await house.publish({ rights: 'private' })
  await expect.poll(() => told(catcher, 'item.published')).toHaveLength(1)
  await expect.poll(async () => (await house.ledger()).length).toBe(2)
  expect(told(catcher, 'item.published')).toHaveLength(1)
  expect(await shown(house, kept.id)).toMatchObject({ status: 'active', owner: first.id })
})

it('is handed over by admins alone, to a key that stands, and sees no more than before', async () => {
  const { house, catcher } = await setUp()
  const { one, other, admin } = house.keys
  const { id } = await register(house, catcher, one)
  const hand = (owner: string, key = admin) =>
    house.api('PATCH', `/${id}`, { key, body: { owner } })
  expect((await hand(idOf(other), one)).status).toBe(403)
  const unknown = await hand('nobody')
  expect(unknown).toMatchObject({ status: 422, body: { type: expect.stringMatching('unknown-o') } })
  expect((await hand(idOf(admin))).status).toBe(200)
  expect((await house.api('GET', `/${id}`, { key: one })).status).toBe(404)
  await house.work()
  await untilActive(house, id)
  await house.publish({ id: 'na-private', rights: 'private' })
  await house.publish({ id: 'na-public' })
  await expect.poll(() => told(catcher, 'item.published')).toHaveLength(1)
  expect(told(catcher, 'item.published')[0]?.data['uri']).toBe('urn:newswire:na-public')
})
