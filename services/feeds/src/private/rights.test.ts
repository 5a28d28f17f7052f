import { type Bus, connectBus } from '@newswire/bus'
import {
  addRoutes,
  createKeyRing,
  createServer,
  type HttpServer,
  keyRowSchema,
} from '@newswire/http'
import { quietLog, startNats, startRedis, type TestServer } from '@newswire/kit'
import {
  feedTokenSchema,
  parseFilter,
  revisionOf,
  sourceSchema,
  type TaggedItem,
} from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import { createMetrics, type RunningWorker, systemClock } from '@newswire/runtime'
import { connectStore, createTaggedProjector, type Store } from '@newswire/store'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { feedRoutes } from '../feed-routes.js'
import { itemRoutes } from '../item-routes.js'
import { renderPage } from '../page/page.js'
import { formats, renderFeed } from '../render/render.js'
import { createRenderings } from '../renderings.js'
import { createTokenBook, type TokenBook } from './token-book.js'

const publicUrl = 'https://wire.example.org'
const { log, lines } = quietLog()
const metrics = createMetrics()
const servers: TestServer[] = []
let bus: Bus
let store: Store
let projector: RunningWorker
let server: HttpServer
let book: TokenBook
let changes = 0
const patience = { timeout: 8_000, interval: 10 }

beforeAll(async () => {
  const [nats, redis] = await Promise.all([startNats(), startRedis()])
  servers.push(nats, redis)
  bus = await connectBus({ url: nats.url, name: 'rights', log })
  store = await connectStore({ url: redis.url, bus, log })
  const renderings = createRenderings({
    ...{ store, publicUrl },
    tokens: { find: (token) => book.find(token) },
  })
  projector = await createTaggedProjector({
    ...{ url: redis.url, bus, log },
    onPublicChange: (change) => {
      renderings.onPublicChange(change)
      changes += 1
    },
  }).start({
    fail: (error) => {
      throw error
    },
  })
  const tokens = await bus.register('feedTokens', feedTokenSchema)
  const sources = await bus.register('sources', sourceSchema)
  for (const id of ['inside', 'other']) {
    const row = { kind: 'rss', name: id, url: `https://${id}.example.org`, wire: id } as const
    await sources.put(id, { id, ...row, rights: 'private', intervalSeconds: 60, enabled: true })
  }
  book = createTokenBook({ tokens, sources, clock: systemClock })
  server = await createServer({
    ...{ log, metrics, cookieSecret: 'a secret for the tests of rights' },
    keyRing: createKeyRing({ keys: await bus.register('keys', keyRowSchema) }),
    health: async () => ({ ready: true, parts: {} }),
  })
  await addRoutes(
    server,
    feedRoutes({ renderings, metrics, publicUrl, tokens: book, asOf: () => undefined }),
  )
  await addRoutes(
    server,
    itemRoutes({ bus, store, ready: renderings.ready, publicUrl, tokens: book }),
  )
  await publish(open, inside, other, gone)
})
afterAll(async () => {
  await server.close()
  await projector.stop()
  await store.close()
  await bus.close()
  for (const each of servers) await each.stop()
})

/** Publishes and waits until the read model has all of it. */
async function publish(...items: TaggedItem[]): Promise<void> {
  for (const item of items) {
    await bus.publish('item.tagged', item, item, { id: `${item.id}:${revisionOf(item)}` })
  }
  await vi.waitFor(() => expect(changes).toBe(items.length), patience)
}

const secret = 'STRENGGEHEIM'
const privateItem = (id: string, source: string, own: Partial<TaggedItem> = {}) =>
  taggedItem({ id, source, rights: 'private', headline: `${secret} ${id}`, ...own })
const open = taggedItem({ id: 'na-1', headline: 'Offen' })
const inside = privateItem('in-1', 'inside')
const other = privateItem('ot-1', 'other', { wire: 'inside' })
const gone = privateItem('in-2', 'inside', { change: 'withdrawal', status: 'canceled' })

