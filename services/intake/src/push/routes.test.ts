import { connectBus } from '@newswire/bus'
import { createKeyRing, type HttpServer, keyRowSchema } from '@newswire/http'
import { fixture, startRedis, type TestServer } from '@newswire/kit'
import { normalizedItem } from '@newswire/model/testing'
import { connectStore, createItemsProjector, type Store } from '@newswire/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../fixtures/house.js'
import { serve } from '../fixtures/served.js'

type Answer = Awaited<ReturnType<HttpServer['inject']>>

let house: House
let redis: TestServer
let store: Store
let server: HttpServer
const keys: Record<string, string> = {}

beforeAll(async () => {
  ;[house, redis] = await Promise.all([openHouse(), startRedis()])
  store = await connectStore({ url: redis.url, bus: house.bus, log: house.log })
  const keyRing = createKeyRing({ keys: await house.bus.register('keys', keyRowSchema) })
  for (const [name, role] of [
    ['admin', 'admin'],
    ['wire', 'ingest'],
    ['other', 'ingest'],
    ['reader', 'subscriber'],
  ] as const) {
    keys[name] = (await keyRing.create({ role, name })).key
  }
  server = await serve(house, store, keyRing)
})
afterAll(async () => {
  await server.close()
  await store.close()
  await redis.stop()
  await house[Symbol.asyncDispose]()
})

const authorization = (key: string) => ({ authorization: `Bearer ${keys[key] ?? key}` })
const push = (
  payload: string | Buffer,
  headers: Record<string, string> = {},
  key = 'wire',
): Promise<Answer> =>
  server.inject({
    method: 'POST',
    url: '/api/v1/items',
    payload,
    headers: { 'content-type': 'text/plain', ...authorization(key), ...headers },
  })
const receipt = (name: string, key = 'wire') =>
  server.inject({ url: `/api/v1/receipts/${name}`, headers: authorization(key) })

