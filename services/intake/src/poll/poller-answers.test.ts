import { brotliCompressSync, deflateRawSync, deflateSync } from 'node:zlib'
import { type FakeWire, startFakeWire } from '@newswire/kit'
import { seenSchema } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { feedOf, type House, openHouse, rawItems, sourceAt } from '../fixtures/house.js'

let house: House
let wire: FakeWire
let number = 0
let now = new Date('2026-05-04T10:00:00Z')
const clock: Clock = { now: () => now }

beforeAll(async () => {
  ;[house, wire] = await Promise.all([openHouse({}, { clock, gapMs: 0 }), startFakeWire()])
})
afterAll(async () => {
  await wire.stop()
  await house[Symbol.asyncDispose]()
})
beforeEach(() => {
  number += 1
  now = new Date('2026-05-04T10:00:00Z')
})

const path = () => `/feed-${number}`
const serve = (page: Parameters<FakeWire['serve']>[1], at = path()) => wire.serve(at, page)
const poll = async (source: ReturnType<typeof newSource>) =>
  house.poller.poll((await house.sources.get(source.id)) ?? source)
const newSource = (fields = {}) =>
  sourceAt(`${wire.url}${path()}`, { id: `answers-${number}`, ...fields })
const added = async (fields = {}) => {
  const source = newSource(fields)
  await house.sources.create(source)
  return source
}
const audits = async () => {
  const { lastSequence = 0 } =
    (await house.bus.streams()).find(({ stream }) => stream === 'AUDIT') ?? {}
  const facts = await Promise.all(
    Array.from({ length: lastSequence }, (_, n) => house.bus.read('audit', n + 1)),
  )
  return facts.flatMap((fact) => fact?.value ?? [])
}
const asked = (at: string) => wire.requests.filter(({ path: seen }) => seen === at).length
const one = feedOf([{ id: 1, title: 'Eins' }])
const redirect = (status: number, location: string) => ({ status, headers: { location } })

describe('a redirect', () => {
  it.each([301, 308])('of status %i becomes the address after three in a row', async (status) => {
    const source = await added()
    serve(redirect(status, `/moved-${number}`))
    serve({ body: one, etag: true }, `/moved-${number}`)
    await poll(source)
    await poll(source)
    expect(await house.sources.get(source.id)).toMatchObject({ url: source.url })
    await poll(source)
    const to = `${wire.url}/moved-${number}`
    expect(await house.sources.get(source.id)).toMatchObject({ url: to, movedFrom: source.url })
    expect((await audits()).at(-1)).toMatchObject({
      actor: 'intake',
      action: 'source.moved',
      subject: source.id,
      detail: { from: source.url, to },
    })
    const before = asked(path())
    await poll(source)
    expect(asked(path())).toBe(before)
  })

  it('that is met only now and then, or is no permanent one, changes nothing', async () => {
    const source = await added()
    serve({ body: one }, `/moved-${number}`)
    for (const status of [301, 301, 302, 301, 301, 307, 302, 302, 302]) {
      serve(redirect(status, `/moved-${number}`))
      expect((await poll(source)).result).not.toBe('failed')
    }
    expect(await house.sources.get(source.id)).toMatchObject({ url: source.url })
  })

  it('is followed five times and no further', async () => {
    const chain = (length: number) => {
      for (let hop = 0; hop < length; hop += 1) {
        const next = hop + 1 === length ? `/end-${number}` : `/hop-${number}-${hop + 1}`
        serve(redirect(302, next), hop === 0 ? path() : `/hop-${number}-${hop}`)
      }
      serve({ body: one }, `/end-${number}`)
    }
    chain(5)
    expect(await poll(newSource())).toMatchObject({ result: 'new' })
    chain(6)
    expect(await poll(newSource())).toMatchObject({ result: 'failed' })
  })

  it.each(['http://169.254.169.254/', 'http://10.0.0.1/', 'http://[::1]/', 'file:///etc/passwd'])(
    'to %s is refused by the guard at each hop',
    async (target) => {
      serve(redirect(302, `/hop-${number}`))
      serve(redirect(302, target), `/hop-${number}`)
      expect(await poll(newSource())).toMatchObject({ result: 'failed' })
      expect(asked(`/hop-${number}`)).toBe(1)
    },
  )

  it('that ends in a 404 is tried again up to three times, as PR Newswire needs', async () => {
    serve(redirect(301, `${path()}/`))
    const failing = poll(newSource())
    expect(await failing).toMatchObject({ result: 'failed', error: expect.stringMatching(/404/) })
    expect(asked(path())).toBe(4)
  })

  it('that ends in a 404 only once costs nothing', async () => {
    const source = newSource()
    serve(redirect(301, `${path()}/`))
    const polling = poll(source)
    await expect.poll(() => asked(`${path()}/`), { interval: 1 }).toBeGreaterThan(0)
    serve({ body: one })
    expect(await polling).toMatchObject({ result: 'new' })
    expect((await house.positions.get(source.id))?.moved).toBeUndefined()
  })
})

