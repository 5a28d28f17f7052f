import { type Bus, connectBus, PermanentError } from '@newswire/bus'
import { createServer, type HttpServer, type KeyRing } from '@newswire/http'
import { quietLog, startNats, type TestServer } from '@newswire/kit'
import type { RawItem } from '@newswire/model'
import { createMetrics, systemClock } from '@newswire/runtime'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { changeMany, manyLimits } from './dead-letter-many.js'
import { deadLetterRoutes } from './dead-letter-routes.js'

const { log } = quietLog()
const keyRing: KeyRing = {
  find: async (key) =>
    key === 'nw_admin' || key === 'nw_wire'
      ? { keyId: key, role: key === 'nw_admin' ? 'admin' : 'ingest', name: 'Test' }
      : undefined,
  byId: async () => undefined,
  create: () => Promise.reject(new Error('not here')),
  list: async () => [],
  revoke: async () => false,
}

let nats: TestServer
let bus: Bus
let server: HttpServer
/** What the stage was given since it works again. */
const taken: string[] = []
let isRepaired = false

beforeAll(async () => {
  nats = await startNats()
  bus = await connectBus({ url: nats.url, name: 'test', log })
  server = await createServer({
    ...{ log, metrics: createMetrics(), keyRing, cookieSecret: 'x'.repeat(32) },
    health: async () => ({ ready: true, parts: {} }),
  })
  await deadLetterRoutes({ bus, clock: systemClock })(server)
  await bus.subscribe({
    fact: 'item.raw',
    group: 'normalizer',
    concurrency: 1,
    async handle({ value }) {
      if (!isRepaired) throw new PermanentError('This format cannot be read.')
      taken.push(value.body)
    },
  })
  for (const body of ['first', 'second', 'third']) await push(body)
})
afterAll(async () => {
  await server.close()
  await bus.close()
  await nats.stop()
})

function push(body: string) {
  const raw: RawItem = {
    ...{ source: 'push', door: 'push', contentType: 'text/plain', body, rights: 'full' },
    received: '2026-07-14T10:00:00.000Z',
  }
  return bus.publish('item.raw', raw, raw, { id: body })
}

function call(method: 'GET' | 'POST' | 'DELETE', path: string, key = 'nw_admin') {
  const headers = { authorization: `Bearer ${key}` }
  return server.inject({ method, url: `/api/v1/dead-letters${path}`, headers })
}

it('are listed newest first, page by page, for admins', async () => {
  await expect.poll(() => bus.deadLetters.count()).toBe(3)
  expect((await call('GET', '', 'nw_wire')).statusCode).toBe(403)
  const { items, next } = (await call('GET', '?limit=2')).json()
  expect(items.map(({ input }: { input: RawItem }) => input.body)).toEqual(['third', 'second'])
  const rest = (await call('GET', `?limit=2&cursor=${next}`)).json()
  expect(rest.items.map(({ input }: { input: RawItem }) => input.body)).toEqual(['first'])
  expect(rest.next).toBeNull()
  expect((await call('GET', '?stage=tagger')).json().items).toEqual([])
  expect((await call('GET', '?limit=0')).statusCode).toBe(400)
})

it('can be looked at: input, error and stage', async () => {
  expect((await call('GET', '/1')).json()).toMatchObject({
    ...{ id: '1', stage: 'normalizer', stream: 'RAW', sequence: 1 },
    error: { name: 'PermanentError', message: 'This format cannot be read.' },
    input: { body: 'first', source: 'push' },
  })
  expect((await call('GET', '/99')).statusCode).toBe(404)
})

it('go back to their stage by a replay, once, and are gone when discarded; both are audited', async () => {
  isRepaired = true
  expect((await call('POST', '/1/replay')).statusCode).toBe(200)
  await expect.poll(() => taken).toEqual(['first'])
  expect((await call('POST', '/1/replay')).statusCode).toBe(404)
  expect((await call('DELETE', '/2')).statusCode).toBe(200)
  expect((await call('GET', '/2')).statusCode).toBe(404)
  expect((await call('DELETE', '/2')).statusCode).toBe(404)
  expect(taken).toEqual(['first'])
  const actions: string[] = []
  for await (const { value } of bus.history('audit', { actor: 'nw_admin' })) {
    actions.push(`${value.action} ${value.subject}`)
  }
  expect(actions).toEqual(['dead-letter.replay 1', 'dead-letter.discard 2'])
})

async function callMany(action: 'replay' | 'discard', many: object, key = 'nw_admin') {
  const headers = { authorization: `Bearer ${key}` }
  const url = `/api/v1/dead-letters/${action}`
  const answer = await server.inject({ method: 'POST', url, headers, payload: many })
  return { status: answer.statusCode, said: answer.json() }
}

/** So many letters that no stage has taken since; ids, oldest first. */
async function die(count: number, name: string): Promise<string[]> {
  isRepaired = false
  const before = await bus.deadLetters.count()
  for (let each = 0; each < count; each += 1) await push(`${name} ${each}`)
  await expect.poll(() => bus.deadLetters.count(), { timeout: 15_000 }).toBe(before + count)
  isRepaired = true
  const letters = await bus.deadLetters.list({ limit: count })
  return letters.map(({ sequence }) => String(sequence)).reverse()
}

