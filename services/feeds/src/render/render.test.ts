import { parseFilter, type TaggedItem } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import Parser from 'rss-parser'
import { describe, expect, test } from 'vitest'
import { renderOpml } from './opml.js'
import { type FormatName, type RenderOptions, renderFeed } from './render.js'

const publicUrl = 'https://wire.example.org'

const render = (
  format: FormatName,
  items: readonly TaggedItem[],
  filter: unknown = {},
  own: Partial<RenderOptions> = {},
) =>
  renderFeed({
    format,
    filter: parseFilter(filter),
    items: items.map((item, index) => ({ item, sequence: index + 1 })),
    publicUrl,
    path: `/feeds/${format}`,
    language: 'en',
    labelOf: () => undefined,
    links: { hub: `${publicUrl}/hub` },
    isArchive: false,
    ...own,
  })

const parseXml = (xml: string) => new Parser().parseString(xml)

const hostile = 'Umsatz < Vorjahr & <b>fett</b> &copy; ]]> "😀" \u0008\u000b\ufffe\ud800 Ende'

const living = taggedItem({
  dateline: { raw: 'Chongqing (ots)', places: ['Chongqing'] },
  sourceUrl: 'https://wire.example.com/a?b=1&c=2',
  tags: [tagOf('iso3166-1', 'CN', ['142']), tagOf('medtop', 'medtop:04000000')],
  media: [{ url: 'https://img.example.com/a.php', mimeType: 'image/jpeg', caption: 'Werk' }],
})
const withdrawn = taggedItem({
  id: 'na-99',
  uri: 'urn:newswire:na-99',
  version: 2,
  change: 'withdrawal',
  status: 'canceled',
  headline: 'Falsche Zahlen',
  body: { html: '', text: '', complete: true },
})

describe.each(['rss', 'atom', 'json', 'ninjs'] as const)('%s', (format) => {
  test('gives the same bytes for the same items', () => {
    expect(render(format, [living, withdrawn])).toBe(render(format, [living, withdrawn]))
  })

  test('carries the credit, the source link, the id and the tags', () => {
    const written = render(format, [living])
    expect(written).toContain(living.credit)
    expect(written).toContain('urn:newswire:na-4711')
    expect(written).toContain('medtop:04000000')
    expect(written).toMatch(/wire\.example\.com\/a\?b=1&(amp;)*c=2/)
  })

  test('holds no word of a withdrawn body, whatever the stored item holds', () => {
    const secret = { html: '<p>GEHEIM</p>', text: 'GEHEIM', complete: true }
    const written = render(format, [{ ...withdrawn, body: secret, contact: 'GEHEIM' }])
    expect(written).not.toContain('GEHEIM')
    expect(written).toContain('urn:newswire:na-99')
  })

  test('cuts a teaser-only release to its teaser, with its credit', () => {
    const text = `${'Anfang der Meldung. '.repeat(30)}SCHLUSS`
    const body = { html: `<p>${text}</p>`, text, complete: true }
    const written = render(format, [{ ...living, rights: 'teaser', body }])
    expect(written).toContain('Anfang der Meldung.')
    expect(written).toContain(living.credit)
    expect(written).not.toContain('SCHLUSS')
  })

  test('is readable when it has no item', () => {
    const written = render(format, [])
    if (format === 'rss' || format === 'atom') expect(written).toMatch(/^<\?xml/)
    else expect(JSON.parse(written)).toMatchObject({ items: [] })
  })
})

describe.each(['rss', 'atom'] as const)('%s for readers', (format) => {
  test('is well-formed with hostile text in every field', async () => {
    const item = taggedItem({
      headline: hostile,
      body: { html: `<p>${hostile}</p>`, text: hostile, complete: true },
      issuer: { name: hostile },
      credit: hostile,
      tags: [{ ...tagOf('iso3166-1', 'CN'), label: hostile }],
    })
    const parsed = await parseXml(render(format, [item]))
    expect(parsed.items).toHaveLength(1)
    expect(parsed.items[0]?.title).toContain('Umsatz')
    expect(parsed.items[0]?.title).toContain('Ende')
  })

  test('is well-formed when all items are withdrawn', async () => {
    const parsed = await parseXml(render(format, [withdrawn]))
    expect(parsed.items).toHaveLength(format === 'rss' ? 1 : 0)
  })
})

