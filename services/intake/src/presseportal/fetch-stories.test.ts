import { type FakeWire, startFakeWire } from '@newswire/kit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type House, openHouse, rawItems, sourceAt } from '../fixtures/house.js'
import { keyContext, pageUrl } from './fetch-stories.js'

let house: House
let wire: FakeWire
let number = 0
const key = 'geheim+schlüssel'.replace('ü', 'u')

beforeAll(async () => {
  ;[house, wire] = await Promise.all([openHouse({}, { gapMs: 0 }), startFakeWire()])
})
afterAll(async () => {
  await wire.stop()
  await house[Symbol.asyncDispose]()
})
beforeEach(() => {
  number += 1
})

const path = () => `/api/article/all/${number}`
const newSource = () => {
  const id = `api-${number}`
  const sealed = house.secrets.seal(key, keyContext(id))
  return sourceAt(`${wire.url}${path()}`, { id, kind: 'presseportal-api', key: sealed })
}
const story = (id: number, more = {}) => ({
  id: String(5_000_000 + id),
  url: `https://www.presseportal.de/pm/1/${5_000_000 + id}`,
  title: `Meldung ${id}`,
  body: `Bonn (ots) - Die Muster AG meldet Nummer ${id}.`,
  published: '2026-05-04T12:00:00+0200',
  language: 'de',
  company: { id: '1', url: 'https://www.presseportal.de/nr/1', name: 'Muster AG' },
  keywords: '',
  ...more,
})
const envelope = (list: unknown) =>
  JSON.stringify({ success: '1', request: { start: '0', limit: '50' }, content: { story: list } })
const headers = { 'content-type': 'application/javascript; charset=utf-8' }
/** Stories from `from` down to `to`, as the page at `start` holds them. */
const range = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, n) => story(from - n))
const servePage = (start: number, list: unknown) => {
  const query = `api_key=geheim%2Bschlussel&format=json&start=${start}&limit=50&teaser=0`
  wire.serve(`${path()}?${query}`, { body: envelope(list), headers })
}
const starts = () =>
  wire.requests
    .filter((request) => request.path.startsWith(path()))
    .map((request) => new URL(request.path, wire.url).searchParams.get('start'))
const own = async () =>
  (await rawItems(house.bus)).filter(({ value }) => value.source === `api-${number}`)

