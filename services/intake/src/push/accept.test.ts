import { Problem } from '@newswire/http'
import { feedEntrySchema } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { type Accepted, accept } from './accept.js'

const bytes = (text: string) => new TextEncoder().encode(text)
const take = (text: string, type: string) => accept(bytes(text), type)
const bodyOf = async (text: Uint8Array, type: string) => (await accept(text, type))[0].body

async function shapeOf(text: string, type: string): Promise<{ status: number; detail: string }> {
  try {
    await take(text, type)
    return { status: 202, detail: '' }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { status: error.shape.status, detail: error.shape.detail ?? '' }
  }
}

const typesOf = (accepted: readonly Accepted[]) => accepted.map(({ contentType }) => contentType)
const json = 'application/json'
const xml = 'application/xml'

describe('accept', () => {
  it('honours the charset of a text', async () => {
    const latin = Uint8Array.from([0x4b, 0xf6, 0x6c, 0x6e])
    expect(await bodyOf(latin, 'text/plain; charset=iso-8859-1')).toBe('Köln')
    expect(await bodyOf(latin, 'text/plain')).toBe('Köln')
    expect(await bodyOf(bytes('Köln'), 'Text/Plain;charset=UTF-8')).toBe('Köln')
  })

  it.each([
    ['a 1.x document', '{"headline":"x"}'],
    ['a 3.x document', '{"headlines":[{"value":"x"}]}'],
    ['a withdrawal', '{"uri":"urn:x","pubStatus":"canceled"}'],
    ["Superdesk's guid", '{"guid":"urn:x"}'],
  ])('takes %s', async (_name, text) => {
    expect(typesOf(await take(text, json))).toEqual([json])
  })

  it.each([
    '[{"headline":"x"},{"headline":"y"}]',
    '{"items":[{"headline":"x"},{"headline":"y"}]}',
    '{"total":2,"item":[{"headline":"x"},{"headline":"y"}]}',
  ])('takes each document of the list %s', async (text) => {
    const taken = await take(text, json)
    expect(taken.map(({ body }) => body)).toEqual(['{"headline":"x"}', '{"headline":"y"}'])
  })

  it.each([
    ['broken JSON', '{"headline":', json, 400],
    ['a list with something else in it', '[{"headline":"x"},{"hello":"world"}]', json, 422],
    ['a list of texts', '["x"]', json, 422],
    ['a list of other objects', '{"items":[{"hello":"world"}]}', json, 422],
    ['a string', '"x"', json, 400],
    ['an empty list', '[]', json, 400],
    ['an object of another kind', '{"hello":"world"}', json, 422],
    ['a headline that is no text', '{"headline":7}', json, 422],
    ['an empty text', ' \n', 'text/plain', 422],
    ['an empty document', '', json, 422],
    ['IPTC 7901', '\u0001abc0001 4 i 100 A slug\r\n\u0002Text\u0003', 'text/plain', 422],
    ['an unknown type', 'x', 'application/x-unknown', 415],
    ['no type', 'x', '', 415],
    ['a text over the limit', 'x'.repeat(1_048_577), 'text/plain', 413],
  ])('refuses %s', async (_name, text, type, status) => {
    expect(await shapeOf(text, type)).toMatchObject({ status, detail: expect.stringMatching(/\w/) })
  })

  it('says which types it takes', async () => {
    await expect(take('<x/>', 'application/pdf')).rejects.toThrow(/text\/plain, .*newsitem\+xml/)
  })
})

const story = {
  id: '5000001',
  url: 'https://www.presseportal.de/pm/1/5000001',
  title: 'Ein Titel',
  body: 'Bonn (ots) - Ein Text.',
  company: { id: '1', name: 'Beispiel AG' },
}
const answer = (content: unknown) => JSON.stringify({ success: '1', request: {}, content })

describe('JSON of wires', () => {
  it('knows dpa digitalwires by its word and by its shape', async () => {
    const named = await take('{"format":"digitalwires@0.9.1","urn":"urn:x"}', json)
    const shaped = await take('{"urn":"urn:x","article_html":"","pubstatus":"usable"}', json)
    expect([typesOf(named), typesOf(shaped)]).toEqual([
      ['application/vnd.newswire.digitalwires+json'],
      ['application/vnd.newswire.digitalwires+json'],
    ])
  })

  it('knows a release of PR Newswire by its fields, alone or in its answer', async () => {
    const type = 'application/vnd.newswire.cision+json'
    const release = { release_id: '20260714NY00001', title: 'A title', body: '<p>A text.</p>' }
    expect(typesOf(await take(JSON.stringify(release), json))).toEqual([type])
    const [one] = await take(JSON.stringify({ data: release }), json)
    expect(JSON.parse(one.body)).toEqual(release)
    expect(one.contentType).toBe(type)
  })

  it('takes a story of the presseportal API, alone or in its answer', async () => {
    const type = 'application/vnd.newswire.presseportal+json'
    expect(typesOf(await take(JSON.stringify(story), json))).toEqual([type])
    expect(typesOf(await take(answer({ story: [story, story] }), json))).toEqual([type, type])
    const [one] = await take(answer({ story }), json)
    expect(JSON.parse(one.body)).toEqual(story)
  })

  it.each([
    ['an error of the API', '{"success":"0","error":{"code":"101","msg":"no key"}}', /no key/],
    ['an answer without stories', answer({ story: [] }), /id, url, title/],
    ['an answer about a company', '{"success":"1","company":{"id":"1"}}', /id, url, title/],
    [
      'a story without its issuer',
      answer({ story: [{ ...story, company: 1 }] }),
      /company or office/,
    ],
  ])('refuses %s', async (_name, text, reason) => {
    expect(await shapeOf(text, json)).toMatchObject({
      status: 422,
      detail: expect.stringMatching(reason),
    })
  })
})

