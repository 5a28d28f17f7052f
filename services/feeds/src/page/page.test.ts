import { parseFilter } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import { expect, test } from 'vitest'
import { type PageInput, renderPage } from './page.js'

const publicUrl = 'https://wire.example.org'
const token = `nwf_${'a'.repeat(43)}`

function show(own: Partial<PageInput> = {}): string {
  const address = (format: string) => `${publicUrl}/feeds/${format}?region=CN`
  return renderPage({
    filter: parseFilter({ region: ['CN'] }),
    words: 'Region China',
    language: 'en',
    entries: [],
    addresses: { rss: address('rss'), atom: address('atom'), json: address('json') },
    publicUrl,
    ...own,
  })
}

test('says the filter in words and gives each address in a field, a button and a link', () => {
  const page = show()
  expect(page).toContain('<h1>Region China</h1>')
  expect(page).toContain('<title>Region China · Newswire</title>')
  const types = { rss: 'application/rss+xml', atom: 'application/atom+xml' }
  for (const [format, type] of Object.entries({ ...types, json: 'application/feed+json' })) {
    const address = `${publicUrl}/feeds/${format}?region=CN`
    expect(page).toContain(`readonly spellcheck="false" value="${address}"`)
    expect(page).toContain(`data-copy="address-${format}"`)
    expect(page).toMatch(new RegExp(`<link rel="alternate" type="${type.replace('+', '\\+')}"`))
    expect(page).toContain(`href="${address}">`)
  }
  expect(page).toContain('href="/webhooks?region=CN"')
})

test('an entry shows headline, issuer, time, teaser, tags, credit and its source', () => {
  const item = taggedItem({
    tags: [{ ...tagOf('medtop', 'medtop:04000000'), label: 'Economy' }, tagOf('lang', 'de')],
    sourceUrl: 'https://wire.example.com/a?b=1&c=2',
  })
  const page = show({ entries: [item] })
  expect(page).toContain('<article lang="de" dir="ltr">')
  expect(page).toContain('<a href="/items/na-4711">Muster AG eröffnet Werk in Chongqing</a>')
  expect(page).toContain('<bdi>Muster AG</bdi>')
  expect(page).toContain('5 January 2026 at 09:00 UTC</time>')
  expect(page).toContain('<p>Die Muster AG hat ein Werk eröffnet.</p>')
  expect(page).toContain(
    '<a data-tag="medtop:04000000" href="/feeds/rss?topic=medtop:04000000"><bdi>Economy</bdi></a>',
  )
  expect(page).toContain(item.credit)
  expect(page).toContain('href="https://wire.example.com/a?b=1&amp;c=2"')
  expect(page).not.toContain('region=de')
})

test.each([
  ['correction', 'usable', 'Corrected version'],
  ['update', 'usable', 'Updated'],
  ['withdrawal', 'canceled', 'Withdrawn'],
  ['withdrawal', 'withheld', 'Withdrawn'],
] as const)('a %s that is %s is marked: %s', (change, status, mark) => {
  expect(show({ entries: [taggedItem({ version: 2, change, status })] })).toContain(mark)
})

test('a withdrawn entry keeps its headline and no word of its text', () => {
  const secret = { html: '<p>GEHEIM</p>', text: 'GEHEIM', complete: true }
  const gone = { version: 2, change: 'withdrawal', status: 'canceled' } as const
  const page = show({
    entries: [taggedItem({ ...gone, body: secret, tags: [tagOf('m49', '142')] })],
  })
  expect(page).not.toContain('GEHEIM')
  expect(page).toContain('Muster AG eröffnet Werk')
})

test('an entry of a teaser-only source says that it is a teaser', () => {
  const body = { html: '', text: 'Wort '.repeat(200), complete: true }
  const mark = '<span class="mark">Teaser</span>'
  expect(show({ entries: [taggedItem({ rights: 'teaser', body })] })).toContain(mark)
  expect(show({ entries: [taggedItem({ body })] })).not.toContain(mark)
})

test('a text that runs from right to left says so', () => {
  expect(show({ entries: [taggedItem({ language: 'ar' })] })).toContain('lang="ar" dir="rtl"')
})

