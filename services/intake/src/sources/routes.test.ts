import { createKeyRing, type HttpServer, keyRowSchema } from '@newswire/http'
import { type FakeWire, startFakeWire, startRedis, type TestServer } from '@newswire/kit'
import { connectStore, type Store } from '@newswire/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { feedOf, type House, openHouse, rawItems } from '../fixtures/house.js'
import { serve } from '../fixtures/served.js'
import { defaultSources, seedSources } from './default-sources.js'

let house: House
let redis: TestServer
let wire: FakeWire
let store: Store
let server: HttpServer
let key: string

beforeAll(async () => {
  ;[house, redis, wire] = await Promise.all([openHouse(), startRedis(), startFakeWire()])
  store = await connectStore({ url: redis.url, bus: house.bus, log: house.log })
  const keyRing = createKeyRing({ keys: await house.bus.register('keys', keyRowSchema) })
  key = (await keyRing.create({ role: 'admin', name: 'admin' })).key
  server = await serve(house, store, keyRing)
})
afterAll(async () => {
  await server.close()
  await store.close()
  await Promise.all([wire.stop(), redis.stop(), house[Symbol.asyncDispose]()])
})

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
const ask = (method: Method, path = '', payload?: object) =>
  server.inject({
    method,
    url: `/api/v1/sources${path}`,
    headers: { authorization: `Bearer ${key}` },
    ...(payload ? { payload } : {}),
  })

describe('/api/v1/sources', () => {
  it('adds a source, polls it and shows what came of it', async () => {
    wire.serve('/a', { body: feedOf([{ id: 1, title: 'x' }]), etag: true })
    const added = await ask('POST', '', { kind: 'rss', url: `${wire.url}/a`, wire: 'na' })
    expect(added.statusCode).toBe(201)
    const { id } = added.json()
    expect(added.headers.location).toBe(`/api/v1/sources/${id}`)
    expect(added.json()).toMatchObject({ wire: 'na', state: 'waiting', intervalSeconds: 600 })
    const polled = await ask('POST', `/${id}/poll`)
    expect(polled.json()).toMatchObject({ result: 'new', published: 1 })
    expect((await ask('GET', `/${id}`)).json()).toMatchObject({
      state: 'ok',
      polls: { polls: 1, entries: 1, seen: 1 },
    })
    expect((await ask('GET')).json().items).toHaveLength(1)
    expect((await rawItems(house.bus)).at(-1)?.value.source).toBe(id)
  })

  it('forgets the validators of an address that is left, not what was seen', async () => {
    wire.serve('/old', { body: feedOf([{ id: 1, title: 'x' }]), etag: true })
    wire.serve('/new', { body: feedOf([{ id: 1, title: 'x' }]), etag: true })
    const { id } = (await ask('POST', '', { kind: 'rss', url: `${wire.url}/old` })).json()
    await ask('POST', `/${id}/poll`)
    const changed = await ask('PATCH', `/${id}`, { url: `${wire.url}/new`, name: 'New' })
    expect(changed.json()).toMatchObject({ name: 'New', polls: { seen: 1 } })
    expect(changed.json().polls).not.toHaveProperty('nextPollAt')
    expect((await ask('POST', `/${id}/poll`)).json()).toMatchObject({ result: 'empty' })
    expect(wire.requests.at(-1)?.headers).not.toHaveProperty('if-none-match')
  })

  it('shows why a source fails and that it is disabled', async () => {
    wire.serve('/broken', { body: '<html></html>' })
    const { id } = (await ask('POST', '', { kind: 'rss', url: `${wire.url}/broken` })).json()
    expect((await ask('POST', `/${id}/poll`)).json()).toMatchObject({
      result: 'failed',
      error: expect.stringMatching(/HTML/),
    })
    expect((await ask('GET', `/${id}`)).json()).toMatchObject({
      state: 'failing',
      polls: { lastError: expect.stringMatching(/HTML/) },
    })
    expect((await ask('PATCH', `/${id}`, { enabled: false })).json().state).toBe('disabled')
  })

  it.each([
    ['an address inside', { kind: 'rss', url: 'http://192.168.1.1/feed' }, 422],
    ['a name that leads inside', { kind: 'rss', url: 'http://localhost.:9/feed' }, 422],
    ['another scheme', { kind: 'rss', url: 'file:///etc/passwd' }, 422],
    ['no address', { kind: 'rss' }, 422],
    ['an unknown kind', { kind: 'carrier-pigeon', url: 'https://example.org/' }, 422],
    ['an unknown field', { kind: 'rss', url: 'https://example.org/', every: 5 }, 422],
    [
      'an interval of nothing',
      { kind: 'rss', url: 'https://example.org/', intervalSeconds: 0 },
      422,
    ],
  ])('refuses %s with a problem that says why', async (_name, body, status) => {
    const answer = await ask('POST', '', body)
    expect(answer.statusCode).toBe(status)
    expect(answer.json().detail).toMatch(/\w+/)
  })

  it('refuses an address twice, an empty change and what does not exist', async () => {
    wire.serve('/twice', { body: feedOf([]) })
    const body = { kind: 'rss', url: `${wire.url}/twice` }
    const { id } = (await ask('POST', '', body)).json()
    const again = await ask('POST', '', body)
    expect([again.statusCode, again.json().id]).toEqual([409, id])
    expect((await ask('PATCH', `/${id}`, {})).statusCode).toBe(422)
    for (const [method, path] of [
      ['GET', '/x'],
      ['DELETE', '/x'],
      ['POST', '/x/poll'],
    ] as const) {
      expect((await ask(method, path)).statusCode).toBe(404)
    }
    expect((await ask('DELETE', `/${id}`)).statusCode).toBe(204)
    expect(await house.positions.get(id)).toBeUndefined()
  })

  it('is for admins alone', async () => {
    expect((await server.inject({ url: '/api/v1/sources' })).statusCode).toBe(401)
  })
})

describe('the default sources', () => {
  it('are made once, and never again after a person deleted one', async () => {
    await seedSources(house, defaultSources)
    const ids = async () => (await house.sources.all()).map(({ id }) => id)
    expect(await ids()).toEqual(expect.arrayContaining(defaultSources.map(({ id }) => id)))
    await ask('PATCH', '/prnewswire', { name: 'Renamed' })
    expect((await ask('DELETE', '/prnewswire-uk')).statusCode).toBe(204)
    await seedSources(house, defaultSources)
    expect(await ids()).not.toContain('prnewswire-uk')
    expect(await house.sources.get('prnewswire')).toMatchObject({ name: 'Renamed' })
  })
})
