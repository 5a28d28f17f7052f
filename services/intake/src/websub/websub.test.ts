import { createKeyRing, type HttpServer, keyRowSchema } from '@newswire/http'
import { connectJobs, type Jobs } from '@newswire/jobs'
import { type FakeWire, startFakeWire, startRedis, type TestServer } from '@newswire/kit'
import type { RunningWorker } from '@newswire/runtime'
import { connectStore, type Store } from '@newswire/store'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { feedOf, flushAll, type House, openHouse, rawItems, sourceAt } from '../fixtures/house.js'
import { type HubRequest, type LittleHub, startHub } from '../fixtures/hub.js'
import { serve } from '../fixtures/served.js'
import { createSubscriber } from './subscriber.js'

let house: House
let redis: TestServer
let wire: FakeWire
let jobs: Jobs
let store: Store
let server: HttpServer
let hub: LittleHub
let running: RunningWorker
let key: string
let number = 0
let skewMs = 0
const clock = { now: () => new Date(Date.now() + skewMs) }
const publicUrl = 'https://newswire.example.org'

beforeAll(async () => {
  const options = { clock, publicUrl, gapMs: 0 }
  ;[house, redis, wire] = await Promise.all([openHouse({}, options), startRedis(), startFakeWire()])
  jobs = await connectJobs({ url: redis.url, log: house.log })
  store = await connectStore({ url: redis.url, bus: house.bus, log: house.log })
  const keyRing = createKeyRing({ keys: await house.bus.register('keys', keyRowSchema) })
  key = (await keyRing.create({ role: 'admin', name: 'admin' })).key
  server = await serve(house, store, keyRing)
  hub = await startHub(server)
  const worker = createSubscriber({ ...house, jobs, publicUrl, userAgent: 'x', reconcileMs: 100 })
  running = await worker.start({
    fail(error) {
      throw error
    },
  })
})
afterAll(async () => {
  await running.stop()
  await hub[Symbol.asyncDispose]()
  await server.close()
  await store.close()
  await jobs.close()
  await Promise.all([wire.stop(), redis.stop(), house[Symbol.asyncDispose]()])
})
beforeEach(() => {
  number += 1
})

const topic = () => `https://feeds.example.org/${number}.rss`
const items = (...ids: number[]) => ids.map((id) => ({ id: number * 100 + id, title: `Nr. ${id}` }))
const withHub = (feed: string) =>
  feed.replace(
    '<title>Alle',
    `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="${hub.url}"/>
    <atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="${topic()}"/><title>Alle`,
  )
const requestsOf = () => hub.requests().filter((request) => request.topic === topic())
const lastOf = (mode: string) => requestsOf().findLast((request) => request.mode === mode)
const raws = async (id: string) =>
  (await rawItems(house.bus)).filter(({ value }) => value.source === id)
const shown = async (id: string) => {
  const headers = { authorization: `Bearer ${key}` }
  return (await server.inject({ url: `/api/v1/sources/${id}`, headers })).json()
}

/** A source whose feed advertises the hub, polled once; gives what the hub was asked. */
async function advertised(fields = {}) {
  wire.serve(`/${number}`, { body: withHub(feedOf(items(1))) })
  const source = sourceAt(`${wire.url}/${number}`, { id: `hub-${number}`, ...fields })
  await house.sources.create(source)
  await house.poller.poll(source)
  await expect.poll(() => lastOf('subscribe')).toBeDefined()
  return { source, request: lastOf('subscribe') as HubRequest }
}

async function subscribed(fields = {}) {
  const { source, request } = await advertised(fields)
  expect(await hub.confirm(request)).toEqual({ status: 200, body: 'a challenge' })
  return { source, request }
}