describe('POST /api/v1/items', () => {
  it('answers 202 with a receipt once the text is in stream RAW', async () => {
    const answer = await push(fixture('chongqing.txt'))
    expect(answer.statusCode).toBe(202)
    const name = answer.json().receipt
    expect(answer.headers.location).toBe(`/api/v1/receipts/${name}`)
    const stored = await house.bus.read('item.raw', Number.parseInt(name, 36))
    expect(stored?.value).toMatchObject({
      source: 'push',
      door: 'push',
      contentType: 'text/plain',
      body: fixture('chongqing.txt'),
    })
    expect((await receipt(name)).json()).toEqual({ state: 'accepted' })
  })

  it('takes ninjs and texts of other charsets', async () => {
    const ninjs = await push('{"headline":"Acme"}', { 'content-type': 'application/json' })
    expect(ninjs.statusCode).toBe(202)
    const latin = await push(Buffer.from([0x4b, 0xf6, 0x6c, 0x6e]), {
      'content-type': 'text/plain; charset=iso-8859-1',
    })
    const stored = await house.bus.read('item.raw', Number.parseInt(latin.json().receipt, 36))
    expect(stored?.value.body).toBe('Köln')
  })

  it.each([
    ['a list', '[]', 'application/json', 400],
    ['broken JSON', '{', 'application/json', 400],
    ['JSON of another kind', '{"a":1}', 'application/json', 422],
    ['an empty text', '', 'text/plain', 422],
    ['XML of another kind', '<a/>', 'application/xml', 422],
    ['a web page under a wrong name', '<html/>', 'application/xml', 422],
    ['an unknown type', 'a', 'application/x-unknown', 415],
    ['more than 1 MiB', 'x'.repeat(1_048_577), 'text/plain', 413],
  ])('refuses %s with a problem', async (_name, payload, type, status) => {
    const answer = await push(payload, { 'content-type': type })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.json()).toMatchObject({ status, detail: expect.stringMatching(/\w+/) })
  })

  it('asks for a key that is known and may push', async () => {
    const bare = await server.inject({ method: 'POST', url: '/api/v1/items', payload: 'x' })
    expect(bare.statusCode).toBe(401)
    expect((await push('x', {}, 'nw_nobody')).statusCode).toBe(401)
    expect((await push('x', {}, 'reader')).statusCode).toBe(403)
    expect((await push('text of an admin', {}, 'admin')).statusCode).toBe(202)
  })

  it('gives each news item of a message its own receipt, and the same ones to a repeat', async () => {
    const item = (guid: string) => `<newsItem guid="${guid}"><itemMeta/></newsItem>`
    const message = `<newsMessage><itemSet>${item('a')}${item('b')}</itemSet></newsMessage>`
    const headers = { 'content-type': 'application/xml', 'idempotency-key': 'two-at-once' }
    const answer = await push(message, headers)
    expect(answer.statusCode).toBe(202)
    const { receipt: first, receipts } = answer.json()
    expect(receipts).toHaveLength(2)
    expect(receipts[0]).toBe(first)
    const raws = await Promise.all(
      receipts.map((name: string) => house.bus.read('item.raw', Number.parseInt(name, 36))),
    )
    expect(raws.map((raw) => raw?.value.body)).toEqual([
      `<newsMessage><itemSet>${item('a')}</itemSet></newsMessage>`,
      `<newsMessage><itemSet>${item('b')}</itemSet></newsMessage>`,
    ])
    expect((await push(message, headers)).json()).toEqual({ receipt: first, receipts })
  })

  it('stores the rest of a message whose first push failed half-way', async () => {
    const story = { id: '1', url: 'https://www.presseportal.de/pm/1/1', title: 'A', body: 'B' }
    const stories = ['1', '2'].map((id) => ({ ...story, id, company: { id, name: 'C' } }))
    const answer = JSON.stringify({ success: '1', content: { story: stories } })
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'half-way' }
    const bus = { ...house.bus, publish: house.bus.publish }
    let count = 0
    bus.publish = (...args) => {
      count += 1
      if (count === 2) throw new Error('The connection is gone.')
      return house.bus.publish(...args)
    }
    const keyRing = createKeyRing({ keys: await house.bus.register('keys', keyRowSchema) })
    await using shaky = await serve({ ...house, bus }, store, keyRing)
    const options = {
      method: 'POST',
      url: '/api/v1/items',
      payload: answer,
      headers: { ...authorization('wire'), ...headers },
    } as const
    const lastBefore = (await house.bus.streams()).find(({ stream }) => stream === 'RAW')
    expect((await shaky.inject(options)).statusCode).toBe(500)
    expect((await shaky.inject(options)).json().receipts).toHaveLength(2)
    const lastAfter = (await house.bus.streams()).find(({ stream }) => stream === 'RAW')
    expect((lastAfter?.lastSequence ?? 0) - (lastBefore?.lastSequence ?? 0)).toBe(2)
  })

  it('gives the first receipt again for the same Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'order-66' }
    const first = await push('the same text', headers)
    const second = await push('the same text', headers)
    expect(second.json()).toEqual(first.json())
    expect((await push('another text', headers)).statusCode).toBe(409)
    expect((await push('the same text', headers, 'other')).json()).not.toEqual(first.json())
    expect((await push('x', { 'idempotency-key': 'a b' })).statusCode).toBe(400)
  })
})

describe('a push that the bus refuses', () => {
  it('is answered with 507 where the stream is full', async () => {
    await using small = await openHouse({ RAW: { bytesMax: 20_000 } })
    const keyRing = createKeyRing({ keys: await small.bus.register('keys', keyRowSchema) })
    const { key } = await keyRing.create({ role: 'ingest', name: 'wire' })
    await using narrow = await serve(small, store, keyRing)
    const answer = await narrow.inject({
      method: 'POST',
      url: '/api/v1/items',
      payload: 'x'.repeat(100_000),
      headers: { 'content-type': 'text/plain', authorization: `Bearer ${key}` },
    })
    expect(answer.statusCode).toBe(507)
  })

  it('is answered with 503 and Retry-After where the bus is down', async () => {
    await using lost = await openHouse()
    await lost.nats.kill()
    const bus = lost.bus
    const keyRing = createKeyRing({ keys: await house.bus.register('keys', keyRowSchema) })
    const registers = { register: house.bus.register.bind(house.bus) }
    await using cut = await serve({ ...lost, bus: { ...bus, ...registers } }, store, keyRing)
    const answer = await cut.inject({
      method: 'POST',
      url: '/api/v1/items',
      payload: 'x',
      headers: { 'content-type': 'text/plain', ...authorization('wire') },
    })
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toMatch(/^\d+$/)
  }, 60_000)
})

