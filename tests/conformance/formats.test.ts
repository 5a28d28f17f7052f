import { type Newswire, startNewswire } from '@newswire/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Furnished, filters, furnish } from './furnished-house.js'
import { hostile } from './hostile.js'
import { childrenOf, namespaceUris, readXml, tombstoneUri } from './rules/document.js'
import { entriesOf, headOf, linksIn } from './rules/every-feed.js'
import { atomCheck, jsonFeedCheck, ninjsCheck } from './schemas.js'

/* What the specifications of the formats demand, with their own schemas as the judge. */

let newswire: Newswire
let furnished: Furnished
beforeAll(async () => {
  newswire = await startNewswire()
  furnished = await furnish(newswire)
}, 60_000)
afterAll(() => newswire.stop())

const checks = { json: jsonFeedCheck(), ninjs: ninjsCheck(), atom: atomCheck() }

const asked = new Map<string, Promise<{ text: string; type: string }>>()

function ask(path: string): Promise<{ text: string; type: string }> {
  const known = asked.get(path) ?? load(path)
  asked.set(path, known)
  return known
}

async function load(path: string): Promise<{ text: string; type: string }> {
  const answer = await fetch(newswire.url + path)
  const text = await answer.text()
  expect([path, answer.status]).toEqual([path, 200])
  return { text, type: answer.headers.get('content-type') ?? '' }
}

const feed = (format: string, query: string) =>
  ask(`/feeds/${format}${query === '' ? '' : `?${query}`}`)

interface JsonFeed {
  readonly version: string
  readonly language?: string
  readonly feed_url: string
  readonly hubs?: readonly { readonly type: string; readonly url: string }[]
  readonly items: readonly JsonItem[]
}

interface JsonItem {
  readonly id: string
  readonly title: string
  readonly language?: string
  readonly content_html?: string
  readonly date_published?: string
  readonly date_modified?: string
  readonly attachments?: readonly { readonly url: string; readonly mime_type: string }[]
  readonly _newswire: { readonly id: string; readonly status: string; readonly tags: unknown[] }
}

const jsonOf = async (query: string) => JSON.parse((await feed('json', query)).text) as JsonFeed

describe.each(filters)('feeds of "%s"', (query) => {
  test('are a JSON Feed 1.1 by its schema', async () => {
    const { text, type } = await feed('json', query)
    expect(type).toMatch(/^application\/feed\+json/)
    expect(checks.json(JSON.parse(text))).toEqual([])
  })

  test('hold items that are ninjs 3.1 by the schema of IPTC, with one key of our own', async () => {
    const { items } = JSON.parse((await feed('ninjs', query)).text) as {
      items: readonly Record<string, unknown>[]
    }
    const found = items.flatMap(({ _newswire, ...ninjs }) => checks.ninjs(ninjs))
    expect([...new Set(found)]).toEqual([])
    expect(items.every((item) => typeof item['_newswire'] === 'object')).toBe(true)
  })

  test('are Atom by the grammar of RFC 4287', async () => {
    expect(checks.atom((await feed('atom', query)).text)).toEqual([])
  })

  test.each(['rss', 'atom'])(
    'are well-formed XML with every namespace declared: %s',
    async (name) => {
      const { text } = await feed(name, query)
      expect(text).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?>/i)
      expect(() => readXml(text)).not.toThrow()
    },
  )

  test('hold the same items in every format, in the same order', async () => {
    const json = (await jsonOf(query)).items
    const rss = readXml((await feed('rss', query)).text).root
    const atom = readXml((await feed('atom', query)).text).root
    const ninjs = JSON.parse((await feed('ninjs', query)).text) as { items: { uri: string }[] }
    const ids = json.map(({ id }) => id)
    const living = json.filter(({ _newswire: { status } }) => status === 'usable')
    const idOf = (element: (typeof rss.children)[number], name: string) =>
      childrenOf(element, name)[0]?.text
    expect(entriesOf(rss).map((item) => idOf(item, 'guid'))).toEqual(ids)
    expect(ninjs.items.map(({ uri }) => uri)).toEqual(ids)
    expect(entriesOf(atom).map((entry) => idOf(entry, 'id'))).toEqual(living.map(({ id }) => id))
  })
})

test('a schema finds what is broken', () => {
  expect(checks.json({ version: 'https://jsonfeed.org/version/1.1', items: [] })).not.toEqual([])
  expect(checks.ninjs({ uri: 'urn:a:b', headline: 'of another version' })).not.toEqual([])
  expect(checks.ninjs({ uri: 'urn:a:b', headlines: [{ value: 'right' }] })).toEqual([])
  const entry =
    '<entry><id>urn:a:b</id><title>T</title><updated>2026-03-01T10:00:00Z</updated></entry>'
  const atom = (own: string) => `<feed xmlns="http://www.w3.org/2005/Atom">${own}</feed>`
  const head = '<id>urn:a:c</id><title>T</title><updated>2026-03-01T10:00:00Z</updated>'
  expect(checks.atom(atom(head + entry))).toEqual([])
  expect(checks.atom(atom(entry))).not.toEqual([])
  expect(checks.atom(atom(`${head}<link rel="self"/>`))).not.toEqual([])
  expect(checks.atom(atom(`${head}<issued>2026</issued>`))).not.toEqual([])
  expect(checks.atom(atom(head).replace('10:00:00Z', '10:00'))).not.toEqual([])
  const stone = (own: string) => `<x:deleted-entry xmlns:x="${tombstoneUri}" ref="urn:a:d" ${own}/>`
  expect(checks.atom(atom(head + stone('when="2026-03-01T10:00:00Z"')))).toEqual([])
  expect(checks.atom(atom(head + stone('')))).not.toEqual([])
})