describe('a source whose feed advertises a hub', () => {
  it('is subscribed to, with a callback that nobody can guess and a secret that is kept sealed', async () => {
    const { source, request } = await advertised()
    expect(request.callback.href).toMatch(/^https:\/\/newswire\.example\.org\/websub\/[\w-]{50,}$/)
    expect(request.secret.length).toBeGreaterThanOrEqual(32)
    expect(request.leaseSeconds).toBe(864_000)
    expect(JSON.stringify(await house.subscriptions.get(source.id))).not.toContain(request.secret)
    expect(await shown(source.id)).toMatchObject({ hub: { state: 'asked', url: `${hub.url}/` } })
    await hub.confirm(request)
    const { hub: confirmed } = await shown(source.id)
    expect(confirmed).toMatchObject({ state: 'subscribed', topic: topic() })
    expect(Date.parse(confirmed.until) - Date.now()).toBeGreaterThan(90_000_000)
  })

  it('takes what is pushed at once, and a poll after it brings nothing twice', async () => {
    const { source, request } = await subscribed()
    const feed = withHub(feedOf(items(2, 1)))
    expect(await hub.push(request, feed)).toBe(202)
    const stored = await raws(source.id)
    expect(stored.map(({ value }) => value.door)).toEqual(['poll', 'websub'])
    wire.serve(`/${number}`, { body: feed })
    expect(await house.poller.poll(source)).toMatchObject({ result: 'empty' })
    expect(await hub.push(request, feed)).toBe(202)
    expect(await raws(source.id)).toHaveLength(2)
    expect(await house.positions.get(source.id)).toMatchObject({ entries: 2, seenCount: 2 })
    expect((await shown(source.id)).hub).toHaveProperty('lastPushAt')
  })

  it('is polled as a fallback, seldom', async () => {
    const { source } = await subscribed()
    const { position } = await house.poller.poll(source)
    expect(position.everyMs).toBeGreaterThan(50 * 60_000)
    expect((await shown(source.id)).interval.because).toContain('hub')
  })

  it.each(['sha1', 'sha256', 'sha384', 'sha512'])('takes a push signed by %s', async (method) => {
    const { source, request } = await subscribed()
    expect(await hub.push(request, feedOf(items(2)), { method })).toBe(202)
    expect(await raws(source.id)).toHaveLength(2)
  })

  it('answers 202 to a push with a wrong or missing signature, and ignores it', async () => {
    const { source, request } = await subscribed()
    const feed = feedOf(items(2))
    for (const header of [undefined, '', 'sha256=', `sha256=${'0'.repeat(64)}`, 'md5=00', 'x']) {
      expect(await hub.push(request, feed, { header })).toBe(202)
    }
    expect(await hub.push({ ...request, secret: 'another' }, feed)).toBe(202)
    expect(await raws(source.id)).toHaveLength(1)
  })

  it('says so where a push is no feed', async () => {
    const { source, request } = await subscribed()
    expect(await hub.push(request, '<html></html>')).toBe(202)
    expect((await shown(source.id)).hub.reason).toMatch(/HTML/)
  })

  it('says what was left out of a push', async () => {
    const { source, request } = await subscribed()
    const feed = feedOf(items(2)).replace('</channel>', '<item><guid>x</guid></item></channel>')
    expect(await hub.push(request, feed)).toBe(202)
    expect(await raws(source.id)).toHaveLength(2)
    expect((await shown(source.id)).hub.reason).toMatch(/neither title nor text/)
  })

  it('takes a push of a JSON Feed', async () => {
    const { source, request } = await subscribed()
    const feed = { items: [{ id: String(number), title: 'Zwei' }] }
    for (const type of ['application/feed+json', 'application/json']) {
      feed.items[0] = { id: `${number} ${type}`, title: 'Zwei' }
      expect(await hub.push(request, JSON.stringify(feed), { type })).toBe(202)
    }
    expect(await raws(source.id)).toHaveLength(3)
  })

  it('confirms only what was asked for', async () => {
    const { request } = await advertised()
    const challenge = 'x'
    const { mode } = request
    const refused = [
      { mode, topic: 'https://other.example.org/', challenge },
      { mode: 'unsubscribe', topic: topic(), challenge },
      { mode: 'publish', topic: topic(), challenge },
      { mode, topic: topic() },
      { topic: topic(), challenge },
      { mode, topic: topic(), challenge: 'x'.repeat(3_000) },
    ]
    for (const query of refused) {
      expect((await hub.ask(request, query as Record<string, string>)).status).toBe(404)
    }
    const strange = new URL(`${request.callback.href.slice(0, -1)}_`)
    expect((await hub.confirm({ ...request, callback: strange })).status).toBe(410)
    expect(await hub.push({ ...request, callback: strange }, feedOf(items(2)))).toBe(410)
  })

  it('stays polled where the hub denies it', async () => {
    const { source, request } = await subscribed()
    const reason = 'no place left'
    const denial = { mode: 'denied', topic: topic(), reason }
    expect((await hub.ask(request, denial)).status).toBe(200)
    expect((await shown(source.id)).hub).toMatchObject({
      state: 'denied',
      reason: expect.stringContaining(reason),
    })
    const { position } = await house.poller.poll(source)
    expect(position.everyMs).toBeLessThan(12 * 60_000)
    expect(requestsOf()).toHaveLength(1)
  })

  it('is unsubscribed from when it is disabled, and forgotten once the hub confirms', async () => {
    const { source, request } = await subscribed()
    await house.sources.disable(source.id)
    await expect.poll(() => lastOf('unsubscribe')).toBeDefined()
    const ending = lastOf('unsubscribe') as HubRequest
    expect(ending.callback.href).toBe(request.callback.href)
    expect((await hub.confirm(request)).status).toBe(404)
    expect(await hub.confirm(ending)).toMatchObject({ status: 200 })
    expect(await house.subscriptions.get(source.id)).toBeUndefined()
    expect(await hub.push(request, feedOf(items(2)))).toBe(410)
  })

  it('is unsubscribed from when it is deleted', async () => {
    const { source } = await subscribed()
    await house.sources.delete(source.id)
    await expect.poll(() => lastOf('unsubscribe')).toBeDefined()
  })

  it('is renewed before its lease ends, though Redis was emptied meanwhile', async () => {
    const { source, request } = await subscribed()
    expect(requestsOf()).toHaveLength(1)
    skewMs = 81_000 * 1_000
    try {
      await flushAll(redis.port)
      await expect.poll(() => requestsOf().length).toBe(2)
      expect(lastOf('subscribe')?.callback.href).toBe(request.callback.href)
      expect((await shown(source.id)).hub.state).toBe('subscribed')
      await hub.confirm(request, 200_000)
      expect((await house.subscriptions.get(source.id))?.leaseSeconds).toBe(200_000)
    } finally {
      skewMs = 0
    }
  })

  it('of kind websub says that it is polled where the feed advertises no hub', async () => {
    wire.serve(`/${number}`, { body: feedOf(items(1)) })
    const source = sourceAt(`${wire.url}/${number}`, { id: `hub-${number}`, kind: 'websub' })
    await house.sources.create(source)
    await house.poller.poll(source)
    expect(await shown(source.id)).toMatchObject({ state: 'ok', hub: { state: 'missing' } })
  })

  it('is found through a web page that lists it', async () => {
    const links = `<link rel="hub" href="${hub.url}"><link rel="self" href="${topic()}">`
    wire.serve(`/${number}`, { body: `<html><head>${links}</head></html>` })
    const source = sourceAt(`${wire.url}/${number}`, { id: `hub-${number}`, kind: 'websub' })
    await house.sources.create(source)
    expect(await house.poller.poll(source)).toMatchObject({ result: 'failed' })
    await expect.poll(() => lastOf('subscribe')).toBeDefined()
  })
})

describe('without PUBLIC_URL', () => {
  it('no hub is ever asked, and the row says why', async () => {
    await using other = await openHouse({}, { gapMs: 0 })
    wire.serve(`/${number}`, { body: withHub(feedOf(items(1))) })
    const source = sourceAt(`${wire.url}/${number}`, { id: 'alone' })
    await other.sources.create(source)
    const { position } = await other.poller.poll(source)
    expect(position.hub).toMatchObject({ topic: topic() })
    expect(await other.subscriptions.get('alone')).toBeUndefined()
  })
})
