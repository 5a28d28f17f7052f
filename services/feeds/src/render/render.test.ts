import { parseFilter, type TaggedItem } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import Parser from 'rss-parser'
import { describe, expect, test } from 'vitest'
import { type FormatName, renderFeed } from './render.js'

const publicUrl = 'https://wire.example.org'

const render = (format: FormatName, items: readonly TaggedItem[], filter: unknown = {}) =>
  renderFeed({
    format,
    filter: parseFilter(filter),
    items: items.map((item, index) => ({ item, sequence: index + 1 })),
    publicUrl,
    path: `/feeds/${format}`,
    ...{ language: 'en', labelOf: () => undefined, links: {}, isArchive: false },
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
  expect(written).not.toContain('content:encoded>')
})

test('RSS names the issuer as dc:creator, since <author> wants an e-mail address', () => {
  const written = render('rss', [living])
  expect(written).toContain('<dc:creator>Muster AG</dc:creator>')
  expect(written).not.toContain('<author>')
})

test('Atom turns a withdrawn item into a tombstone and escapes titles as the HTML they claim', () => {
  const written = render('atom', [taggedItem({ headline: 'A < B' }), withdrawn])
  expect(written).toContain('<at:deleted-entry ref="urn:newswire:na-99" when="2026-01-05T')
  expect(written).toContain('<title type="html">A &amp;lt; B</title>')
  expect(written).toContain('<entry xml:lang="de">')
})

test('JSON Feed is version 1.1 with authors, language, attachments and our own facts', () => {
  const written = JSON.parse(render('json', [living, withdrawn], { region: ['CN'] }))
  expect(written).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Newswire: region CN',
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
  for (const format of ['rss', 'atom', 'json'] as const) {
    expect(render(format, [corrected])).toContain('Korrigierte Fassung')
  }
})

test.each([
  ['Umsatz < Vorjahr', 'Umsatz < Vorjahr'],
  ['A <b>x</b> B', 'A <b>x<\u2060/b> B'],
  ['Zeichen &copy; &#38; & da', 'Zeichen &\u2060copy; &\u2060#38; & da'],
  ['شركة 5 > 3 😀', 'شركة 5 > 3 😀'],
  ['\u0000Eins\u000b\ufffe\ud800 Zwei', 'Eins Zwei'],
  ['urn:hole:0: und ]]>', 'urn:hole:0: und ]]>'],
])('an RSS title is what it is, and never taken for HTML: %s', async (headline, title) => {
  const parsed = await parseXml(render('rss', [taggedItem({ headline })]))
  expect(parsed.items[0]?.title).toBe(title)
})

test('no text of one item gets into the place of another', async () => {
  const items = [
    'urn:hole:1:',
    '<![CDATA[urn:hole:2:]]>',
    '</item><item>',
    '<entry>',
    '</feed>',
  ].map((text, at) =>
    taggedItem({
      id: `na-${at}`,
      headline: text,
      body: { html: `<p>${text.replaceAll('<', '&lt;')}</p>`, text, complete: true },
      credit: text,
      issuer: { name: text },
    }),
  )
  for (const format of ['rss', 'atom'] as const) {
    const parsed = await parseXml(render(format, items))
    expect(parsed.items.map(({ title }) => title?.replaceAll('\u2060', ''))).toHaveLength(5)
  }
  const parsed = await parseXml(render('rss', items))
  expect(parsed.items.map(({ title }) => title?.replaceAll('\u2060', ''))).toEqual(
    items.map(({ headline }) => headline),
  )
})

test('what is no address of the web stands in no feed', () => {
  const item = taggedItem({
    sourceUrl: 'javascript:alert(1)',
    media: [
      { url: 'data:text/html,x', mimeType: 'text/html' },
      { url: 'https://img.example.com/ä b.jpg', mimeType: 'image/jpeg" x="' },
    ],
  })
  for (const format of ['rss', 'atom', 'json'] as const) {
    const written = render(format, [{ ...item, tags: [] }])
    const shown = format === 'json' ? written.replace(/"_newswire":.*/, '') : written
    expect(shown).not.toMatch(/javascript:|data:text/)
    expect(shown).toContain('https://img.example.com/%C3%A4%20b.jpg')
    expect(shown).toContain('application/octet-stream')
  }
})

test.each([
  ['de', 'Newswire: Region China oder JP, ohne Thema medtop:15000000'],
  ['en', 'Newswire: region China or JP, without topic medtop:15000000'],
  ['fr', 'Newswire: région China ou JP, sans thème medtop:15000000'],
  ['it', 'Newswire: regione China o JP, senza tema medtop:15000000'],
  ['es', 'Newswire: región China o JP, sin tema medtop:15000000'],
] as const)('the title says the filter in words: %s', (language, title) => {
  const filter = parseFilter({ region: ['CN', 'JP'], not: { topic: ['medtop:15000000'] } })
  const labelOf = (_: string, code: string) => (code === 'CN' ? 'China' : undefined)
  const options = { filter, items: [], publicUrl, links: {}, isArchive: false }
  const written = renderFeed({ ...options, format: 'json', path: '/feeds/json', language, labelOf })
  expect(JSON.parse(written)).toMatchObject({ title, language })
})

test('archives name their neighbours, and say that they are archives', () => {
  const links = {
    hub: `${publicUrl}/hub`,
    current: `${publicUrl}/feeds/x`,
    prevArchive: `${publicUrl}/feeds/x?archive=1`,
    nextArchive: `${publicUrl}/feeds/x?archive=3`,
  }
  const archive = (format: FormatName) =>
    renderFeed({
      ...{ format, filter: parseFilter({}), publicUrl, path: '/feeds/x?archive=2', links },
      items: [{ item: living, sequence: 1 }],
      ...{ language: 'de', labelOf: () => undefined, isArchive: true },
    })
  for (const [format, prefix] of [
    ['rss', 'atom:'],
    ['atom', ''],
  ] as const) {
    const written = archive(format)
    expect(written).toContain('<fh:archive/>')
    for (const [rel, href] of [
      ['prev-archive', links.prevArchive],
      ['next-archive', links.nextArchive],
      ['current', links.current],
      ['hub', links.hub],
    ]) {
      expect(written).toMatch(new RegExp(`<${prefix}link[^>]*rel="${rel}"[^>]*>`))
      expect(written).toContain(`href="${href}"`)
    }
    expect(written).toContain('alle Meldungen (Archiv)')
  }
  expect(JSON.parse(archive('json'))).toMatchObject({
    next_url: links.prevArchive,
    hubs: [{ type: 'WebSub', url: links.hub }],
  })
})

test('versions of one instant have different times in Atom, the same in every feed', () => {
  const items = ['na-1', 'na-2', 'na-3'].map((id) => taggedItem({ id }))
  const times = (written: string) =>
    [...written.matchAll(/<updated>([^<]*)<\/updated>/g)].map(([, time]) => time)
  const own = times(render('atom', items)).slice(1)
  expect(new Set(own).size).toBe(3)
  expect(own[0]).toBe('2026-01-05T09:00:00.000001Z')
})
