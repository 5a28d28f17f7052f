import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { addRoutes, createServer, type KeyRing, listen } from '@newswire/http'
import { quietLog } from '@newswire/kit'
import { createMetrics } from '@newswire/runtime'
import { expect, onTestFinished, test } from 'vitest'
import { feedRoutes } from './feed-routes.js'
import { type ItemRoutesOptions, itemRoutes } from './item-routes.js'
import type { Renderings } from './renderings.js'
import { createRendering } from './serve/rendering.js'

const noKeys: KeyRing = {
  find: async () => undefined,
  byId: async () => undefined,
  create: async () => ({ id: '', key: '' }),
  list: async () => [],
  revoke: async () => false,
}
const rendering = createRendering({
  body: Buffer.from('{}'),
  mediaType: 'application/json',
  lastModified: new Date('2026-01-05T10:00:00Z'),
  ...{ sequence: 1, link: '</>; rel="self"', isPrivate: false },
})
const renderings: Renderings = {
  get: async () => rendering,
  delta: async () => undefined,
  page: async () => ({ items: [], links: {} }),
  ready: async () => undefined,
  peek: () => undefined,
  onPublicChange: () => undefined,
  requireUpTo: () => undefined,
}
const store: ItemRoutesOptions['store'] = {
  query: async () => ({ items: [] }),
  publicItem: async () => undefined,
}

async function* none() {
  // No item, no history.
}

async function served(publicPerMinuteMax = 1_000) {
  const { log } = quietLog()
  const metrics = createMetrics()
  const server = await createServer({
    log,
    metrics,
    keyRing: noKeys,
    health: async () => ({ ready: true, parts: {} }),
    cookieSecret: 'a secret for the tests of the feeds',
    limits: { publicPerMinuteMax, isLoopbackLimited: true },
  })
  onTestFinished(() => server.close())
  await addRoutes(
    server,
    feedRoutes({
      renderings,
      metrics,
      publicUrl: 'https://wire.example.org',
      asOf: () => undefined,
    }),
  )
  await addRoutes(
    server,
    itemRoutes({
      ...{ bus: { history: none }, store, ready: async () => undefined },
      publicUrl: 'https://wire.example.org',
    }),
  )
  return server
}

test.each(['/feeds/rss', '/api/v1/items', '/api/v1/items/na-1', '/items/na-1'])(
  '%s is limited by client address',
  async (url) => {
    const server = await served(2)
    const ask = async () => (await server.inject(url)).statusCode
    await ask()
    await ask()
    expect(await ask()).toBe(429)
  },
)

test.each([
  ['/feeds/json?region=cn', '/feeds/json?region=CN'],
  ['/feeds/json?q=%e6%97%a5', '/feeds/json?q=%E6%97%A5'],
  ['/feeds/json?source=NA&limit=50', '/feeds/json?source=na'],
])('%s redirects to %s, which is served', async (url, canonical) => {
  const server = await served()
  const answer = await server.inject(url)
  expect(answer.statusCode).toBe(308)
  expect(answer.headers.location).toBe(canonical)
  expect((await server.inject(canonical)).statusCode).toBe(200)
})

test('a lone question mark redirects too', async () => {
  const { host } = new URL(await listen(await served(), { host: '127.0.0.1', port: 0 }))
  const [hostname = '', port] = host.split(':')
  const [answer] = (await once(
    get({ hostname, port, path: '/feeds/json?', agent: false }),
    'response',
  )) as [IncomingMessage]
  answer.resume()
  expect(answer.statusCode).toBe(308)
  expect(answer.headers.location).toBe('/feeds/json')
})

test.each(["/feeds/json?source=it's", "/feeds/json?region=bloc:it's", '/feeds/json?lang=deutsch'])(
  '%s is refused, never redirected for ever',
  async (url) => {
    expect((await (await served()).inject(url)).statusCode).toBe(400)
  },
)