describe('GET /api/v1/receipts/{receipt}', () => {
  it('is for the key that pushed and for admins', async () => {
    const name = (await push('a receipt of my own')).json().receipt
    expect((await receipt(name)).statusCode).toBe(200)
    expect((await receipt(name, 'admin')).statusCode).toBe(200)
    expect((await receipt(name, 'other')).statusCode).toBe(404)
    expect((await receipt(name, 'reader')).statusCode).toBe(403)
  })

  it('is not found by counting', async () => {
    const name: string = (await push('a receipt to guess')).json().receipt
    const [position, check] = name.split('-')
    const next = (Number.parseInt(position ?? '', 36) - 1).toString(36)
    for (const guess of [`${next}-${check}`, `${position}-${'A'.repeat(22)}`, '1', 'x-y', '0-']) {
      expect((await receipt(guess, 'admin')).statusCode).toBe(404)
    }
  })

  it('tells what the normalizer said of a text that made no version', async () => {
    const name: string = (await push('nothing new')).json().receipt
    const rawSequence = Number.parseInt(name, 36)
    const fact = {
      rawSequence,
      state: 'unchanged',
      id: 'na-1',
      version: 2,
      reason: 'same',
    } as const
    await house.bus.publish('receipt', fact, { rawSequence }, { id: `receipt:${rawSequence}` })
    const { rawSequence: _raw, ...shown } = fact
    expect((await receipt(name)).json()).toEqual(shown)
  })

  it('tells of the version that a text became, and of one that waits for its instant', async () => {
    const worker = createItemsProjector({ url: redis.url, bus: house.bus, log: house.log })
    const running = await worker.start({ fail: () => undefined })
    const become = async (id: string, embargoUntil?: string, via?: string) => {
      const name: string = (await push(`the text of ${id}`)).json().receipt
      const precedence = { rawSequence: Number.parseInt(name, 36), contentHash: id }
      const lineage = [{ version: 1, ...precedence, ...(via ? { via } : {}) }]
      const embargo = embargoUntil ? { embargoUntil } : {}
      const item = normalizedItem({ id, precedence, lineage, ...embargo })
      await house.bus.publish('item.normalized', item, item, { id: `${id}:1`, expect: 0 })
      return name
    }
    const plain = await become('na-100')
    await expect
      .poll(async () => (await receipt(plain)).json())
      .toEqual({ state: 'normalized', id: 'na-100', version: 1 })
    const held = await become('na-101', '2099-01-01T00:00:00Z')
    await expect
      .poll(async () => (await receipt(held)).json())
      .toMatchObject({ state: 'held', id: 'na-101', version: 1 })
    expect((await receipt(held, 'other')).statusCode).toBe(404)
    const notice = await become('na-102', '2099-01-01T00:00:00Z', 'na-900')
    await expect
      .poll(async () => (await receipt(notice)).json())
      .toEqual({ state: 'held', reason: 'The release that it speaks of is under embargo.' })
    await running.stop()
  })

  it('tells why the normalizer gave up', async () => {
    await using other = await connectBus({
      url: house.nats.url,
      name: 'normalizer',
      log: house.log,
      redeliveryDelaysMs: [1],
    })
    const subscription = await other.subscribe({
      fact: 'item.raw',
      group: 'normalizer',
      concurrency: 1,
      handle: async ({ value }) => {
        if (value.body === 'hopeless') throw new Error('This says nothing.')
      },
    })
    const name: string = (await push('hopeless')).json().receipt
    await expect
      .poll(async () => (await receipt(name)).json(), { timeout: 10_000 })
      .toEqual({ state: 'dead', reason: 'This says nothing.' })
    await subscription.stop()
  }, 20_000)
})
