import { type Bus, connectBus, type Register } from '@newswire/bus'
import {
  addRoutes,
  createKeyRing,
  createServer,
  type HttpServer,
  type KeyRing,
  keyRowSchema,
} from '@newswire/http'
import { quietLog, startNats, type TestServer } from '@newswire/kit'
import { type FeedToken, feedTokenSchema, type Source, sourceSchema } from '@newswire/model'
import { createMetrics, systemClock } from '@newswire/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFeedTokens, type FeedTokens } from './feed-tokens.js'
import { feedTokenLimits } from './new-token.js'

let nats: TestServer
let bus: Bus
let rows: Register<FeedToken>
let sources: Register<Source>
let tokens: FeedTokens
let server: HttpServer
let keyRing: KeyRing
let adminKey: string
const { log } = quietLog()
const metrics = createMetrics()

beforeAll(async () => {
  nats = await startNats()
  bus = await connectBus({ url: nats.url, name: 'feed tokens', log })
  rows = await bus.register('feedTokens', feedTokenSchema)
  sources = await bus.register('sources', sourceSchema)
  for (const id of ['inside', 'other']) await sources.put(id, sourceOf(id))
  keyRing = createKeyRing({ keys: await bus.register('keys', keyRowSchema) })
  adminKey = (await keyRing.create({ role: 'admin', name: 'desk' })).key
  tokens = createFeedTokens({ tokens: rows, sources, bus, clock: systemClock })
  server = await createServer({
    ...{ log, metrics, keyRing },
    health: async () => ({ ready: true, parts: {} }),
    cookieSecret: 'a secret for the tests of feed tokens',
  })
  await addRoutes(server, tokens.routes)
})
afterAll(async () => {
  await server.close()
  await bus.close()
  await nats.stop()
})

function sourceOf(id: string): Source {
  const url = `https://${id}.example.org/feed`
  const more = { intervalSeconds: 600, enabled: true } as const
  return { id, kind: 'rss', name: id, url, wire: id, rights: 'private', ...more }
}

const path = '/api/v1/feed-tokens'
async function call(
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  payload?: object,
  key = adminKey,
) {
  const headers = { authorization: `Bearer ${key}` }
  const answer = await server.inject({ method, url, headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, text: answer.body, body: () => JSON.parse(answer.body) }
}
async function make(own: object = {}): Promise<{ id: string; token: string }> {
  const answer = await call('POST', path, { name: 'reader', sources: ['inside'], ...own })
  expect(answer.status, answer.text).toBe(201)
  return answer.body()
}

test('a token is shown once, opens its sources and is kept as a hash only', async () => {
  const made = await make({ sources: ['other', 'inside', 'other'] })
  expect(made).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
    token: expect.stringMatching(/^nwf_[\w-]{43}$/),
    name: 'reader',
    sources: ['inside', 'other'],
    createdAt: expect.any(String),
  })
  expect(await tokens.find(made.token)).toEqual({ id: made.id, sources: ['inside', 'other'] })
  const secret = made.token.slice('nwf_'.length)
  expect(JSON.stringify(await rows.rows())).not.toContain(secret)
  const list = await call('GET', path)
  expect(list.body().items).toContainEqual(expect.objectContaining({ id: made.id, name: 'reader' }))
  expect(list.text).not.toContain(secret)
  expect(list.text).not.toContain('hash')
})

test('one for all sources stays one for all, also those to come', async () => {
  const { id, token } = await make({ sources: 'all' })
  expect(await tokens.find(token)).toEqual({ id, sources: 'all' })
})

test('a revoked token opens nothing from the next request on, in any process', async () => {
  const elsewhere = createFeedTokens({ tokens: rows, sources, bus, clock: systemClock })
  const { id, token } = await make()
  expect(await elsewhere.find(token)).toBeDefined()
  expect((await call('DELETE', `${path}/${id}`)).status).toBe(204)
  expect(await tokens.find(token)).toBeUndefined()
  expect(await elsewhere.find(token)).toBeUndefined()
  const again = await call('DELETE', `${path}/${id}`)
  expect(again.status).toBe(404)
  expect(again.body().type).toBe('urn:newswire:problem:unknown-feed-token')
})

test.each(['', 'nwf_', 'nwf_*', `nwf_${'a'.repeat(43)}`, 'x'.repeat(10_000), '>', 'a b'])(
  'the text %j opens nothing',
  async (text) => {
    expect(await tokens.find(text)).toBeUndefined()
    expect((await call('DELETE', `${path}/${encodeURIComponent(text.slice(0, 50))}`)).status).toBe(
      404,
    )
  },
)

test('a token that differs in one sign opens nothing', async () => {
  const { token } = await make()
  const last = token.endsWith('A') ? 'E' : 'A'
  for (const text of [`${token.slice(0, -1)}${last}`, token.toUpperCase(), ` ${token}`]) {
    expect(await tokens.find(text)).toBeUndefined()
  }
})

test('a row that only begins like the token opens nothing', async () => {
  const { id, token } = await make()
  const row = (await rows.get(id))?.value
  if (row === undefined) throw new Error('the row is missing')
  await rows.put(id, { ...row, hash: `${id}${'0'.repeat(48)}` })
  expect(await tokens.find(token)).toBeUndefined()
})

test.each([
  [400, { name: 'x', sources: ['nobody', 'inside'] }, /^No source has the id "nobody"\./],
  [422, { name: 'x', sources: [] }, /^Give "sources" as "all", or/],
  [422, { name: 'x', sources: 'some' }, /^Give "sources" as/],
  [422, { name: 'x' }, /^Give "sources" as/],
  [422, { name: ' ', sources: 'all' }, /^Give "name" as a text of 1 to 100/],
  [422, { name: 'x'.repeat(feedTokenLimits.nameCharsMax + 1), sources: 'all' }, /^Give "name"/],
  [422, { name: 'x', sources: 'all', token: 'nwf_mine' }, /and nothing else\./],
  [422, [], /and nothing else\./],
])('it answers %i to %j, with a sentence', async (status, wanted, sentence) => {
  const answer = await call('POST', path, wanted)
  expect(answer.status).toBe(status)
  expect(answer.body().detail).toMatch(sentence)
})

test.each(['subscriber', 'ingest'] as const)(
  'a key of role %s makes and sees none',
  async (role) => {
    const { key } = await keyRing.create({ role, name: 'r' })
    const { id } = await make()
    const wanted = { name: 'mine', sources: 'all' }
    expect((await call('POST', path, wanted, key)).status).toBe(403)
    expect((await call('GET', path, undefined, key)).status).toBe(403)
    expect((await call('DELETE', `${path}/${id}`, undefined, key)).status).toBe(403)
    expect((await server.inject({ method: 'POST', url: path, payload: wanted })).statusCode).toBe(
      401,
    )
  },
)

test('who made and revoked which is in the audit, without the token', async () => {
  const caller = await keyRing.find(adminKey)
  const { id, token } = await make({ name: 'audited' })
  await call('DELETE', `${path}/${id}`)
  const facts: object[] = []
  for await (const { value } of bus.history('audit', { actor: caller?.keyId ?? '' })) {
    if (value.subject === id) facts.push(value)
  }
  expect(facts).toMatchObject([
    { action: 'feed-token.create', detail: { name: 'audited', sources: ['inside'] } },
    { action: 'feed-token.revoke', detail: null },
  ])
  expect(JSON.stringify(facts)).not.toContain(token)
})