describe('an answer', () => {
  it('of 410 ends the source, with its time and in the audit', async () => {
    const source = await added()
    serve({ status: 410 })
    expect(await poll(source)).toMatchObject({ error: expect.stringMatching(/410/) })
    expect(await house.sources.get(source.id)).toMatchObject({
      enabled: false,
      goneAt: now.toISOString(),
    })
    expect((await audits()).at(-1)).toMatchObject({ action: 'source.gone', subject: source.id })
  })

  it.each([429, 503])('of %i with Retry-After says when to come again', async (status) => {
    serve({ status, headers: { 'retry-after': '7200' } })
    const { position } = await poll(newSource())
    expect(position).toMatchObject({
      notBefore: '2026-05-04T12:00:00.000Z',
      nextPollAt: '2026-05-04T12:00:00.000Z',
      because: expect.stringContaining('Retry-After'),
    })
  })

  it('stores the validators of every 200, also when only one of them has moved', async () => {
    const source = newSource()
    const modified = (hour: number) => new Date(Date.UTC(2026, 4, 4, hour))
    serve({ body: one, headers: { etag: '"same"' }, lastModified: modified(8) })
    await poll(source)
    // An unchanged ETag would be answered with 304; this server does not look at it.
    serve({ body: one, headers: { etag: '"same"', 'last-modified': modified(9).toUTCString() } })
    const { position } = await poll(source)
    expect(position).toMatchObject({ etag: '"same"', lastModified: modified(9).toUTCString() })
    serve({ body: one, headers: { etag: '"other"' } })
    const { position: third } = await poll(source)
    expect(third.etag).toBe('"other"')
    expect(third).not.toHaveProperty('lastModified')
  })

  it('that breaks off gives what is whole, and is asked for again whole', async () => {
    const source = newSource()
    serve({ body: one, etag: true })
    const { position: before } = await poll(source)
    const whole = feedOf([
      { id: 3, title: 'Drei' },
      { id: 2, title: 'Zwei' },
    ])
    serve({ body: whole.slice(0, whole.indexOf('Zwei')), etag: true })
    const { published, position } = await poll(source)
    expect(published).toBe(1)
    expect(position.etag).toBe(before.etag)
    expect(position.lastNote).toMatch(/breaks off/)
    serve({ body: whole, etag: true })
    expect(await poll(source)).toMatchObject({ published: 1 })
    expect((await house.positions.get(source.id))?.lastNote).toBeUndefined()
  })

  it.each([
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ] as const)('in %s is read', async (encoding, pack) => {
    serve({ body: pack(one), headers: { 'content-encoding': encoding } })
    expect(await poll(newSource())).toMatchObject({ published: 1 })
  })

  it('whose Content-Length lies is a failed poll', async () => {
    serve({ body: one, cutAfterBytes: 100 })
    expect(await poll(newSource())).toMatchObject({ result: 'failed' })
    serve({ body: one, headers: { 'content-length': '99999999999' } })
    expect(await poll(newSource())).toMatchObject({ result: 'failed' })
  })

  it('without end stops at eight mebibytes', async () => {
    serve({ body: one, endless: Buffer.alloc(65_536, 32) })
    expect(await poll(newSource())).toMatchObject({ error: expect.stringMatching(/8388608/) })
  })

  it.each([
    ['Cache-Control', { 'cache-control': 'max-age=1800' }, one],
    [
      'Expires',
      { expires: 'Mon, 04 May 2026 10:30:00 GMT', date: 'Mon, 04 May 2026 10:00:00 GMT' },
      one,
    ],
    ['ttl', {}, one.replace('<title>', '<ttl>30</ttl><title>')],
  ])('slows the source by its %s', async (_name, headers: Record<string, string>, body) => {
    serve({ body, headers })
    const { position } = await poll(newSource())
    expect(position.everyMs).toBeGreaterThan(1_600_000)
    expect(position.because).toContain('asks for it')
  })

  it('leaves the large row alone while nothing is new', async () => {
    const source = newSource()
    serve({ body: one })
    await poll(source)
    const sequenceOf = async () => (await house.bus.register('seen', seenSchema)).get(source.id)
    const { revision } = (await sequenceOf()) ?? {}
    await poll(source)
    expect((await sequenceOf())?.revision).toBe(revision)
    expect(await rawItems(house.bus)).not.toHaveLength(0)
  })
})