test.each([
  ['rss', [living, withdrawn]],
  ['rss', [withdrawn]],
  ['rss', []],
  ['atom', [living, withdrawn]],
  ['atom', [withdrawn]],
] as const)('%s declares every namespace that it uses (case %#)', (format, items) => {
  const written = render(format, items).replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')
  const used = [...written.matchAll(/<([a-z]+):[a-z-]+/gi)].map(([, prefix]) => prefix)
  const declared = [...written.matchAll(/xmlns:([a-z]+)=/g)].map(([, prefix]) => prefix)
  expect(used.filter((prefix) => !declared.includes(prefix))).toEqual([])
})

test('RSS keeps a withdrawn item under its guid with its status', () => {
  const written = render('rss', [withdrawn])
  expect(written).toContain('<title>Zurückgezogen: Falsche Zahlen</title>')
  expect(written).toContain('<category domain="urn:newswire:status">canceled</category>')
  expect(written).not.toMatch(/content:encoded>|<description>[^P]/)
})

test('RSS names the issuer as dc:creator, since <author> wants an e-mail address', () => {
  const written = render('rss', [living])
  expect(written).toContain('<dc:creator>Muster AG</dc:creator>')
  expect(written).not.toContain('<author>')
})

test('Atom turns a withdrawn item into a tombstone and says which titles are HTML', () => {
  const plain = taggedItem({ headline: 'A < B & S&P500' })
  const tagged = taggedItem({ id: 'na-5', headline: 'Das <b></b>-Element' })
  const written = render('atom', [plain, tagged, withdrawn])
  expect(written).toContain('<at:deleted-entry ref="urn:newswire:na-99" when="2026-01-05T')
  expect(written).toContain('<title>A &#x3C; B &#x26; S&#x26;P500</title>')
  expect(written).toContain(
    '<title type="html">Das &#x26;lt;b&#x26;gt;&#x26;lt;/b&#x26;gt;-Element</title>',
  )
  expect(written).toContain('<entry xml:lang="de">')
})

test('JSON Feed is version 1.1 with authors, language, attachments and our own facts', () => {
  const written = JSON.parse(render('json', [living, withdrawn], { region: ['CN'] }))
  expect(written).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Newswire: China',
    language: 'en',
    hubs: [{ type: 'WebSub', url: `${publicUrl}/hub` }],
    items: [
      {
        id: 'urn:newswire:na-4711',
        language: 'de',
        authors: [{ name: 'Muster AG' }],
        attachments: [{ url: 'https://img.example.com/a.php', mime_type: 'image/jpeg' }],
        _newswire: { revision: '1.1', status: 'usable' },
      },
      { id: 'urn:newswire:na-99', content_html: '', _newswire: { status: 'canceled' } },
    ],
  })
})

test('a correction says what it is', () => {
  const corrected = taggedItem({ version: 2, change: 'correction' })
  for (const format of ['rss', 'atom', 'json', 'ninjs'] as const) {
    expect(render(format, [corrected])).toContain('Korrigierte Fassung')
  }
})

test('two releases of one instant have dates of their own, the later version the later one', () => {
  const of = (id: string, version: number) => {
    const written = render('atom', [taggedItem({ id, version })])
    return /<entry[\s\S]*?<updated>(.*?)<\/updated>/.exec(written)?.[1] ?? ''
  }
  expect(of('na-1', 1)).not.toBe(of('na-2', 1))
  expect(of('na-1', 2) > of('na-1', 1)).toBe(true)
  expect(Math.floor(Date.parse(of('na-1', 2)) / 1000)).toBe(
    Date.parse('2026-01-05T09:00:00Z') / 1000,
  )
})

test('a withdrawal of the same instant is later than what it takes back', () => {
  const first = render('atom', [taggedItem({ id: 'na-99' })])
  const updated = /<entry[\s\S]*?<updated>(.*?)<\/updated>/.exec(first)?.[1] ?? ''
  const when = /when="(.*?)"/.exec(render('atom', [withdrawn]))?.[1] ?? ''
  expect(when > updated).toBe(true)
})

test('a short teaser-only release gives no media, contact or subheadline either', () => {
  const secret = 'https://geheim.example/bild.jpg'
  const teaser = taggedItem({
    ...{ rights: 'teaser', contact: 'geheim', subheadline: 'geheim', links: [secret] },
    ...{ media: [{ url: secret }], tickers: ['geheim'] },
  })
  for (const format of ['rss', 'atom', 'json', 'ninjs'] as const) {
    expect(render(format, [teaser])).not.toContain('geheim')
    expect(render(format, [teaser])).toContain('Die Muster AG hat ein Werk')
  }
})