async function auditedMany(): Promise<[string, string[]][]> {
  const found: [string, string[]][] = []
  for await (const { value } of bus.history('audit', { actor: 'nw_admin' })) {
    const { ids = [] } = (value.detail ?? {}) as { ids?: string[] }
    if (value.action.endsWith('-many')) found.push([value.action, ids])
  }
  return found
}

it('go back many at once: what stood is done, what is gone is counted, and no more by a repeat', async () => {
  const [one = '', two = '', three = ''] = await die(3, 'many')
  expect((await callMany('replay', { ids: [one] }, 'nw_wire')).status).toBe(403)
  taken.length = 0
  const both = { ids: [one, two, two, '999999'] }
  const first = await callMany('replay', both)
  expect(first.said).toEqual({ done: 2, gone: 1, failed: [], next: null })
  await expect.poll(() => taken.toSorted()).toEqual(['many 0', 'many 1'])
  expect((await callMany('replay', both)).said).toMatchObject({ done: 0, gone: 3, failed: [] })
  expect((await callMany('discard', { ids: [three] })).said).toMatchObject({ done: 1, gone: 0 })
  expect((await call('GET', `/${three}`)).statusCode).toBe(404)
  expect(taken).toHaveLength(2)
  expect(await auditedMany()).toEqual([
    ['dead-letter.replay-many', [one, two]],
    ['dead-letter.discard-many', [three]],
  ])
})

it('of a stage go up to the newest that is meant, and not one beyond', async () => {
  const [one = '', two = '', later = ''] = await die(3, 'staged')
  const other = await callMany('discard', { upTo: two, stage: 'tagger' })
  expect(other.said).toEqual({ done: 0, gone: 0, failed: [], next: null })
  const meant = { upTo: two, stage: 'normalizer' }
  const standing = await bus.deadLetters.count()
  expect((await callMany('discard', meant)).said).toMatchObject({ done: standing - 1, next: null })
  expect((await call('GET', `/${one}`)).statusCode).toBe(404)
  expect((await call('GET', `/${later}`)).statusCode).toBe(200)
  expect((await callMany('discard', meant)).said).toMatchObject({ done: 0, next: null })
})

it('go in steps where they are more than one call changes', async () => {
  const ids = await die(manyLimits.lettersMax, 'stepped')
  const all = await bus.deadLetters.count()
  const { said } = await callMany('discard', { upTo: ids.at(-1) })
  expect(said).toMatchObject({ done: manyLimits.lettersMax, failed: [] })
  expect(await bus.deadLetters.count()).toBe(all - manyLimits.lettersMax)
  const rest = await callMany('discard', { upTo: said.next })
  expect(rest.said).toMatchObject({ done: all - manyLimits.lettersMax, next: null })
  expect(await bus.deadLetters.count()).toBe(0)
})

it.each([
  ['nothing', {}],
  ['no id', { ids: [] }],
  ['what is no id', { ids: ['x'] }],
  ['a stage without an end', { stage: 'normalizer' }],
  ['both ways at once', { ids: ['1'], upTo: '1' }],
  ['too many', { ids: Array.from({ length: manyLimits.lettersMax + 1 }, (_, at) => `${at + 1}`) }],
])('are left alone where %s is asked for', async (_, many) => {
  expect((await callMany('discard', many)).status).toBe(422)
})

it('are not tried further where none can be changed', async () => {
  const ids = await die(2 * manyLimits.changesAtOnceMax, 'stuck')
  let tries = 0
  const replay = () => {
    tries += 1
    return Promise.reject(new Error('The stream is full.'))
  }
  const letters = { ...bus.deadLetters, replay }
  const asked = { action: 'replay', many: { ids }, actor: 'nw_admin' } as const
  const said = await changeMany({ letters, audit: async () => undefined }, asked)
  expect(said).toMatchObject({ done: 0, gone: 0 })
  expect(said.failed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  expect(said.failed[0]?.error).toBe('The stream is full.')
  expect(tries).toBe(manyLimits.changesAtOnceMax)
})

it('are all tried where others among them cannot be changed', async () => {
  const ids = await die(3 * manyLimits.changesAtOnceMax, 'mixed')
  const bad = ids.filter((_, at) => at % 2 === 0)
  const replay = async (sequence: number) => {
    if (bad.includes(String(sequence))) throw new Error('It is too large.')
  }
  const letters = { ...bus.deadLetters, replay }
  const asked = { action: 'replay', many: { ids }, actor: 'nw_admin' } as const
  const said = await changeMany({ letters, audit: async () => undefined }, asked)
  expect(said).toMatchObject({ done: ids.length - bad.length, gone: 0 })
  expect(new Set(said.failed.map(({ error }) => error))).toEqual(new Set(['It is too large.']))
})
