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
    ['a drop folder with a path', { kind: 'drop', url: 'drop:../etc' }, 422],
    ['a drop folder of our own', { kind: 'drop', url: 'drop:done' }, 422],
    ['an API without its key', { kind: 'presseportal-api', url: 'https://api.example.org/' }, 422],
    [
      'an API whose address holds the key',
      { kind: 'presseportal-api', url: 'https://api.example.org/?api_key=x', key: 'x' },
      422,
    ],
    ['a key for a feed', { kind: 'rss', url: 'https://example.org/', key: 'x' }, 422],
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

  it('keeps the key of an API to itself', async () => {
    const path = '/api/article/all/1'
    wire.serve(path, { body: '{"success":"0","error":{"code":"101","msg":"no"}}' })
    const body = { kind: 'presseportal-api', url: wire.url + path, key: 'geheim' }
    const added = await ask('POST', '', body)
    expect(added.json()).toMatchObject({ hasKey: true, kind: 'presseportal-api', wire: 'na' })
    const { id } = added.json()
    expect((await ask('POST', `/${id}/poll`)).json().error).toMatch(/101/)
    expect((await ask('PATCH', `/${id}`, { key: 'geheim2' })).json().hasKey).toBe(true)
    await ask('POST', `/${id}/poll`)
    expect(wire.requests.at(-1)?.path).toContain('api_key=geheim2&')
    expect((await ask('PATCH', `/${id}`, { url: 'https://x.example/?api_key=1' })).statusCode).toBe(
      422,
    )
    const shown = [added.body, (await ask('GET')).body, (await ask('GET', `/${id}`)).body]
    const kept = [await house.sources.all(), await house.positions.all(), house.lines]
    expect(JSON.stringify([shown, kept])).not.toContain('geheim')
  })

  it('refuses to send the key of an API to another host than it was given for', async () => {
    const [kind, path] = ['presseportal-api', '/api/article/all/2']
    const body = { kind, url: wire.url + path, key: 'geheim' }
    const { id } = (await ask('POST', '', body)).json()
    const url = `http://127.0.0.2:9${path}`
    const refused = await ask('PATCH', `/${id}`, { url })
    expect([refused.statusCode, refused.json().detail]).toEqual([
      422,
      expect.stringMatching(/^key: /),
    ])
    expect((await ask('PATCH', `/${id}`, { url: `${wire.url}/api/other` })).statusCode).toBe(200)
  })

  it('refuses to give a source the address of another one', async () => {
    const { id } = (await ask('POST', '', { kind: 'rss', url: `${wire.url}/one` })).json()
    const other = (await ask('POST', '', { kind: 'rss', url: `${wire.url}/two` })).json()
    const twice = await ask('PATCH', `/${id}`, { url: `${wire.url}/two#top` })
    expect([twice.statusCode, twice.json().id]).toEqual([409, other.id])
    expect((await ask('PATCH', `/${id}`, { url: `${wire.url}/one` })).statusCode).toBe(200)
  })

  it('takes addresses that differ in their fragment for one', async () => {
    const added = await ask('POST', '', { kind: 'rss', url: `${wire.url}/part#a` })
    expect(added.json().url).toBe(`${wire.url}/part`)
    const again = await ask('POST', '', { kind: 'rss', url: `${wire.url}/part#b` })
    expect(again.statusCode).toBe(409)
  })

  it('reads an address anew that was deleted while it was polled', async () => {
    wire.serve('/back', { body: feedOf([{ id: 1, title: 'x' }]), etag: true })
    const body = { kind: 'rss', url: `${wire.url}/back` }
    const { id } = (await ask('POST', '', body)).json()
    await ask('POST', `/${id}/poll`)
    const left = await house.positions.get(id)
    await ask('DELETE', `/${id}`)
    await house.positions.change(id, (position) => ({ ...position, ...left }))
    await ask('POST', '', body)
    expect((await ask('POST', `/${id}/poll`)).json()).toMatchObject({ result: 'new' })
  })

  it('adds a folder of the drop folder, which is not polled', async () => {
    const body = { kind: 'drop', url: 'drop:desk', wire: 'na', rights: 'teaser' }
    const added = await ask('POST', '', body)
    expect(added.json()).toMatchObject({ url: 'drop:desk', name: 'desk', state: 'ok' })
    const { id } = added.json()
    expect((await ask('POST', `/${id}/poll`)).statusCode).toBe(422)
    expect((await ask('POST', '', body)).statusCode).toBe(409)
    expect((await ask('PATCH', `/${id}`, { url: 'https://example.org/' })).statusCode).toBe(422)
    expect((await ask('PATCH', `/${id}`, { url: 'drop:other' })).json().url).toBe('drop:other')
  })

  it('says when it comes next, at what interval and why', async () => {
    wire.serve('/said', { body: feedOf([{ id: 1, title: 'x' }]) })
    const { id } = (await ask('POST', '', { kind: 'rss', url: `${wire.url}/said` })).json()
    expect((await ask('GET', `/${id}`)).json()).toMatchObject({
      state: 'waiting',
      reason: expect.stringMatching(/not polled yet/),
    })
    await ask('POST', `/${id}/poll`)
    expect((await ask('GET', `/${id}`)).json()).toMatchObject({
      state: 'ok',
      nextPollAt: expect.stringMatching(/^20/),
      lastItemAt: expect.stringMatching(/^20/),
      interval: {
        seconds: expect.any(Number),
        because: expect.stringContaining('intervalSeconds'),
      },
    })
  })

  it('stops at 410, shows it as gone, and tries again when a person enables it', async () => {
    wire.serve('/gone', { status: 410 })
    const { id } = (await ask('POST', '', { kind: 'rss', url: `${wire.url}/gone` })).json()
    await ask('POST', `/${id}/poll`)
    expect((await ask('GET', `/${id}`)).json()).toMatchObject({
      state: 'gone',
      enabled: false,
      reason: expect.stringMatching(/410/),
    })
    wire.serve('/gone', { body: feedOf([]) })
    expect((await ask('PATCH', `/${id}`, { enabled: true })).json()).not.toHaveProperty('goneAt')
    await ask('POST', `/${id}/poll`)
    expect((await ask('GET', `/${id}`)).json().state).toBe('ok')
  })

  it('shows both addresses of a source that has moved for good', async () => {
    wire.serve('/from', { status: 301, headers: { location: '/to' } })
    wire.serve('/to', { body: feedOf([]) })
    const { id } = (await ask('POST', '', { kind: 'rss', url: `${wire.url}/from` })).json()
    for (let n = 0; n < 3; n += 1) await ask('POST', `/${id}/poll`)
    const urls = { url: `${wire.url}/to`, movedFrom: `${wire.url}/from` }
    expect((await ask('GET', `/${id}`)).json()).toMatchObject(urls)
  })

  it('does not even let a person poll before Retry-After is over', async () => {
    wire.serve('/later', { status: 429, headers: { 'retry-after': '600' } })
    const { id } = (await ask('POST', '', { kind: 'rss', url: `${wire.url}/later` })).json()
    await ask('POST', `/${id}/poll`)
    const before = wire.requests.length
    const refused = await ask('POST', `/${id}/poll`)
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(590)
    expect(wire.requests).toHaveLength(before)
    expect((await ask('GET', `/${id}`)).json()).toMatchObject({
      state: 'failing',
      interval: { because: expect.stringContaining('Retry-After') },
    })
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