test('media and links that lead elsewhere than to the web are left out', () => {
  const item = taggedItem({
    ...{ sourceUrl: 'javascript:a', links: ['data:b'], issuer: { name: 'A', url: 'file:///c' } },
    media: [{ url: 'javascript:d' }, { url: 'https://img.example/e.jpg' }],
  })
  for (const format of ['rss', 'atom', 'json', 'ninjs'] as const) {
    expect(render(format, [item])).not.toMatch(/javascript:|data:b|file:/)
    expect(render(format, [item])).toContain('https://img.example/e.jpg')
  }
})

test('archives say so and lead to their neighbours', () => {
  const links = {
    current: `${publicUrl}/feeds/atom`,
    prevArchive: `${publicUrl}/feeds/atom/1`,
    nextArchive: `${publicUrl}/feeds/atom/3`,
  }
  for (const format of ['rss', 'atom'] as const) {
    const archive = render(format, [living], {}, { links, isArchive: true })
    expect(archive).toContain('<fh:archive/>')
    for (const rel of ['current', 'prev-archive', 'next-archive']) {
      expect(archive).toMatch(new RegExp(`link rel="${rel}" href="https://wire`))
    }
    expect(archive.indexOf('fh:archive/')).toBeLessThan(archive.search(/<(item|entry)/))
    expect(render(format, [living])).not.toContain('fh:archive/')
  }
})

test('an empty feed in RSS names no date, in Atom one that is plausible', () => {
  expect(render('rss', [])).not.toContain('lastBuildDate')
  expect(render('atom', [])).toContain('<updated>1990-01-01T00:00:00.000Z</updated>')
})

test('title and description say the filter in the language of the reader', () => {
  const filter = { region: ['CN', 'JP'], not: { lang: ['en'] } }
  const written = render('rss', [], filter, { language: 'de' })
  expect(written).toContain('<title>Newswire: China oder Japan; nicht auf Englisch</title>')
  expect(written).toContain(
    'Pressemitteilungen von Newswire: China oder Japan; nicht auf Englisch.',
  )
  expect(written).toContain('<language>de</language>')
})

test('OPML lists feeds in groups, leaves empty groups out and keeps texts right', () => {
  const feed = {
    ...{ xmlUrl: 'https://a.example/feeds/rss?a=1&b=2', language: 'de' as const, isRss: true },
  }
  const outlines = [
    { text: 'Länder', outlines: [{ text: 'Trinidad & Tobago <b>', feed }] },
    { text: 'Leer', outlines: [] },
  ]
  const written = renderOpml({ title: 'R&D', outlines, updated: new Date('2026-01-05T09:00:00Z') })
  expect(written).toContain('<outline text="Länder">')
  expect(written).toContain('text="Trinidad &#x26; Tobago &#x26;lt;b&gt;"')
  expect(written).toContain('xmlUrl="https://a.example/feeds/rss?a=1&#x26;b=2" language="de"')
  expect(written).toContain('<dateModified>Mon, 05 Jan 2026 09:00:00 GMT</dateModified>')
  expect(written).not.toContain('Leer')
})

test.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['deu', 'de'],
  ['qq', 'und'],
  ['yue', 'und'],
  ['Deutsch', 'und'],
])('an entry in %s says that its language is %s', (stated, language) => {
  const item = taggedItem({ language: stated })
  expect(render('atom', [item])).toContain(`<entry xml:lang="${language}">`)
  const said = language === 'und' ? undefined : language
  expect(JSON.parse(render('json', [item])).items[0].language).toBe(said)
  expect(/<dc:language>(.*)<\/dc:language>/.exec(render('rss', [item]))?.[1]).toBe(said)
})

test('the marks that the library is given in the place of texts come from no text', async () => {
  const caption = 'cap \ue0004\ue001 \ue0005\ue001 \ue0000\ue001'
  const item = taggedItem({
    ...{ headline: caption, issuer: { name: caption }, credit: caption },
    media: [{ url: 'https://img.example.com/a.jpg', mimeType: 'image/jpeg', caption }],
    tags: [{ ...tagOf('iso3166-1', 'CN'), label: caption }],
  })
  for (const format of ['rss', 'atom'] as const) {
    const written = render(format, [item, { ...item, id: 'na-2', status: 'canceled' }])
    expect((await parseXml(written)).items[0]?.title).toBe('cap 4 5 0')
    expect(written).not.toMatch(/[\ue000\ue001]/)
    expect(written).toMatch(/(title="|description>)cap 4 5 0/)
  }
})
