import { gzipSync } from 'node:zlib'
import { type FakeWire, startFakeWire } from '@newswire/kit'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { feedOf, type House, openHouse, rawEntries, rawItems, sourceAt } from '../fixtures/house.js'

let house: House
let wire: FakeWire
let number = 0

beforeAll(async () => {
  ;[house, wire] = await Promise.all([openHouse(), startFakeWire()])
})
afterAll(async () => {
  await wire.stop()
  await house[Symbol.asyncDispose]()
})
beforeEach(() => {
  number += 1
})

/** A source of its own for each test. */
const newSource = () => sourceAt(`${wire.url}/feed-${number}`, { id: `wire-${number}` })
const serve = (page: Parameters<FakeWire['serve']>[1]) => wire.serve(`/feed-${number}`, page)
const own = async () => {
  const items = await rawItems(house.bus)
  return items.filter(({ value }) => value.source === `wire-${number}`)
}
const two = [
  { id: 2, title: 'Zwei' },
  { id: 1, title: 'Eins' },
]

describe('poll', () => {
  it('stores each entry once, oldest first, and an unchanged feed is an empty poll', async () => {
    const source = newSource()
    serve({ body: feedOf(two) })
    expect(await house.poller.poll(source)).toMatchObject({ result: 'new', published: 2 })
    serve({ body: feedOf(two) })
    expect(await house.poller.poll(source)).toMatchObject({ result: 'empty', published: 0 })
    const stored = await own()
    expect(stored.map(({ value }) => JSON.parse(value.body).title)).toEqual(['Eins', 'Zwei'])
    expect(stored[0]?.value).toMatchObject({
      wire: 'na',
      door: 'poll',
      contentType: 'application/vnd.newswire.entry+json',
      rights: 'full',
    })
    const position = await house.positions.get(source.id)
    expect(position).toMatchObject({ polls: 2, emptyPolls: 1, entries: 2, failures: 0 })
  })

  it('stores a changed entry again, and only that', async () => {
    const source = newSource()
    serve({ body: feedOf(two) })
    await house.poller.poll(source)
    serve({
      body: feedOf([
        { id: 2, title: 'Zwei, berichtigt' },
        { id: 1, title: 'Eins' },
      ]),
    })
    expect(await house.poller.poll(source)).toMatchObject({ published: 1 })
    expect(await own()).toHaveLength(3)
  })

  it('sends both validators and counts 304 as an empty poll', async () => {
    const source = newSource()
    const lastModified = new Date('2026-05-04T10:00:00Z')
    serve({ body: feedOf(two), etag: true, lastModified })
    await house.poller.poll(source)
    expect(await house.poller.poll(source)).toMatchObject({ result: 'empty' })
    expect(wire.requests.at(-1)?.headers).toMatchObject({
      'if-none-match': expect.stringMatching(/^"/),
      'if-modified-since': lastModified.toUTCString(),
    })
    expect(await house.positions.get(source.id)).toMatchObject({
      emptyPolls: 1,
      notModifiedInRow: 1,
    })
  })

  it('asks without conditions after 24 times 304 in a row', async () => {
    const source = newSource()
    serve({ body: feedOf(two), etag: true })
    await house.poller.poll(source)
    for (let poll = 1; poll <= 24; poll += 1) await house.poller.poll(source)
    expect(wire.requests.at(-1)?.headers).toHaveProperty('if-none-match')
    await house.poller.poll(source)
    expect(wire.requests.at(-1)?.headers).not.toHaveProperty('if-none-match')
    expect(await house.positions.get(source.id)).toMatchObject({ notModifiedInRow: 0 })
  })

  it('takes a 304 that it did not ask for as an empty poll', async () => {
    serve({ status: 304 })
    expect(await house.poller.poll(newSource())).toMatchObject({ result: 'empty' })
  })

  it('reads gzip and a charset that only the XML declaration names', async () => {
    const latin = feedOf([{ id: 7, title: 'Größe „5 €“' }]).replace('UTF-8', 'ISO-8859-1')
    serve({
      body: gzipSync(iconv.encode(latin, 'windows-1252')),
      headers: { 'content-encoding': 'gzip', 'content-type': 'application/rss+xml' },
    })
    await house.poller.poll(newSource())
    expect((await rawEntries(house.bus)).at(-1)?.title).toBe('Größe „5 €“')
  })

  it.each([
    ['HTML with 200', { body: '<!DOCTYPE html><html>404</html>' }, /HTML, not a feed/],
    ['10 MB', { body: feedOf(two) + ' '.repeat(10_000_000) }, /8388608|larger|large/i],
    [
      'a gzip bomb',
      { body: gzipSync(' '.repeat(20_000_000)), headers: { 'content-encoding': 'gzip' } },
      /8388608|larger|large/i,
    ],
    ['bytes of no text', { body: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]) }, /neither XML/],
    ['404', { status: 404, body: '' }, /404/],
    ['403', { status: 403, body: '' }, /403/],
    ['500', { status: 500, body: '' }, /500/],
    ['a redirect loop', { status: 302, headers: { location: '/feed-loop' } }, /redirect/],
    [
      'a redirect into the house',
      { status: 302, headers: { location: 'http://169.254.1.1/' } },
      /./,
    ],
  ])(
    'fails with a reason on %s and leaves the position where it was',
    async (_name, page, reason) => {
      wire.serve('/feed-loop', { status: 302, headers: { location: '/feed-loop' } })
      const source = newSource()
      serve({ body: feedOf(two), etag: true })
      await house.poller.poll(source)
      const before = await house.positions.get(source.id)
      serve(page)
      const { result, error } = await house.poller.poll(source)
      expect(result).toBe('failed')
      expect(error).toMatch(reason)
      const after = await house.positions.get(source.id)
      expect(after).toMatchObject({ seenCount: before?.seenCount, etag: before?.etag })
      expect(after?.lastError).toBe(error)
      expect(after).toMatchObject({ failures: 1, failuresInRow: 1 })
      serve({ body: feedOf(two) })
      expect(await house.poller.poll(source)).toMatchObject({ result: 'empty' })
      expect(await house.positions.get(source.id)).toMatchObject({ failures: 1, failuresInRow: 0 })
      expect(await own()).toHaveLength(2)
    },
  )

  it('refuses an address of the house itself', async () => {
    const source = { ...newSource(), url: 'http://169.254.169.254/latest' }
    expect(await house.poller.poll(source)).toMatchObject({ result: 'failed' })
  })

  it('disables a source that answers 410', async () => {
    const source = newSource()
    await house.sources.create(source)
    serve({ status: 410 })
    expect((await house.poller.poll(source)).error).toMatch(/410/)
    expect(await house.sources.get(source.id)).toMatchObject({ enabled: false })
  })

  it('publishes again without a double where it died before the position was written', async () => {
    const source = newSource()
    serve({ body: feedOf(two) })
    await house.poller.poll(source)
    // As if the process had died between the last publish and the position.
    await house.positions.delete(source.id)
    expect(await house.poller.poll(source)).toMatchObject({ published: 2 })
    expect(await own()).toHaveLength(2)
  })

  it('takes only the newest entries of a flood and says so', async () => {
    const source = newSource()
    const flood = Array.from({ length: 3_000 }, (_, id) => ({ id, title: `Nr. ${id}` }))
    serve({ body: feedOf(flood) })
    const { published, position } = await house.poller.poll(source)
    expect(published).toBe(500)
    expect(position.lastNote).toMatch(/2500/)
  })
})

describe('poll with a full stream', () => {
  it('fails, and the position does not move', async () => {
    await using small = await openHouse({ RAW: { bytesMax: 20_000 } })
    const source = sourceAt(`${wire.url}/full`)
    const items = Array.from({ length: 20 }, (_, id) => ({
      id,
      title: 'x',
      text: 'y'.repeat(2_000),
    }))
    wire.serve('/full', { body: feedOf(items), etag: true })
    const { result, error } = await small.poller.poll(source)
    expect(result).toBe('failed')
    expect(error).toMatch(/full/i)
    const position = await small.positions.get(source.id)
    expect(position?.seenCount).toBe(0)
    expect(position?.etag).toBeUndefined()
  })
})
