import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outward, teaserCharsMax, withoutIllegal } from './outward.js'
import { taggedItem, tagOf } from './testing.js'

test('a usable item with full rights goes out as it is', () => {
  const item = taggedItem()
  expect(outward(item)).toBe(item)
})

test.each(['canceled', 'withheld'] as const)('a %s item goes out without a word', (status) => {
  const evidence = [{ field: 'text' as const, start: 0, end: 3, text: 'Die' }]
  const tags = [{ ...tagOf('iso3166-1', 'CN'), evidence }]
  const shown = outward(
    taggedItem({ status, tags, contact: 'Tel. 1', links: ['https://a.example'] }),
  )
  expect(shown).toMatchObject({ body: { html: '', text: '' }, links: [], tags: [{ evidence: [] }] })
  expect(shown).not.toHaveProperty('contact')
})

test('a teaser-only item is cut at a word, with evidence from what is left', () => {
  const text = 'wort <b> '.repeat(100)
  const evidence = [
    { field: 'text' as const, start: 0, end: 4, text: 'wort' },
    { field: 'text' as const, start: 500, end: 504, text: 'wort' },
  ]
  const tags = [{ ...tagOf('iso3166-1', 'CN'), evidence }]
  const item = taggedItem({ rights: 'teaser', tags, body: { html: text, text, complete: true } })
  const shown = outward(item)
  expect(shown.body.text.length).toBeLessThanOrEqual(teaserCharsMax + 2)
  expect(shown.body).toMatchObject({ complete: false })
  expect(shown.body.html).toContain('&lt;b&gt;')
  expect(shown.tags[0]?.evidence).toHaveLength(1)
})

test('of a short teaser-only item no more than headline, teaser, credit and source go out', () => {
  const shown = outward(
    taggedItem({
      ...{ rights: 'teaser', contact: 'Tel. 1', subheadline: 'Mehr' },
      body: {
        html: '<p><img src="https://a.example/b.jpg">Kurz & gut.</p>',
        text: 'Kurz & gut.',
        complete: true,
      },
      ...{ links: ['https://a.example'], media: [{ url: 'https://a.example/b.jpg' }] },
    }),
  )
  expect(shown).toMatchObject({
    body: { html: '<p>Kurz &amp; gut.</p>', text: 'Kurz & gut.', complete: false },
    ...{ links: [], media: [] },
  })
  expect(shown).not.toHaveProperty('contact')
  expect(shown).not.toHaveProperty('subheadline')
})

test('no character that XML forbids stays, and no other goes', () => {
  expect(withoutIllegal('a\u0000\u0008\u000b\u001bb\ufffe\uffff\ud800c\udc00\t\n\r😀ü')).toBe(
    'abc\t\n\r😀ü',
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(withoutIllegal(text).isWellFormed()).toBe(true)
    }),
  )
})