describe('a presseportal API source', () => {
  it('stores each story whole as it was sent, oldest first, and nothing twice', async () => {
    const source = newSource()
    servePage(0, [story(2, { highlight: '0' }), story(1, { keywords: { keyword: ['Test'] } })])
    expect(await house.poller.poll(source)).toMatchObject({ result: 'new', published: 2 })
    expect(await house.poller.poll(source)).toMatchObject({ result: 'empty', published: 0 })
    const stored = await own()
    expect(stored.map(({ value }) => JSON.parse(value.body))).toEqual([
      story(1, { keywords: { keyword: ['Test'] } }),
      story(2, { highlight: '0' }),
    ])
    expect(stored[0]?.value).toMatchObject({
      contentType: 'application/vnd.newswire.presseportal+json',
      door: 'poll',
      wire: 'na',
    })
  })

  it('stores a story again whose text has changed', async () => {
    const source = newSource()
    servePage(0, range(3, 1))
    await house.poller.poll(source)
    servePage(0, [story(3), story(2, { body: 'Bonn (ots) - Berichtigt.' }), story(1)])
    expect(await house.poller.poll(source)).toMatchObject({ published: 1 })
  })

  it('goes from page to page until one brings nothing new', async () => {
    const source = newSource()
    servePage(0, range(120, 71))
    servePage(50, range(70, 21))
    servePage(100, range(20, 1))
    expect(await house.poller.poll(source)).toMatchObject({ published: 120 })
    expect(starts()).toEqual(['0', '50', '100'])
    await house.poller.poll(source)
    expect(starts()).toEqual(['0', '50', '100', '0'])
    servePage(0, range(125, 76))
    servePage(50, range(75, 26))
    expect(await house.poller.poll(source)).toMatchObject({ published: 5 })
    expect(starts().slice(4)).toEqual(['0', '50'])
  })

  it('stores a story once that moved to the next page meanwhile', async () => {
    servePage(0, range(100, 51))
    servePage(50, range(52, 40))
    expect(await house.poller.poll(newSource())).toMatchObject({ published: 61 })
  })

  it('stops at ten pages and says so', async () => {
    for (let page = 0; page < 12; page += 1) {
      servePage(page * 50, range(1_000 - page * 50, 951 - page * 50))
    }
    const { published, position } = await house.poller.poll(newSource())
    expect(published).toBe(500)
    expect(position.lastNote).toMatch(/500/)
    expect(starts()).toHaveLength(10)
  })

  it('takes a single story that is no list, and leaves out one without an id', async () => {
    servePage(0, story(1))
    expect(await house.poller.poll(newSource())).toMatchObject({ published: 1 })
    number += 1
    servePage(0, [{ ...story(1), id: '' }, story(2)])
    const { published, position } = await house.poller.poll(newSource())
    expect(published).toBe(1)
    expect(position.lastNote).toMatch(/no id/)
  })

  it('takes an empty list as an empty poll', async () => {
    for (const list of [[], '', undefined]) {
      servePage(0, list)
      expect(await house.poller.poll(newSource())).toMatchObject({ result: 'empty' })
    }
  })

  it('publishes nothing where a later page fails, and all of it when it answers again', async () => {
    const source = newSource()
    servePage(0, range(70, 21))
    expect(await house.poller.poll(source)).toMatchObject({ result: 'failed' })
    expect(await own()).toHaveLength(0)
    servePage(50, range(20, 1))
    expect(await house.poller.poll(source)).toMatchObject({ published: 70 })
  })

  it.each([
    ['{}', { body: '{}' }, /answers \{\}/],
    [
      'an error with its code',
      { body: '{"success":"0","error":{"code":"101","msg":"authentification failed"}}' },
      /code 101: authentification failed.*key/,
    ],
    [
      'an error with a status',
      { status: 403, body: '{"success":"0","error":{"code":"101","msg":"no"}}' },
      /code 101: no/,
    ],
    [
      'an error that repeats the key',
      { body: `{"success":"0","error":{"msg":"bad ${key}"}}` },
      /bad …/,
    ],
    ['a web page', { body: '<!doctype html><html></html>' }, /web page/],
    ['half an answer', { body: envelope([story(1)]).slice(0, 80) }, /no JSON/],
    ['500', { status: 500, body: 'x' }, /500/],
    ['a redirect', { status: 302, headers: { location: '/elsewhere?api_key=x' } }, /redirects/],
  ])('fails with a sentence on %s, and never shows its key', async (_name, page, sentence) => {
    wire.serve(path(), page)
    const { result, error } = await house.poller.poll(newSource())
    expect(result).toBe('failed')
    expect(error).toMatch(sentence)
    expect(error).not.toContain('geheim')
    expect(JSON.stringify(house.lines)).not.toContain('geheim')
    expect(JSON.stringify(await house.positions.all())).not.toContain('geheim')
  })

  it('keeps to Retry-After where the API refuses with an error of its own', async () => {
    const body = '{"success":"0","error":{"code":"7","msg":"too many"}}'
    wire.serve(path(), { status: 429, headers: { 'retry-after': '900' }, body })
    const { position } = await house.poller.poll(newSource())
    expect(position).toMatchObject({ lastError: expect.stringMatching(/too many/) })
    expect(position.because).toContain('Retry-After')
  })

  it('says that it has no key, or one that was sealed elsewhere', async () => {
    const { key: _key, ...bare } = newSource()
    expect((await house.poller.poll(bare)).error).toMatch(/no key/)
    const foreign = { ...bare, key: house.secrets.seal(key, keyContext('other')) }
    expect((await house.poller.poll(foreign)).error).toMatch(/SECRETS_KEY/)
  })
})

describe('pageUrl', () => {
  it.each([
    ['https://api.presseportal.ch/api/article/all', 'de'],
    ['https://api.presseportal.ch/api/article/all?lang=fr', 'fr'],
    ['https://api.presseportal.de/api/article/all', null],
  ])('of %s asks for lang %s', (address, lang) => {
    const query = new URL(pageUrl(address, 'k', 50)).searchParams
    expect(query.get('lang')).toBe(lang)
    expect(query.get('start')).toBe('50')
  })
})
