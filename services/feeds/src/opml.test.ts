import { taggedItem, tagOf } from '@newswire/model/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FeedsHouse, startFeedsHouse } from './fixtures/house.js'

let house: FeedsHouse
beforeAll(async () => {
  house = await startFeedsHouse()
  const tags = [
    tagOf('iso3166-1', 'CN', ['030', '142', '001']),
    tagOf('medtop', 'medtop:20000344', ['medtop:04000000']),
  ]
  await house.publish(taggedItem({ id: 'na-1', tags }), taggedItem({ id: 'na-2', language: 'en' }))
})
afterAll(() => house.stop())

const ask = async (query = '', headers: Record<string, string> = {}) => {
  const answer = await fetch(`${house.url}/feeds/opml${query}`, { headers })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}
const outlines = (text: string) =>
  [...text.matchAll(/<outline ([^>]*)>/g)].map(([, attributes = '']) => {
    const attribute = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1]
    return [attribute('text'), attribute('xmlUrl')?.replace('https://wire.example.org', '')]
  })

test('lists a feed for each region, topic and language that has items', async () => {
  const { status, text, headers } = await ask('?hl=de')
  expect([status, headers.get('content-type')]).toEqual([200, 'text/x-opml; charset=utf-8'])
  expect(text).toMatch(
    /^<\?xml version="1\.0" encoding="utf-8"\?>\n<opml version="2\.0">\n {2}<head>/,
  )
  const found = outlines(text)
  expect(found.filter(([, url]) => url === undefined).map(([label]) => label)).toEqual([
    ...['Regionen', 'Themen', 'Sprachen'],
  ])
  expect(found).toContainEqual(['China', '/feeds/atom?hl=de&#x26;region=CN'])
  expect(found).toContainEqual(['Asien', '/feeds/atom?hl=de&#x26;region=142'])
  expect(found).toContainEqual([
    'Thema Wirtschaft und Finanzen',
    '/feeds/atom?hl=de&#x26;topic=medtop:04000000',
  ])
  expect(found).toContainEqual(['auf Englisch', '/feeds/atom?hl=de&#x26;lang=en'])
  expect(text).not.toContain('region=FR')
})

test('every address in it is served as it stands', async () => {
  const { text } = await ask()
  const paths = outlines(text).flatMap(([, url]) => (url ? [url.replaceAll('&#x26;', '&')] : []))
  expect(paths.length).toBeGreaterThan(6)
  for (const path of paths) {
    const { status } = await fetch(`${house.url}${path}`, { redirect: 'manual' })
    expect([path, status]).toEqual([path, 200])
  }
})

test('lists the feeds of one’s own choice', async () => {
  const query = new URLSearchParams([
    ['feed', 'region=CN&q="neue zahlen" <b>'],
    ['feed', ''],
    ['format', 'rss'],
  ])
  const { text } = await ask(`?${query}`)
  expect(outlines(text)).toEqual([
    ["China; with “'neue zahlen' b”", '/feeds/rss?q=%22neue+zahlen%22+b&#x26;region=CN'],
    ['all releases', '/feeds/rss'],
  ])
})

test('each list says its own address and name', async () => {
  const own = '?feed=lang%3Dde%26region%3DCN&feed=&format=rss&hl=de'
  const self = (query: string) => `<https://wire.example.org/feeds/opml${query}>; rel="self"`
  const [all, german, chosen] = [await ask(), await ask('?hl=de'), await ask(own)]
  expect(all.headers.get('link')).toBe(self(''))
  expect(german.headers.get('link')).toBe(self('?hl=de'))
  expect(chosen.headers.get('link')).toBe(self(own))
  expect((await ask(own)).text).toBe(chosen.text)
  const titles = [all, german, chosen].map(({ text }) => /<title>(.*)<\/title>/.exec(text)?.[1])
  expect(titles).toEqual([
    ...['Newswire: all feeds', 'Newswire: alle Feeds', 'Newswire: ausgewählte Feeds'],
  ])
})

test('who has the list is not sent it again', async () => {
  const plain = { 'accept-encoding': 'identity' }
  const etag = (await ask('', plain)).headers.get('etag') ?? ''
  expect((await ask('', { ...plain, 'if-none-match': etag })).status).toBe(304)
  expect((await ask('', { ...plain, 'if-match': '"another"' })).status).toBe(412)
})

test.each([
  ['?feed=region%3DXQ', 'unknown-region'],
  ['?format=xml', 'bad-list'],
  ['?region=CN', 'bad-filter'],
  ['?hl=nl', 'unknown-language'],
  [`?${'feed=&'.repeat(201)}`, 'bad-list'],
])('%s is refused as %s', async (query, slug) => {
  const { status, text } = await ask(query)
  expect([status, JSON.parse(text).type]).toEqual([400, `urn:newswire:problem:${slug}`])
})