describe('JSON Feed 1.1', () => {
  test('names its language, its hub and its own address', async () => {
    const { version, language, hubs, feed_url } = await jsonOf('hl=de&lang=en')
    expect({ version, language, feed_url }).toEqual({
      version: 'https://jsonfeed.org/version/1.1',
      language: 'de',
      feed_url: `${newswire.url}/feeds/json?hl=de&lang=en`,
    })
    expect(hubs).toEqual([{ type: 'WebSub', url: `${newswire.url}/hub` }])
  })

  test.each(hostile)('shows the title of $name as a person reads it', async (item) => {
    const { items } = await jsonOf('limit=500')
    const shown = items.find(({ _newswire }) => _newswire.id === furnished.ids.get(item.name))
    expect(shown).toMatchObject({ title: item.shown, language: item.language })
    expect(Date.parse(shown?.date_published ?? '')).toBe(Date.parse(item.at))
  })

  test('attaches pictures under the media type that the source names', async () => {
    const { items } = await jsonOf('q=umsatz')
    const [attachment] = items[0]?.attachments ?? []
    expect(attachment?.url).toMatch(/^https:\/\/img\.example\.com\/\w+\.php\?a=1&b=2$/)
    expect(attachment?.mime_type).toBe('image/jpeg')
  })

  test('keeps a withdrawn item without text, a corrected one once with its new title', async () => {
    const { items } = await jsonOf('limit=500')
    const of = (id: string) => items.filter(({ _newswire }) => _newswire.id === id)
    expect(of(furnished.corrected).map(({ title }) => title)).toEqual([
      'Correction: a plant with <300> jobs',
    ])
    const [gone, ...others] = of(furnished.withdrawn)
    expect(others).toEqual([])
    expect(gone?._newswire.status).toBe('canceled')
    expect(JSON.stringify(gone)).not.toContain('jobs')
  })
})

describe('RSS 2.0', () => {
  test('tells the language, the hub and itself, and each item once under its guid', async () => {
    const { root } = readXml((await feed('rss', '')).text)
    const head = headOf(root)
    expect(childrenOf(head, 'language').map(({ text }) => text)).toEqual(['en'])
    const links = linksIn(head).map(({ attributes }) => Object.fromEntries(attributes))
    expect(links).toContainEqual(
      expect.objectContaining({ rel: 'self', href: `${newswire.url}/feeds/rss` }),
    )
    expect(links).toContainEqual(expect.objectContaining({ rel: 'hub' }))
  })

  test('shows each picture with its type', async () => {
    const { root } = readXml((await feed('rss', 'q=umsatz')).text)
    const [item] = entriesOf(root)
    if (!item) throw new Error('The feed holds no item.')
    const pictures = [
      ...childrenOf(item, 'content', namespaceUris.media),
      ...childrenOf(item, 'enclosure', ''),
    ]
    expect(pictures.map(({ attributes }) => attributes.get('type'))).toContain('image/jpeg')
  })
})

describe('tombstones (RFC 6721)', () => {
  test('stand in place of the entry, with the instant, and no word of the text', async () => {
    const { text } = await feed('atom', '')
    const { root } = readXml(text)
    const stones = childrenOf(root, 'deleted-entry', tombstoneUri)
    expect(stones.map(({ attributes }) => Object.fromEntries(attributes))).toEqual([
      {
        ref: `urn:newswire:${furnished.withdrawn}`,
        when: expect.stringMatching(/^2026-03-01T13:00/),
      },
    ])
    const ids = entriesOf(root).map((entry) => childrenOf(entry, 'id')[0]?.text)
    expect(ids).not.toContain(`urn:newswire:${furnished.withdrawn}`)
  })
})

describe.each(['rss', 'atom', 'json', 'ninjs'])('the answer of /feeds/%s', (format) => {
  const relation = (rel: string, field: string) =>
    new RegExp(`<([^>]*)>; rel="${rel}"`).exec(field)?.[1]

  test('names itself and its hub in the field Link (WebSub, section 4)', async () => {
    const url = `${newswire.url}/feeds/${format}?lang=en`
    const answer = await fetch(url)
    await answer.body?.cancel()
    const link = answer.headers.get('link') ?? ''
    expect([relation('self', link), relation('hub', link)]).toEqual([url, `${newswire.url}/hub`])
  })
})
