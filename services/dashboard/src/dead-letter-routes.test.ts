import { type Bus, connectBus, PermanentError } from '@newswire/bus'
import { createServer, type HttpServer, type KeyRing } from '@newswire/http'
import { quietLog, startNats, type TestServer } from '@newswire/kit'
import type { RawItem } from '@newswire/model'
import { createMetrics, systemClock } from '@newswire/runtime'
import { afterAll, beforeAll, expect, it } from 'vitest'
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
  for (const body of ['first', 'second', 'third']) {
    const raw: RawItem = {
      ...{ source: 'push', door: 'push', contentType: 'text/plain', body, rights: 'full' },
      received: '2026-07-14T10:00:00.000Z',
    }
    await bus.publish('item.raw', raw, raw, { id: body })
  }
})
afterAll(async () => {
  await server.close()
  await bus.close()
  await nats.stop()
})

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