test('speaks German too', () => {
  const page = show({ language: 'de', olderPath: '/feeds/rss?before=9' })
  expect(page).toContain('<html lang="de">')
  expect(page).toContain('Noch keine Meldung')
  expect(page).toContain('rel="next" href="/feeds/rss?before=9">Ältere Meldungen</a>')
})

test('nothing inline runs or styles, and every text of a release is text', () => {
  const hostile = '"><script>alert(1)</script><p style="x" onclick="y">\u0008'
  const item = taggedItem({
    id: 'na-<script>',
    headline: hostile,
    issuer: { name: hostile },
    credit: hostile,
    language: hostile,
    sourceUrl: 'javascript:alert(1)',
    body: { html: '', text: hostile, complete: true },
    tags: [{ ...tagOf('iso3166-1', 'CN'), label: hostile, code: hostile }],
  })
  const page = show({ entries: [item], words: hostile, olderPath: `/${hostile}` })
  expect(page.match(/<script/g)).toEqual(['<script'])
  expect(page).toContain('<script src="/feeds/page.js" defer></script>')
  expect(page).not.toMatch(/<[^>"]*(?:"[^"]*"[^>"]*)*\s(?:style|on\w+)=/)
  expect(page).not.toContain('\u0008')
  expect(page).not.toContain('href="javascript:')
})

test('an empty page says what to do: wait, or ask for more', () => {
  const filter = parseFilter({ region: ['CN'], lang: ['de'], not: { topic: ['04000000'] } })
  const page = show({ filter })
  expect(page).toContain('You can subscribe all the same')
  const wider = [
    ['lang=de&amp;not.topic=medtop:04000000', 'without the region'],
    ['not.topic=medtop:04000000&amp;region=CN', 'without the language'],
    ['lang=de&amp;region=CN', 'without what is left out'],
  ]
  for (const [query, way] of wider) {
    expect(page).toContain(`<a href="/feeds/rss?${query}">${way}</a>`)
  }
  expect(page).toContain('<a href="/feeds/rss">all releases</a>')
  expect(show({ filter: parseFilter({}) })).not.toContain('Or widen the filter')
})

test('a public page names its topic and hub, one of each', () => {
  const topic = { self: `${publicUrl}/feeds/rss?region=CN`, hub: `${publicUrl}/hub` }
  const addresses = { rss: topic.self, atom: 'a', json: 'j', topic }
  const page = show({ addresses })
  expect(page.match(/<link rel="(?:self|hub|canonical)" href="[^"]*">/g)).toEqual([
    `<link rel="canonical" href="${topic.self}">`,
    `<link rel="self" href="${topic.self}">`,
    `<link rel="hub" href="${topic.hub}">`,
  ])
})

test('a private page is for no index, no Referer and no hub, and its title holds no token', () => {
  const entries = [
    taggedItem({ id: 'na-1', rights: 'private', tags: [tagOf('iso3166-1', 'CN')] }),
    taggedItem({ id: 'na-2' }),
  ]
  const self = `${publicUrl}/feeds/rss?token=${token}`
  const topic = { self, hub: `${publicUrl}/hub` }
  const page = show({ token, entries, addresses: { rss: self, atom: 'a', json: 'j', topic } })
  expect(page).toContain('<meta name="robots" content="noindex, nofollow">')
  expect(page).toContain('<meta name="referrer" content="no-referrer">')
  expect(page).not.toMatch(/rel="(?:hub|self|canonical)"/)
  expect(/<title>([^<]*)/.exec(page)?.[1]).not.toContain(token)
  expect(page).toContain(`<a href="/items/na-1?token=${token}">`)
  expect(page).toContain('<a href="/items/na-2">')
  expect(page).toContain(`href="/feeds/rss?region=CN&amp;token=${token}">`)
  expect(page).toContain(`/webhooks?region=CN"`)
})

test.each([
  ['Kurz  und\n\ngut.', 'Kurz und gut.'],
  ['Wort '.repeat(60).trim(), 'Wort '.repeat(60).trim()],
  ['Wort '.repeat(500), `${'Wort '.repeat(60)}…`],
  [`Anfang${' '.repeat(600)}Rest und mehr`, 'Anfang …'],
])('a teaser is one line, cut at a word and says that it is cut (case %#)', (text, teaser) => {
  const page = show({ entries: [taggedItem({ body: { html: '', text, complete: true } })] })
  expect(page).toContain(`<p>${teaser}</p>`)
})
