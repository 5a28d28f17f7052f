import { type Catcher, startCatcher } from '@newswire/kit'
import { createSecretBox, systemClock } from '@newswire/runtime'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startHouse, type TestHouse } from '../fixtures/house.js'
import { webhookLimits } from '../limits.js'
import { leaseRowSchema } from '../shard/lease.js'
import { Claims, claimRowSchema } from './idempotency.js'
import { Owned } from './owned.js'
import { Registry } from './registry.js'
import { webhookRowSchema } from './webhook-row.js'

let house: TestHouse
let catcher: Catcher

beforeAll(async () => {
  house = await startHouse()
  catcher = await startCatcher()
})
afterAll(async () => {
  await catcher.stop()
  await house[Symbol.asyncDispose]()
})

const secrets = createSecretBox('a key for the secrets of the tests')
let keys = 0
function newKey(): string {
  keys += 1
  return `key-${keys}`
}

const register = (key: string, body: object = {}, caller = house.keys.admin) =>
  house.api('POST', '', {
    body: { url: catcher.url, ...body },
    headers: { 'idempotency-key': key },
    key: caller,
  })
const count = async () => (await (await endpoints()).rows()).length
const endpoints = () => house.bus.register('endpoints', webhookRowSchema)
const problem = (slug: string) => ({ type: `urn:newswire:problem:${slug}` })

it('a dedupe race on concurrent creates makes one webhook (convoy#2747)', async () => {
  const before = await count()
  const key = newKey()
  const body = { headers: { authorization: 'Basic dXNlcjpwYXNz' } }
  const answers = await Promise.all(Array.from({ length: 12 }, () => register(key, body)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  const made = answers.map(({ body: { id, secret } }) => `${String(id)} ${String(secret)}`)
  expect(new Set(made).size).toBe(1)
  expect(made[0]).toMatch(/^wh_.* whsec_/)
  expect(await count()).toBe(before + 1)
})

it('without a key each request makes its own', async () => {
  const before = await count()
  const body = { url: catcher.url }
  await Promise.all([1, 2, 3].map(() => house.api('POST', '', { body })))
  expect(await count()).toBe(before + 3)
})

it('a key stands for one request of one caller', async () => {
  const key = newKey()
  const { body } = await register(key)
  expect(await register(key, { name: 'Other' })).toMatchObject({
    status: 422,
    body: problem('idempotency-key-reused'),
  })
  const other = await register(key, {}, house.keys.other)
  expect(other.status).toBe(201)
  expect(other.body['id']).not.toBe(body['id'])
})

it('a request that was refused takes no key', async () => {
  const key = newKey()
  for (const refused of [{ filter: { region: ['Germany'] } }, { url: 'https://127.0.0.2' }]) {
    expect((await register(key, refused)).status).toBe(422)
  }
  expect((await register(key, { headers: { host: 'x' } })).status).toBe(422)
  expect((await register(key)).status).toBe(201)
})

it('what a process left behind that died in between is brought to its end', async () => {
  const key = newKey()
  const claims = await house.bus.register('idempotencyKeys', claimRowSchema)
  const caller = await callerOf(house.keys.one)
  const wish = { url: catcher.url }
  await new Claims({ claims, secrets, clock: systemClock }).take(key, wish, caller, 'wh_left')
  const { status, body } = await register(key, {}, house.keys.one)
  expect({ status, id: body['id'] }).toEqual({ status: 201, id: 'wh_left' })
})

it('a deleted webhook does not come back with a request that is late', async () => {
  const key = newKey()
  const { body } = await register(key)
  expect((await house.api('DELETE', `/${String(body['id'])}`)).status).toBe(204)
  expect(await register(key)).toMatchObject({ status: 410, body: problem('webhook-deleted') })
})

it('nor where it is deleted in the very moment of its making', async () => {
  const key = newKey()
  const claims = await house.bus.register('idempotencyKeys', claimRowSchema)
  const keeper = new Claims({ claims, secrets, clock: systemClock })
  const caller = await callerOf(house.keys.one)
  const wish = { url: catcher.url }
  const claim = await keeper.take(key, wish, caller, 'wh_moment')
  const rows = await endpoints()
  const registry = new Registry({
    bus: house.bus,
    leases: await house.bus.register('leases', leaseRowSchema),
    endpoints: {
      ...rows,
      create: async (id, row) => {
        await keeper.end(claim.key)
        return rows.create(id, row)
      },
    },
    ...{ claims, secrets, shards: 1, clock: systemClock, limits: webhookLimits },
    outbound: { refusal: async () => undefined },
    owned: new Owned(rows),
    keyOf: async () => undefined,
  })
  await expect(registry.create(wish, caller, key)).rejects.toMatchObject({ shape: { status: 410 } })
  expect(await rows.get('wh_moment')).toBeUndefined()
})

it('the secret of a rotation is not shown again', async () => {
  const key = newKey()
  const { body } = await register(key)
  expect((await register(key)).body).toEqual(body)
  await house.api('POST', `/${String(body['id'])}/rotate-secret`)
  expect((await register(key)).body).not.toHaveProperty('secret')
})

it('who has a webhook no more is told nothing of it by the key that he made it with', async () => {
  const key = newKey()
  const { body } = await register(key, {}, house.keys.one)
  const path = `/${String(body['id'])}`
  const { keyId: owner } = await callerOf(house.keys.other)
  expect((await house.api('PATCH', path, { body: { owner } })).status).toBe(200)
  const again = await register(key, {}, house.keys.one)
  expect(again).toMatchObject({ status: 404, body: problem('no-webhook') })
  expect(again.body).not.toHaveProperty('secret')
})

it('nothing of the request stands in the register', async () => {
  const key = newKey()
  await register(key, { headers: { authorization: 'Basic tok_idem' } })
  const claims = await house.bus.register('idempotencyKeys', claimRowSchema)
  const text = JSON.stringify(await claims.rows())
  expect(text).not.toContain(key)
  expect(text).not.toContain('tok_idem')
})

it.each(['', 'x'.repeat(256), 'a b', 'ä'])('the key %j is refused', async (key) => {
  expect((await register(key)).status).toBe(400)
})

/** The owner as the rows name it. */
async function callerOf(key: string) {
  const { body } = await house.api('POST', '', { body: { url: catcher.url }, key })
  const row = await (await endpoints()).get(String(body['id']))
  return { keyId: row?.value.owner ?? '', role: 'subscriber', name: 'one' } as const
}
