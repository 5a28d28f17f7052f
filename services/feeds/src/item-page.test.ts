import type { TaggedItem } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import { describe, expect, test } from 'vitest'
import { type ItemPageOptions, itemPage, missingPage, withdrawnPage } from './item-page.js'

const options: ItemPageOptions = { language: 'en', publicUrl: 'https://wire.example.org' }
const published = '2026-01-05T10:00:07.123Z'
const token = `nwf_${'a'.repeat(43)}`
const page = (own: Partial<TaggedItem>, more: Partial<ItemPageOptions> = {}) =>
  itemPage(taggedItem(own), { ...options, ...more })

test('says who and when, to the minute, in the language of the page', () => {
  const own = { issuer: { name: 'Muster & Söhne' }, published }
  const at = `<time datetime="${published}" dir="ltr">`
  expect(page(own)).toContain(
    `<bdi>Muster &amp; Söhne</bdi> · ${at}5 January 2026 at 10:00 UTC</time>`,
  )
  expect(page(own, { language: 'de' })).toContain(`${at}5. Januar 2026 um 10:00 UTC</time>`)
})

test('leaves no dot where a release names no issuer', () => {
  const shown = page({ issuer: { name: '' }, published })
  expect(shown).toContain('<p class="meta" lang="en"><time datetime=')
  expect(shown).not.toContain('issuer=')
})

test('shows the release whole, with credit, source, files, contact and tags', () => {
  const shown = page({
    subheadline: 'Zweite Zeile',
    dateline: { raw: 'Chongqing (ots)', places: ['Chongqing'] },
    contact: 'Erika Beispiel\n+49 30 0',
    media: [{ url: 'https://img.example.com/a.jpg', mimeType: 'image/jpeg', caption: 'Werk' }],
    sourceUrl: 'https://wire.example.com/1',
    tags: [tagOf('iso3166-1', 'CN')],
    corrects: 'na-1',
    story: 'prn-2',
  })
  const parts = [
    '<html lang="en">',
    '<article class="release" lang="de" dir="ltr">',
    '<p class="sub">Zweite Zeile</p>',
    '<p class="dateline">Chongqing (ots)</p>',
    '<div class="text"><p>Die Muster AG hat ein Werk eröffnet.</p></div>',
    'Original-Content von: Muster AG, übermittelt durch news aktuell',
    '<a href="https://wire.example.com/1" rel="noopener noreferrer">Source</a>',
    '<a href="https://img.example.com/a.jpg" rel="noopener noreferrer">Werk</a>',
    '<p class="lines">Erika Beispiel\n+49 30 0</p>',
    '<a data-tag="CN" href="/feeds/rss?region=CN"><bdi>CN</bdi></a>',
    '<div id="newswire-item" class="release" data-item="na-4711"></div>',
    '<script type="module" src="/app/item.js"></script>',
    '<a href="/items/na-1">Corrects an earlier release</a>',
    '<a href="/items/prn-2">',
    '<a href="/feeds/rss?issuer=muster-ag">More from this issuer</a>',
    '<link rel="canonical" href="https://wire.example.org/items/na-4711">',
  ]
  for (const part of parts) expect(shown).toContain(part)
  expect(shown).not.toContain('Version 1')
})

test('a correction says which version it is and what to do', () => {
  const shown = page({ version: 3, change: 'correction', updated: '2026-01-06T08:30:00Z' })
  expect(shown).toContain('<span class="mark">Corrected version</span>')
  expect(shown).toContain('Version 3, 6 January 2026 at 08:30 UTC')
  expect(shown).toContain('This version replaces what was sent before.')
})

test.each([
  ['ar', 'rtl'],
  ['fa', 'rtl'],
  ['und', 'auto'],
])('a release in %s runs %s', (language, direction) => {
  expect(page({ language })).toContain(`lang="${language}" dir="${direction}"`)
})

test('a teaser leads to the whole release at its source', () => {
  const text = `${'Anfang der Meldung. '.repeat(30)}SCHLUSS`
  const body = { html: `<p>${text}</p>`, text, complete: true }
  const shown = page({ rights: 'teaser', body, sourceUrl: 'https://wire.example.com/1' })
  expect(shown).toContain('Anfang der Meldung.')
  expect(shown).not.toContain('SCHLUSS')
  expect(shown).toContain('>Read the release at its source</a>')
})

test('every text of a release is text on its page', () => {
  const hostile = '"><script>alert(1)</script>\u0008'
  const item = taggedItem({
    headline: hostile,
    subheadline: hostile,
    dateline: { raw: hostile, places: [] },
    issuer: { name: hostile },
    credit: hostile,
    contact: hostile,
    language: hostile,
    story: hostile,
    corrects: hostile,
    wire: hostile,
    media: [{ url: `https://x/${hostile}`, caption: hostile, rights: hostile, mimeType: hostile }],
    tags: [{ ...tagOf('iso3166-1', 'CN'), label: hostile }],
    sourceUrl: `https://example.org/?${hostile}`,
  })
  const gone = withdrawnPage({ ...item, status: 'canceled' }, options)
  for (const shown of [itemPage(item, options), gone]) {
    expect(shown.match(/<script(?! src="\/feeds\/page.js" defer>)/g) ?? []).toEqual(
      shown.includes('id="newswire-item"') ? ['<script'] : [],
    )
    expect(shown).not.toContain('\u0008')
  }
})

test.each(['javascript:alert(1)', 'data:text/html,x', '//example.org'])(
  '%s is no link, whatever a source says',
  (url) => {
    const shown = page({ sourceUrl: url, media: [{ url, caption: 'Bild' }] })
    expect(shown).not.toContain(`href="${url}`)
    expect(shown).not.toContain('Bild')
  },
)

describe('a withdrawn release', () => {
  const secret = { html: '<p>GEHEIM</p>', text: 'GEHEIM', complete: true }
  const gone = taggedItem({
    ...{ version: 2, change: 'withdrawal', status: 'canceled', body: secret },
    ...{ subheadline: 'GEHEIM', contact: 'GEHEIM', updated: '2026-01-07T07:00:00Z' },
  })

  test('shows a notice that says what to do, and no word of the text', () => {
    const shown = withdrawnPage(gone, options)
    expect(shown).toContain('Remove it wherever you use it.')
    expect(shown).toContain('7 January 2026 at 07:00 UTC')
    expect(shown).toContain(gone.headline)
    expect(shown).not.toContain('GEHEIM')
  })

  test('says so in German', () => {
    const shown = withdrawnPage(gone, { ...options, language: 'de' })
    expect(shown).toContain('Zurückgezogen')
    expect(shown).toContain('Bitte überall entfernen')
  })
})

test('a private page keeps its token in links that need it, and out of its title', () => {
  const shown = page({ rights: 'private' }, { token })
  expect(shown).toContain(`/api/v1/items/na-4711?token=${token}`)
  expect(shown).toContain('<meta name="robots" content="noindex, nofollow">')
  expect(shown).not.toContain('rel="canonical"')
  expect(/<title>([^<]*)/.exec(shown)?.[1]).not.toContain(token)
})

test('a page of no release is private only where its address is', () => {
  expect(missingPage('na-0', { language: 'en' })).not.toContain('Private')
  const shown = missingPage('na-0', { language: 'en', token })
  expect(shown).toContain('<span class="mark">Private</span>')
  expect(shown).toContain(`/items/na-0?hl=de&amp;token=${token}`)
})

test('the window and the pages of the feeds have one word for the dashboard', () => {
  expect(missingPage('na-0', { language: 'de' })).toContain('<a href="/dashboard">Übersicht</a>')
})
