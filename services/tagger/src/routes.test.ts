import { createServer, type HttpServer, type KeyRing } from '@newswire/http'
import { quietLog } from '@newswire/kit'
import { createMetrics } from '@newswire/runtime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { vocabularyRoutes } from './routes.js'
import { loadVocabulary } from './vocabulary.js'

const vocabulary = loadVocabulary()
const authorization = 'Bearer nw_subscriber'

const keyRing: KeyRing = {
  find: async (key) =>
    key === 'nw_subscriber' ? { keyId: 'k1', role: 'subscriber', name: 'Test' } : undefined,
  byId: async () => undefined,
  create: () => Promise.reject(new Error('not here')),
  list: async () => [],
  revoke: async () => false,
}

let server: HttpServer

beforeEach(async () => {
  server = await createServer({
    log: quietLog().log,
    metrics: createMetrics(),
    keyRing,
    health: async () => ({ ready: true, parts: {} }),
    cookieSecret: 'x'.repeat(32),
  })
  await vocabularyRoutes({ vocabulary })(server)
})
afterEach(() => server.close())

function preview(payload: object, headers: Record<string, string> = { authorization }) {
  return server.inject({ method: 'POST', url: '/api/v1/tags/preview', payload, headers })
}

test('a text is tagged as an item would be', async () => {
  const answer = await preview({ text: 'Die Muster AG steigert in Chongqing ihren Umsatz.' })
  expect(answer.statusCode).toBe(200)
  const { language, tags } = answer.json()
  expect(language).toBe('de')
  expect(tags.map(({ code }: { code: string }) => code)).toContain('CN')
})

test('a preview needs a key, a text and a size', async () => {
  expect((await preview({ text: 'x' }, {})).statusCode).toBe(401)
  expect((await preview({})).statusCode).toBe(422)
  expect((await preview({ text: 'x'.repeat(100_001) })).statusCode).toBe(422)
  expect((await preview({ text: 'x', language: 'no language' })).statusCode).toBe(422)
  expect((await preview({ text: 'x'.repeat(1_300_000) })).statusCode).toBe(413)
})

test.each(['regions', 'topics'])(
  'the vocabulary of %s is public and may be cached',
  async (name) => {
    const url = `/api/v1/vocabulary/${name}`
    const answer = await server.inject({ url })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['cache-control']).toBe('public, max-age=3600')
    const [first] = answer.json().items
    expect(Object.keys(first.labels)).toEqual(['de', 'en', 'fr', 'it', 'es'])
    const etag = String(answer.headers.etag)
    const again = await server.inject({ url, headers: { 'if-none-match': etag } })
    expect(again.statusCode).toBe(304)
    expect(again.body).toBe('')
  },
)
