import { type Bus, connectBus } from '@newswire/bus'
import { createServer, type HttpServer, type KeyRing } from '@newswire/http'
import { quietLog, startNats, startRedis, type TestServer } from '@newswire/kit'
import { aliasSchema, type NormalizedItem, toToken, untilReleased } from '@newswire/model'
import { normalizedItem } from '@newswire/model/testing'
import { createMetrics, type RunningWorker, systemClock } from '@newswire/runtime'
import { connectStore, createItemsProjector, type Store } from '@newswire/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decisionRoutes } from './decision-routes.js'
import { matterRoutes } from './matter-routes.js'

const { log } = quietLog()
const keyRing: KeyRing = {
  find: async (key) => {
    if (key === 'nw_admin') return { keyId: 'key_anna', role: 'admin', name: 'Anna' }
    return key === 'nw_wire' ? { keyId: 'key_wire', role: 'ingest', name: 'Wire' } : undefined
  },
  byId: async () => undefined,
  create: () => Promise.reject(new Error('not here')),
  list: async () => [],
  revoke: async () => false,
}

let nats: TestServer
let redis: TestServer
let bus: Bus
let store: Store
let projector: RunningWorker
let server: HttpServer

beforeAll(async () => {
  ;[nats, redis] = await Promise.all([startNats(), startRedis()])
  bus = await connectBus({ url: nats.url, name: 'test', log })
  const url = redis.url
  store = await connectStore({ url, bus, log })
  projector = await createItemsProjector({ url, bus, log }).start({
    fail: (error) => {
      throw error
    },
  })
  server = await createServer({
    ...{ log, metrics: createMetrics(), keyRing, cookieSecret: 'x'.repeat(32) },
    health: async () => ({ ready: true, parts: {} }),
  })
  await decisionRoutes({ bus, store, clock: systemClock })(server)
  await matterRoutes({ store })(server)
})
afterAll(async () => {
  await server.close()
  await projector.stop()
  await store.close()
  await bus.close()
  await Promise.all([nats.stop(), redis.stop()])
})

let count = 0

/** An item that stands in the read model. */
async function stands(own: Partial<NormalizedItem> = {}): Promise<NormalizedItem> {
  count += 1
  const precedence = { rawSequence: 1_000 + count, contentHash: `hash-${count}` }
  const item = normalizedItem({ id: `na-${count}`, precedence, ...own })
  const { sequence } = await bus.publish('item.normalized', item, item, { id: `i${count}` })
  await expect.poll(async () => (await store.positions()).items).toBe(sequence)
  return item
}

function post(path: string, payload?: object, key = 'nw_admin') {
  const headers = { authorization: `Bearer ${key}` }
  const url = `/api/v1/items/${path}`
  return server.inject({ method: 'POST', url, headers, ...(payload ? { payload } : {}) })
}

/** The newest raw item: what the normalizer is to carry out. */
async function newestRaw() {
  const stream = (await bus.streams()).find((each) => each.stream === 'RAW')
  return (await bus.read('item.raw', stream?.lastSequence ?? 0))?.value
}

const reason = 'The issuer asked for it.'

describe('a decision', () => {
  it('goes into RAW with who decided it, and is answered with a receipt', async () => {
    const { id } = await stands()
    const answer = await post(`${id}/withdraw`, { reason })
    expect(answer.statusCode).toBe(202)
    const { receipt } = answer.json()
    expect(answer.headers.location).toBe(`/api/v1/receipts/${receipt}`)
    const raw = await newestRaw()
    expect(raw).toMatchObject({ source: 'desk', door: 'desk', pushedBy: 'key_anna' })
    expect(JSON.parse(raw?.body ?? '')).toEqual({ action: 'withdraw', item: id, reason })
  })

  it('is answered with id and version once it is carried out', async () => {
    const { id } = await stands()
    const answering = post(`${id}/erase`, { reason })
    await expect.poll(async () => (await newestRaw())?.body).toContain('"erase"')
    const rawSequence = (await bus.streams()).find(({ stream }) => stream === 'RAW')?.lastSequence
    await stands({
      ...{ id, version: 2, status: 'canceled', change: 'withdrawal' },
      precedence: { rawSequence: rawSequence ?? 0, contentHash: 'end' },
    })
    expect((await answering).json()).toMatchObject({ id, version: 2 })
  })

  it.each([
    ['withdraw', { reason }],
    ['release', undefined],
    ['link', { story: null }],
    ['erase', { reason }],
  ])('%s is for admins, and for items that exist', async (verb, body) => {
    const { id } = await stands()
    expect((await post(`${id}/${verb}`, body, 'nw_wire')).statusCode).toBe(403)
    const unknown = await post(`na-none/${verb}`, body)
    expect(unknown.statusCode).toBe(404)
    expect(unknown.json().type).toBe('urn:newswire:problem:unknown-item')
  })

  it.each([
    ['withdraw', {}],
    ['withdraw', { reason: '' }],
    ['erase', { reason: 'x'.repeat(501) }],
    ['release', { hurry: true }],
    ['link', {}],
    ['link', { corrects: 'na-1', story: null }],
  ])('%s refuses %j with a sentence', async (verb, body) => {
    const { id } = await stands()
    const answer = await post(`${id}/${verb}`, body)
    expect(answer.statusCode).toBe(422)
    expect(answer.json().detail).toMatch(/\w+/)
  })
})