const ask = (url: string) => server.inject(url)
const tokenFor = async (sources: 'all' | string[]) =>
  (await book.create({ name: 'reader', sources }, 'tests')).token

describe('without a token', () => {
  test.each([
    ...Object.keys(formats).map((format) => `/feeds/${format}`),
    '/feeds/json?source=inside',
    '/feeds/json?q=strenggeheim',
    '/api/v1/items',
    '/api/v1/items?source=inside',
  ])('%s shows nothing private', async (url) => {
    const answer = await ask(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).not.toContain(secret)
    expect(answer.body).not.toMatch(/in-[12]|ot-1/)
  })

  test.each(['in-1', 'ot-1', 'in-2'])('%s is a 404 like one that never was', async (id) => {
    for (const path of ['/items/', '/api/v1/items/']) {
      const [found, never] = [await ask(`${path}${id}`), await ask(`${path}na-never`)]
      expect(found.statusCode).toBe(404)
      const { instance: _, ...problem } = found.json()
      expect(never.json()).toMatchObject(problem)
    }
  })
})

describe('with a token', () => {
  test('the item of its source is shown, as a page and as JSON, to nobody in between', async () => {
    const token = await tokenFor(['inside'])
    for (const path of ['/items/in-1', '/api/v1/items/in-1']) {
      const answer = await ask(`${path}?token=${token}`)
      expect(answer.statusCode).toBe(200)
      expect(answer.body).toContain(secret)
      expect(answer.headers['cache-control']).toBe('private, no-store')
      expect(answer.headers['referrer-policy']).toBe('no-referrer')
      expect(answer.headers['x-robots-tag']).toBe('noindex, nofollow')
    }
  })

  test.each(Object.keys(formats))(
    'a %s feed shows its source and what is public',
    async (format) => {
      const token = await tokenFor(['inside'])
      const answer = await ask(`/feeds/${format}?token=${token}`)
      expect(answer.statusCode).toBe(200)
      expect(answer.body).toContain('in-1')
      expect(answer.body).toContain('na-1')
      expect(answer.body).not.toContain('ot-1')
      expect(answer.headers).toMatchObject({
        'cache-control': 'private, no-store',
        'referrer-policy': 'no-referrer',
      })
      expect(answer.headers.link).toContain(`token=${token}>; rel="self"`)
      expect(answer.headers.link).not.toContain('hub')
      expect(answer.body).not.toContain('/hub')
      if (format !== 'ninjs') {
        expect(answer.body).toContain(`/items/in-1?token=${token}`)
        expect(answer.body).not.toContain(`/items/na-1?token`)
      }
      const known = { 'if-none-match': String(answer.headers.etag) }
      const again = await server.inject({ url: `/feeds/${format}?token=${token}`, headers: known })
      expect([again.statusCode, again.headers['cache-control']]).toEqual([304, 'private, no-store'])
      const older = { 'a-im': 'feed', 'if-none-match': `"0-${'a'.repeat(22)}"` }
      const changed = await server.inject({
        url: `/feeds/${format}?token=${token}`,
        headers: older,
      })
      expect([changed.statusCode, changed.headers['cache-control']]).toEqual([
        226,
        'private, no-store',
      ])
      expect((await ask(`/feeds/${format}`)).body).not.toContain('in-1')
    },
  )

  test('the page of a feed shows it too, and says nothing to a cache', async () => {
    const url = `/feeds/rss?token=${await tokenFor('all')}`
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    const answer = await server.inject({ url, headers })
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.body).toContain('ot-1')
    expect(answer.headers['cache-control']).toBe('private, no-store')
  })

  test('a feed whose token is revoked is gone at once', async () => {
    const { row, token } = await book.create({ name: 'f', sources: 'all' }, 'tests')
    expect((await ask(`/feeds/atom?token=${token}`)).statusCode).toBe(200)
    await book.revoke(row.id)
    const answer = await ask(`/feeds/atom?token=${token}`)
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([404, 'private, no-store'])
    expect((await ask(`/feeds/atom?token=`)).statusCode).toBe(404)
  })

  test('what is public stays open, and is kept by nobody either', async () => {
    const answer = await ask(`/items/na-1?token=${await tokenFor(['inside'])}`)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['cache-control']).toBe('private, no-store')
  })

  test('a source of another token is a 404, also where its wire has the name', async () => {
    const token = await tokenFor(['inside'])
    expect((await ask(`/items/ot-1?token=${token}`)).statusCode).toBe(404)
    expect((await ask(`/api/v1/items/ot-1?token=${token}`)).statusCode).toBe(404)
    expect((await ask(`/items/ot-1?token=${await tokenFor('all')}`)).statusCode).toBe(200)
  })

  test('a withdrawn one is a 410 for its readers only', async () => {
    const answer = await ask(`/items/in-2?token=${await tokenFor(['inside'])}`)
    expect(answer.statusCode).toBe(410)
    expect(answer.headers['cache-control']).toBe('private, no-store')
  })

  test.each(['nwf_nobody', `nwf_${'a'.repeat(43)}`, ''])(
    'an unknown one (%j) is a 404 that tells nothing, also of what is public',
    async (token) => {
      const answers = ['in-1', 'na-1', 'na-never'].map((id) => ask(`/items/${id}?token=${token}`))
      for (const answer of await Promise.all(answers)) {
        expect(answer.statusCode).toBe(404)
        expect(answer.json().type).toBe('urn:newswire:problem:nothing-here')
        expect(answer.headers['cache-control']).toBe('private, no-store')
      }
    },
  )

  test('a revoked one is as unknown as any', async () => {
    const { row, token } = await book.create({ name: 'r', sources: 'all' }, 'tests')
    expect((await ask(`/items/in-1?token=${token}`)).statusCode).toBe(200)
    await book.revoke(row.id)
    expect((await ask(`/items/in-1?token=${token}`)).statusCode).toBe(404)
  })

  test('logs and metrics never hold it', async () => {
    const token = await tokenFor(['inside'])
    await ask(`/items/in-1?token=${token}`)
    await ask(`/items/never?token=${token}`)
    await ask(`/feeds/rss?region=nowhere&token=${token}`)
    await ask(`/feeds/rss?region=CN&token=${token}`)
    const older = { 'a-im': 'feed', 'if-none-match': `"0-${'a'.repeat(22)}"` }
    await server.inject({ url: `/feeds/rss?token=${token}`, headers: older })
    expect(JSON.stringify(lines)).not.toContain(token)
    expect(await metrics.text()).not.toContain(token)
  })
})

