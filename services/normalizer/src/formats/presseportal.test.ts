import { rawContentTypes } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../fixtures/documents.js'

const story = {
  id: '5000001',
  url: 'https://www.presseportal.de/pm/100/5000001',
  title: 'Beispiel AG streicht &quot;blau&quot;',
  body: 'Bonn (ots) - Die Beispiel AG streicht ihre Fabrik.\n\nPressekontakt:\nAnna Beispiel, 0228 123',
  published: '2026-07-14T11:30:00+0200',
  language: 'de',
  ressort: 'wirtschaft',
  company: { id: '100', url: 'https://www.presseportal.de/nr/100', name: 'Beispiel AG' },
  keywords: { keyword: ['Farbe', 'Fabrik'] },
  media: {
    image: [
      {
        url: 'https://cache.example/story_big/a.jpg',
        mime: 'image/jpeg',
        caption: 'Die Fabrik. Weiterer Text / obs/Beispiel AG',
      },
    ],
    document: [],
  },
  short: 'http://ots.de/5000001',
}
const read = (own: object = {}) =>
  readDocument(JSON.stringify({ ...story, ...own }), rawContentTypes.presseportal)

describe('a story of the presseportal API', () => {
  const draft = read()

  it('has what its fields say', () => {
    expect(draft).toMatchObject({
      id: 'na-5000001',
      wire: 'na',
      headline: 'Beispiel AG streicht "blau"',
      language: 'de',
      published: '2026-07-14T09:30:00.000Z',
      sourceUrl: story.url,
      issuer: { name: 'Beispiel AG', id: '100', url: story.company.url },
      credit: 'Original-Content von: Beispiel AG, übermittelt durch news aktuell',
      sourceCodes: [
        { scheme: 'na:keyword', name: 'Farbe' },
        { scheme: 'na:keyword', name: 'Fabrik' },
        { scheme: 'na:ressort', code: 'wirtschaft' },
      ],
    })
  })

  it('has its text read like any wire text: dateline and contact in fields', () => {
    expect(draft.dateline).toMatchObject({ places: ['Bonn'], wire: 'ots' })
    expect(draft.body).toMatchObject({
      text: 'Die Beispiel AG streicht ihre Fabrik.',
      complete: true,
    })
    expect(draft.contact).toMatch(/0228 123/)
  })

  it('keeps media with the words on their rights', () => {
    expect(draft.media).toEqual([
      {
        url: 'https://cache.example/story_big/a.jpg',
        mimeType: 'image/jpeg',
        caption: 'Die Fabrik. Weiterer Text / obs/Beispiel AG',
        rights: 'obs/Beispiel AG',
      },
    ])
  })

  it('takes an office for a company, and keywords that are an empty text', () => {
    const { company: _, language: __, ressort: ___, ...rest } = story
    const office = { id: '7', name: 'Polizei Beispielstadt' }
    const own = JSON.stringify({ ...rest, office, keywords: '', title: 'POL-BS: Farbe' })
    expect(readDocument(own, rawContentTypes.presseportal)).toMatchObject({
      issuer: { name: 'Polizei Beispielstadt', id: '7' },
      language: 'de',
      sourceCodes: [{ scheme: 'na:office', code: 'POL-BS' }],
    })
  })

  it('is a teaser without its body, and nothing without a title', () => {
    const { body: _, ...rest } = story
    const teaser = JSON.stringify({ ...rest, teaser: 'Bonn (ots) - Die Beispiel AG ...' })
    expect(readDocument(teaser, rawContentTypes.presseportal).body.complete).toBe(false)
    expect(() => read({ title: ' ' })).toThrow(/title/)
  })
})