describe('a release', () => {
  it('is refused where nothing holds the item, and where the source withdrew it', async () => {
    const item = await stands()
    expect((await post(`${item.id}/release`)).statusCode).toBe(409)
    const { id } = await stands({ status: 'canceled', change: 'withdrawal' })
    const answer = await post(`${id}/release`)
    expect(answer.json().detail).toMatch(/The source withdrew it/)
  })

  it('is taken for a held item, and for one that a person withdrew', async () => {
    const held = await stands({ embargoUntil: untilReleased })
    expect((await post(`${held.id}/release`)).statusCode).toBe(202)
    const lineage = [
      { version: 1, rawSequence: 1, contentHash: 'h', withdrawn: true, byPerson: true },
    ]
    const ended = await stands({
      status: 'canceled',
      lineage: lineage as NormalizedItem['lineage'],
    })
    expect((await post(`${ended.id}/release`, { reason })).statusCode).toBe(202)
  })
})

describe('a link', () => {
  it('names the notice in its path and the item in its body', async () => {
    const [item, notice] = [await stands(), await stands()]
    expect((await post(`${notice.id}/link`, { corrects: item.id })).statusCode).toBe(202)
    const decision = JSON.parse((await newestRaw())?.body ?? '')
    expect(decision).toEqual({ action: 'correct', item: item.id, by: notice.id })
  })

  it('is refused for itself, for what was joined before, and for a story that is not public', async () => {
    const [item, notice] = [await stands(), await stands()]
    expect((await post(`${item.id}/link`, { corrects: item.id })).statusCode).toBe(409)
    expect((await post(`${item.id}/link`, { corrects: 'na-none' })).statusCode).toBe(404)
    expect((await post(`${item.id}/link`, { story: notice.id })).json().detail).toMatch(
      /not public/,
    )
    const ended = await stands({ status: 'canceled', change: 'withdrawal' })
    expect((await post(`${ended.id}/link`, { story: null })).statusCode).toBe(409)
    const aliases = await bus.register('aliases', aliasSchema)
    const at = new Date().toISOString()
    await aliases.put(toToken(notice.id), { id: notice.id, item: item.id, reason: 'x', at })
    const joined = await post(`${notice.id}/link`, { corrects: item.id })
    expect(joined.json()).toMatchObject({ status: 409, item: item.id })
    expect((await post(`${notice.id}/erase`, { reason })).json().detail).toMatch(/erase that one/)
  })

  it('says which item a notice belongs to that never was one of its own', async () => {
    const { id: item } = await stands()
    const aliases = await bus.register('aliases', aliasSchema)
    const at = new Date().toISOString()
    await aliases.put(toToken('na-only'), { id: 'na-only', item, reason: 'x', at })
    const answer = await post('na-only/withdraw', { reason })
    expect(answer.json()).toMatchObject({ status: 409, item })
  })
})

describe('open matters', () => {
  const matters = async (key = 'nw_admin') => {
    const headers = { authorization: `Bearer ${key}` }
    return server.inject({ url: '/api/v1/matters', headers })
  }

  it('are for admins, with what may settle them', async () => {
    expect((await matters('nw_wire')).statusCode).toBe(403)
    const published = new Date().toISOString()
    const original = await stands({ headline: 'Zebra AG eröffnet ein Werk in Ulm', published })
    const notice = await stands({
      ...{ headline: 'Korrektur: Zebra AG eröffnet ein Werk in Ulm', published },
      flags: ['correction-unlinked'],
      notice: { kind: 'correction', ids: [], title: 'Zebra AG eröffnet ein Werk in Ulm' },
    })
    const held = await stands({ embargoUntil: untilReleased, flags: ['embargo-unreadable'] })
    const { items } = (await matters()).json()
    expect(items.map(({ id }: { id: string }) => id)).toEqual([held.id, notice.id])
    expect(items[1].candidates[0]).toMatchObject({ id: original.id, similarity: 1 })
    expect(items[0].candidates).toEqual([])
  })
})
