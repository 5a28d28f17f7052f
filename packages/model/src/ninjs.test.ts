import { expect, test } from 'vitest'
import { toNinjs } from './ninjs.js'
import { taggedItem, tagOf } from './testing.js'

test('shows an item as ninjs with our own facts beside it', () => {
  const shown = toNinjs(
    taggedItem({
      dateline: { raw: 'Chongqing, China (ots)', places: ['Chongqing', 'China'] },
      tags: [tagOf('iso3166-1', 'CN'), tagOf('medtop', 'medtop:04000000'), tagOf('lang', 'de')],
    }),
  )
  expect(shown).toMatchObject({
    uri: 'urn:newswire:na-4711',
    version: '1',
    pubStatus: 'usable',
    representationType: 'full',
    located: 'Chongqing, China',
    subjects: [{ literal: 'medtop:04000000', confidence: 100 }],
    places: [{ literal: 'CN', rel: 'primary' }],
    copyrightNotice: 'Original-Content von: Muster AG, übermittelt durch news aktuell',
    _newswire: { id: 'na-4711', revision: '1.1', change: 'new', status: 'usable', complete: true },
  })
})

test('a withdrawn item shows no word of its text', () => {
  const marker = 'GEHEIMNIS'
  const evidence = [{ field: 'text' as const, start: 0, end: 9, text: marker }]
  const shown = toNinjs(
    taggedItem({
      status: 'canceled',
      change: 'withdrawal',
      body: { html: `<p>${marker}</p>`, text: marker, complete: true },
      contact: marker,
      links: [marker],
      media: [{ url: marker, caption: marker }],
      tags: [{ ...tagOf('iso3166-1', 'CN'), evidence }],
    }),
  )
  expect(JSON.stringify(shown)).not.toContain(marker)
  expect(shown).toMatchObject({ pubStatus: 'canceled', bodies: [], uri: 'urn:newswire:na-4711' })
})