describe('a teaser-only source', () => {
  const text = `${'Anfang der Meldung. '.repeat(30)}SCHLUSS`
  const teaser = taggedItem({
    rights: 'teaser',
    body: { html: `<p>${text}</p>`, text, complete: true },
    contact: 'SCHLUSS',
    media: [{ url: 'https://img.example.com/SCHLUSS.jpg' }],
    sourceUrl: 'https://source.example.com/1',
    tags: [tagOf('iso3166-1', 'CN')],
  })
  const shown = {
    ...Object.fromEntries(
      (['rss', 'atom', 'json', 'ninjs'] as const).map((format) => [
        format,
        () =>
          renderFeed({
            ...{ format, publicUrl, path: `/feeds/${format}`, language: 'en' },
            ...{ labelOf: () => undefined, links: {}, isArchive: false },
            filter: parseFilter({}),
            items: [{ item: teaser, sequence: 1 }],
          }),
      ]),
    ),
    page: () =>
      renderPage({
        ...{ publicUrl, words: 'all', language: 'en' },
        filter: parseFilter({}),
        entries: [teaser],
        addresses: { rss: 'r', atom: 'a', json: 'j' },
      }),
  }

  test.each(Object.entries(shown))('%s: headline, teaser, link and credit, no more', (_, show) => {
    const written = show()
    expect(written).toContain('Muster AG eröffnet Werk in Chongqing')
    expect(written).toContain('Anfang der Meldung.')
    expect(written).toContain('https://source.example.com/1')
    expect(written).toContain(teaser.credit)
    expect(written).not.toContain('SCHLUSS')
  })
})