const item = (guid: string) => `<newsItem guid="${guid}"><itemMeta/></newsItem>`
const message = (...parts: string[]) =>
  `<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sender>example.com</sender></header><itemSet>${parts.join('')}</itemSet></newsMessage>`
const entry = (title: string) => `<item><title>${title}</title></item>`
const rss = (...items: string[]) => `<rss version="2.0"><channel>${items.join('')}</channel></rss>`

describe('XML', () => {
  it.each([
    ['a newsItem', item('urn:x'), 'application/vnd.iptc.g2.newsitem+xml'],
    ['a newsMessage', message(item('urn:x')), 'application/vnd.iptc.g2.newsmessage+xml'],
    ['a prefixed newsItem', '<n:newsItem><n:contentSet/></n:newsItem>', 'text/xml'],
    ['NewsML 1.2', '<NewsML><NewsItem><NewsComponent/></NewsItem></NewsML>', xml],
    ['NITF with a DOCTYPE', '<!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><body/></nitf>', xml],
    ['NITF of its own type', '<nitf><body/></nitf>', 'application/nitf+xml'],
    ['XML that is called plain text', `<?xml version="1.0"?>${item('urn:x')}`, 'text/plain'],
  ])('takes %s as it stands', async (_name, text, type) => {
    expect(await take(text, type)).toEqual([{ contentType: xml, body: text }])
  })

  it('parts a message into its news items, each in the envelope', async () => {
    const parts = await take(message('<packageItem/>', item('a'), item('b'), item('c')), xml)
    expect(parts.map(({ body }) => body)).toEqual([
      message('<packageItem/>', item('a')),
      message('<packageItem/>', item('b')),
      message('<packageItem/>', item('c')),
    ])
  })

  it('refuses a message of more items than a message may hold, without cutting it', async () => {
    const many = message(...Array.from({ length: 20_000 }, (_, index) => item(`urn:${index}`)))
    expect(await shapeOf(many, xml)).toMatchObject({
      status: 413,
      detail: expect.stringMatching(/20000 releases/),
    })
  })

  it('parts NewsML 1.2 into its outermost items', async () => {
    const item12 = (id: string) =>
      `<NewsItem Duid="${id}"><NewsComponent>${id}</NewsComponent></NewsItem>`
    const nested = `<NewsItem><NewsComponent>${item12('inner')}</NewsComponent></NewsItem>`
    const envelope = (items: string) => `<NewsML><NewsEnvelope/>${items}</NewsML>`
    const parts = await take(envelope(item12('a') + nested), xml)
    expect(parts.map(({ body }) => body)).toEqual([envelope(item12('a')), envelope(nested)])
  })

  it('takes one entry of a feed as an entry', async () => {
    const atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>B</title></entry></feed>'
    for (const [text, title] of [
      [rss(entry('A')), 'A'],
      [atom, 'B'],
      [entry('C'), 'C'],
      ['<entry xmlns="http://www.w3.org/2005/Atom"><title>D</title><id>x</id></entry>', 'D'],
    ] as const) {
      const [only, ...others] = await take(text, 'application/rss+xml')
      expect(only.contentType).toBe('application/vnd.newswire.entry+json')
      expect(feedEntrySchema.parse(JSON.parse(only.body)).title).toBe(title)
      expect(others).toEqual([])
    }
  })

  it.each([
    ['a feed of several entries', rss(entry('A'), entry('B')), /as a source/],
    ['a feed of none', rss(), /one entry/],
    ['another root', '<contentMeta/>', /<contentMeta>/],
    ['a web page', '<html><body/></html>', /<html>/],
    ['a package alone', '<packageItem/>', /packageItem/],
    ['a message with a package alone', message('<packageItem/>'), /packageItem/],
    ['a message with nothing', message(), /no news item/],
    ['a hollow item', message('<newsItem guid="N1"> … </newsItem>'), /neither metadata/],
    ['no XML', 'Bonn (ots) - Text', /no XML/],
    ['what breaks off', '<newsItem><itemMeta>', /breaks off/],
    ['what breaks off within a tag', '<newsItem><itemMeta', /breaks off/],
    ['what closes wrongly', '<newsItem><itemMeta></contentMeta></newsItem>', /<\/itemMeta>/],
    ['two roots', '<nitf><body/></nitf><nitf/>', /behind the root/],
    ['what nests without end', '<nitf>'.repeat(300), /nested deeper/],
    [
      'entities that grow',
      '<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><nitf><body>&b;</body></nitf>',
      /declares entities/,
    ],
  ])('refuses %s', async (_name, text, reason) => {
    expect(await shapeOf(text, xml)).toMatchObject({
      status: 422,
      detail: expect.stringMatching(reason),
    })
  })

  it('takes at most a hundred releases at once, each of at most 1 MiB', async () => {
    const many = Array.from({ length: 101 }, (_, index) => item(`${index}`))
    expect((await shapeOf(message(...many), xml)).status).toBe(413)
    const large = `<newsItem><contentSet>${'x'.repeat(1_048_576)}</contentSet></newsItem>`
    expect((await shapeOf(message(item('a'), large), xml)).status).toBe(413)
    expect((await shapeOf(message(item('a'), item('b')), xml)).status).toBe(202)
  })
})
