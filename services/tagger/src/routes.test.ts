import { createServer, type HttpServer, type KeyRing } from '@newswire/http'
import { quietLog } from '@newswire/kit'
import { createMetrics } from '@newswire/runtime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { vocabularyRoutes } from './lookup/routes.js'
import { previewRoutes } from './routes.js'
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
  await previewRoutes({ vocabulary })(server)
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

interface Row {
  readonly code: string
  readonly broader: readonly string[]
  readonly narrower: number
}

async function lookedUp(query: string): Promise<{ items: Row[]; next: string | null }> {
  const answer = await server.inject({ url: `/api/v1/vocabulary/${query}` })
  expect(answer.statusCode).toBe(200)
  return answer.json()
}

const codesOf = async (query: string) => (await lookedUp(query)).items.map(({ code }) => code)

test('regions are found by the beginning of a word, in any of the languages', async () => {
  expect((await codesOf('regions?q=deutschl'))[0]).toBe('DE')
  expect((await codesOf('regions?q=Allemagne&lang=fr'))[0]).toBe('DE')
  expect((await codesOf('regions?q=de'))[0]).toBe('DE')
  expect(await codesOf('regions?q=nordrhein')).toContain('DE-NW')
  expect(await codesOf('regions?q=westfalen')).toContain('DE-NW')
  expect((await codesOf('regions?q=%C3%B6sterr'))[0]).toBe('AT')
  expect(await codesOf('regions?q=europ%C3%A4ische%20union')).toContain('bloc:EU')
  expect(await codesOf('regions?q=qqqq')).toEqual([])
})

test('a city is found as the region that it lies in', async () => {
  expect((await codesOf('regions?q=Mailand'))[0]).toBe('IT-25')
})

test('the tree is walked from its root down', async () => {
  expect(await codesOf('regions?parent=root')).toContain('001')
  const { items } = await lookedUp('regions?parent=155')
  expect(items.map(({ code }) => code)).toContain('DE')
  const germany = items.find(({ code }) => code === 'DE')
  expect(germany?.narrower).toBe(16)
  expect(await codesOf('regions?parent=de&limit=20')).toHaveLength(16)
  const topics = await lookedUp('topics?parent=root')
  expect(topics.items).toHaveLength(17)
  const economy = await lookedUp('topics?parent=medtop:04000000')
  expect(economy.items.every(({ broader }) => broader[0] === 'medtop:04000000')).toBe(true)
  expect(economy.items.length).toBeGreaterThan(3)
})

test('rows are given by code, in the order in which they were asked for', async () => {
  expect(await codesOf('regions?codes=FR,de-by,nowhere,142')).toEqual(['FR', 'DE-BY', '142'])
})

test('a long list comes in pages that miss nothing and repeat nothing', async () => {
  const seen: string[] = []
  for (let cursor = ''; ; ) {
    const page = await lookedUp(`regions?limit=1000${cursor}`)
    seen.push(...page.items.map(({ code }) => code))
    if (page.next === null) break
    cursor = `&cursor=${page.next}`
  }
  expect(seen).toHaveLength(vocabulary.regionRows.length)
  expect(new Set(seen).size).toBe(seen.length)
})

test.each([
  ['q=a&parent=root', 'one of them at a time'],
  ['parent=XX', 'There is no XX here'],
  ['limit=0', 'limit'],
  ['cursor=x', 'cursor'],
  ['lang=tlh', 'lang'],
  ['nonsense=1', 'nonsense'],
])('a look-up with %s is refused with the reason', async (query, reason) => {
  const answer = await server.inject({ url: `/api/v1/vocabulary/regions?${query}` })
  expect(answer.statusCode).toBe(400)
  expect(answer.json().detail).toContain(reason)
})
