import { request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { erasedFlag, type TaggedItem } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FeedsHouse, startFeedsHouse } from './fixtures/house.js'

let house: FeedsHouse
beforeAll(async () => {
  house = await startFeedsHouse()
})
afterAll(() => house.stop())

const itemIn = (id: string, region: string, own: Partial<TaggedItem> = {}) =>
  taggedItem({ id, tags: [tagOf('iso3166-1', region)], ...own })

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** As it is on the wire: fetch would decode, and drop what it does not like. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${house.url}${path}`, { method, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks),
        }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })
}

const etagOf = ({ headers }: Answer) => String(headers['etag'])
/** The same twice: once as it is routed, once as it is answered first. */
async function twice(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const first = await ask(path, headers)
  const again = await ask(path, headers)
  const shared = ({ headers: own }: Answer) => {
    const { date: _, 'x-request-id': __, ...rest } = own
    return rest
  }
  expect({ ...again, headers: { ...shared(again), 'content-security-policy': '' } }).toEqual({
    ...first,
    headers: { ...shared(first), 'content-security-policy': '' },
  })
  return again
}

test('a feed says what it is, where it is, and how it may be kept', async () => {
  await house.publish(itemIn('na-1', 'AT'))
  const { status, headers } = await twice('/feeds/atom?region=AT')
  expect(status).toBe(200)
  expect(headers).toMatchObject({
    'content-type': 'application/atom+xml; charset=utf-8',
    'cache-control': 'public, max-age=0, stale-while-revalidate=1',
    vary: 'Accept, Accept-Encoding, A-IM',
    link: '<https://wire.example.org/feeds/atom?region=AT>; rel="self", <https://wire.example.org/hub>; rel="hub"',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    'last-modified': 'Mon, 05 Jan 2026 09:00:01 GMT',
  })
  expect(headers['etag']).toMatch(/^"[0-9a-z]+-[\w-]{22}"$/)
})

test.each(['gzip', 'br'])('%s is another representation with an ETag of its own', async (name) => {
  await house.publish(itemIn(`na-${name}`, 'BE'))
  const plain = await twice('/feeds/json?region=BE')
  const packed = await twice('/feeds/json?region=BE', { 'accept-encoding': name })
  expect(packed.headers['content-encoding']).toBe(name)
  expect(packed.headers['content-length']).toBe(String(packed.body.length))
  expect(etagOf(packed)).not.toBe(etagOf(plain))
  if (name === 'gzip') expect(gunzipSync(packed.body)).toEqual(plain.body)
  const known = { 'if-none-match': etagOf(plain) }
  expect((await twice('/feeds/json?region=BE', known)).status).toBe(304)
  expect((await twice('/feeds/json?region=BE', { ...known, 'accept-encoding': name })).status).toBe(
    200,
  )
})

test('a 304 has the fields that caches need, and no body', async () => {
  await house.publish(itemIn('na-3', 'CH'))
  const first = await ask('/feeds/rss?region=CH')
  const { status, headers, body } = await twice('/feeds/rss?region=CH', {
    'if-none-match': `"x", W/${etagOf(first)}`,
  })
  expect(status).toBe(304)
  expect(body).toHaveLength(0)
  for (const name of ['etag', 'cache-control', 'vary', 'last-modified', 'link']) {
    expect([name, headers[name]]).toEqual([name, first.headers[name]])
  }
  expect(headers['content-type']).toBeUndefined()
  expect(headers['content-encoding']).toBeUndefined()
})

test('HEAD has the fields of GET and no body', async () => {
  await house.publish(itemIn('na-4', 'DK'))
  const { headers } = await ask('/feeds/rss?region=DK')
  for (const _ of [1, 2]) {
    const head = await ask('/feeds/rss?region=DK', {}, 'HEAD')
    expect(head.status).toBe(200)
    expect(head.body).toHaveLength(0)
    expect(head.headers['etag']).toBe(headers['etag'])
    expect(head.headers['content-length']).toBe(headers['content-length'])
  }
})

test('who demands another version is refused', async () => {
  await house.publish(itemIn('na-5', 'ES'))
  const refused = await ask('/feeds/rss?region=ES', { 'if-match': '"other"' })
  expect(refused.status).toBe(412)
  const etag = etagOf(await ask('/feeds/rss?region=ES'))
  expect((await ask('/feeds/rss?region=ES', { 'if-match': etag })).status).toBe(200)
})

test('a feed is read: other methods are told how, and a page of another site may ask', async () => {
  const post = await ask('/feeds/rss', {}, 'POST')
  expect([post.status, post.headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS'])
  const before = await ask('/feeds/rss', { origin: 'https://a.example' }, 'OPTIONS')
  expect(before.status).toBe(204)
  expect(before.headers).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'If-None-Match, If-Modified-Since, A-IM',
  })
})

test('who has a copy is sent what changed alone, if he asks for that', async () => {
  await house.publish(itemIn('na-6', 'FI'), itemIn('na-7', 'FI'))
  const first = await ask('/feeds/json?region=FI', { 'accept-encoding': 'gzip' })
  await house.publish(itemIn('na-6', 'FI', { version: 2, change: 'correction' }))
  const fields = { 'a-im': 'feed', 'if-none-match': etagOf(first) }
  const changed = await ask('/feeds/json?region=FI', fields)
  expect([changed.status, changed.headers['im']]).toEqual([226, 'feed'])
  expect(JSON.parse(changed.body.toString()).items).toMatchObject([
    { id: 'urn:newswire:na-6', _newswire: { revision: '2.1' } },
  ])
  const now = await ask('/feeds/json?region=FI')
  expect(changed.headers['etag']).toBe(now.headers['etag'])
  const same = { 'a-im': 'feed', 'if-none-match': etagOf(now) }
  expect((await ask('/feeds/json?region=FI', same)).status).toBe(304)
  const foreign = { 'a-im': 'feed', 'if-none-match': '"of-another-server"' }
  expect((await ask('/feeds/json?region=FI', foreign)).status).toBe(200)
  const unwanted = { ...fields, 'a-im': 'feed;q=0' }
  expect((await ask('/feeds/json?region=FI', unwanted)).status).toBe(200)
})

test('what is hot is as right as what is not: the next request sees the next version', async () => {
  await house.publish(itemIn('na-8', 'FR'))
  await twice('/feeds/json?region=FR')
  const asked = house.queries()
  await house.publish(itemIn('na-9', 'SE'))
  await twice('/feeds/json?region=FR')
  expect(house.queries()).toBe(asked)
  await house.publish(itemIn('na-8', 'FR', { version: 2, status: 'canceled' }))
  const { body } = await twice('/feeds/json?region=FR')
  expect(JSON.parse(body.toString()).items).toMatchObject([{ _newswire: { status: 'canceled' } }])
})

test('a body that comes with a GET does not become the next request', async () => {
  await twice('/feeds/rss?region=FR')
  const { hostname, port } = new URL(house.url)
  const socket = connect(Number(port), hostname)
  const head = `GET /feeds/rss?region=FR HTTP/1.1\r\nhost: x\r\n`
  socket.write(`${head}content-length: 20\r\n\r\nGET /evil HTTP/1.1\r\n`)
  socket.end(`${head}connection: close\r\n\r\n`)
  const answers = (await text(socket)).match(/HTTP\/1\.1 \d+/g)
  expect(answers).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200'])
})

test.each([
  ['region=UK', 'unknown-region', 'GB'],
  ['region=Germany', 'unknown-region', 'DE'],
  ['not.region=DE-XX', 'unknown-region', 'DE'],
  ['topic=sport', 'unknown-topic', 'medtop:15000000'],
  ['topic=medtop:15999999', 'unknown-topic', undefined],
  ['lang=german', 'unknown-language', 'de'],
])('%s is refused as %s, and %s is named', async (query, slug, nearest) => {
  const { status, body } = await ask(`/feeds/rss?${query}`)
  const problem = JSON.parse(body.toString())
  expect([status, problem.type]).toEqual([400, `urn:newswire:problem:${slug}`])
  if (nearest !== undefined) expect(problem.nearest[0].code).toBe(nearest)
  expect(problem.nearest.length).toBeGreaterThan(0)
  expect(problem.detail).toContain(problem.nearest[0].code)
})

test('what is erased by law leaves a feed that found it by its words', async () => {
  const body = { html: '<p>Zauberwort</p>', text: 'Zauberwort', complete: true }
  await house.publish(taggedItem({ id: 'na-20', headline: 'Herr Mustermann', body }))
  const path = '/feeds/json?q=zauberwort'
  expect((await twice(path)).body.toString()).toContain('Mustermann')
  const gone = { status: 'canceled', change: 'withdrawal' } as const
  await house.publish(taggedItem({ id: 'na-20', version: 2, headline: 'Herr Mustermann', ...gone }))
  expect((await twice(path)).body.toString()).toContain('Mustermann')
  const erased = { headline: '(erased)', issuer: { name: '' }, credit: '', flags: [erasedFlag] }
  await house.publish(taggedItem({ id: 'na-20', version: 3, ...gone, ...erased }))
  expect((await twice(path)).body.toString()).not.toContain('Mustermann')
})

test('a date alone tells too that an older item came in, or one left', async () => {
  await house.publish(itemIn('na-30', 'JP', { updated: '2026-03-02T00:00:00.000Z' }))
  const first = await ask('/feeds/json?region=JP')
  const since = { 'if-modified-since': String(first.headers['last-modified']) }
  expect((await twice('/feeds/json?region=JP', since)).status).toBe(304)
  await house.publish(itemIn('na-31', 'JP', { updated: '2026-03-01T00:00:00.000Z' }))
  expect((await twice('/feeds/json?region=JP', since)).status).toBe(200)
})

test('the page of a feed is known again, packed, and allowed what pages are', async () => {
  await house.publish(itemIn('na-40', 'KE'))
  const html = { accept: 'text/html', 'accept-language': 'de', 'accept-encoding': 'gzip' }
  const page = await ask('/feeds/rss?region=KE', html)
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-encoding': 'gzip',
    vary: 'Accept, Accept-Encoding, A-IM, Accept-Language',
  })
  expect(page.headers['content-security-policy']).toContain("script-src 'self'")
  const known = { ...html, 'if-none-match': etagOf(page) }
  expect((await ask('/feeds/rss?region=KE', known)).status).toBe(304)
  expect((await ask('/feeds/rss?region=KE', { ...known, 'accept-language': 'en' })).status).toBe(
    200,
  )
})

test('however many ask for what changed, or for a page, it is looked up once', async () => {
  await house.publish(itemIn('na-50', 'UG'), itemIn('na-51', 'UG'))
  const first = await ask('/feeds/json?region=UG')
  await house.publish(itemIn('na-50', 'UG', { version: 2 }))
  await ask('/feeds/json?region=UG')
  const before = house.queries()
  const fields = { 'a-im': 'feed', 'if-none-match': etagOf(first) }
  const html = { accept: 'text/html' }
  await Promise.all([
    ...Array.from({ length: 20 }, () => ask('/feeds/json?region=UG', fields)),
    ...Array.from({ length: 20 }, () => ask('/feeds/json?region=UG', html)),
  ])
  // A few arrive after the first look has ended.
  expect(house.queries() - before).toBeLessThan(15)
})

test('a condition comes before what changed', async () => {
  await house.publish(itemIn('na-60', 'TZ'))
  const first = await ask('/feeds/json?region=TZ')
  await house.publish(itemIn('na-61', 'TZ'))
  const fields = { 'a-im': 'feed', 'if-none-match': etagOf(first), 'if-match': '"nope"' }
  expect((await ask('/feeds/json?region=TZ', fields)).status).toBe(412)
})

test('what newsletters add to an address is left out', async () => {
  const { status, headers } = await ask('/feeds/rss?utm_source=x&region=TZ')
  expect([status, headers['location']]).toEqual([308, '/feeds/rss?region=TZ'])
  const hidden = await ask('/feeds/rss?utm_source=/feeds/rss')
  expect([hidden.status, hidden.headers['location']]).toEqual([308, '/feeds/rss'])
})
