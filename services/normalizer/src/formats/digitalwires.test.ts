import { type RawItem, rawContentTypes, untilReleased } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../fixtures/documents.js'

const item = {
  format: 'digitalwires@0.9.1',
  urn: 'urn:newsml:dpa.com:20090101:260714-930-1',
  version: 3,
  version_created: '2026-07-14T11:30:00+02:00',
  pubstatus: 'usable',
  signal: null,
  embargoed: null,
  language: 'de',
  kicker: 'Malerei',
  headline: 'Acme streicht Fabrik &amp; Himmel',
  subhead: 'Hundert Maler',
  teaser: 'Acme streicht.',
  dateline: 'Bonn (dpa) - ',
  article_html:
    '<section class="main"><p><span class="dateline">Bonn <span class="credit">(dpa)</span> - </span>Acme streicht <a href="https://acme.example">alles</a>.</p></section>',
  creditline: 'dpa',
  copyrightnotice: 'Copyright 2026, dpa',
  notepad: { nonpublic_html: '<p>Nicht zur Veröffentlichung: 030 123</p>' },
  ednotes: [{ role: 'dpaednoterole:dpacontacts', ednote: 'Anna, 030 123', is_publishable: false }],
  categories: [
    { type: 'dnltype:wire', name: 'bdt', qcode: 'dpasrv:bdt' },
    { type: 'dnltype:dpasubject', name: 'Kunst', qcode: 'medtop:20000002' },
    { type: 'dnltype:keyword', name: 'Farbe', qcode: null },
    { type: 'dnltype:provider', name: 'dpa', qcode: 'dnlprov:dpa' },
  ],
  associations: [
    {
      caption: 'Die Fabrik',
      creditline: 'Foto: Beispiel/dpa',
      renditions: [
        { url: 'https://dpa.example/s.jpg', width: 10 },
        { url: 'https://dpa.example/l.jpg', width: 90, mimetype: 'image/jpeg' },
      ],
    },
  ],
}

const read = (own: object = {}, raw: Partial<RawItem> = {}) =>
  readDocument(JSON.stringify({ ...item, ...own }), rawContentTypes.digitalwires, raw)

describe('dpa digitalwires', () => {
  const draft = read()

  it('has id, version, dates, titles, dateline and codes from the fields', () => {
    expect(draft).toMatchObject({
      id: 'dpa-260714-930-1',
      sourceVersion: 3,
      published: '2026-07-14T09:30:00.000Z',
      language: 'de',
      headline: 'Acme streicht Fabrik & Himmel',
      subheadline: 'Hundert Maler',
      issuer: { name: 'dpa' },
      credit: 'Copyright 2026, dpa',
      dateline: { raw: 'Bonn (dpa)', places: ['Bonn'], wire: 'dpa' },
      sourceCodes: [
        { scheme: 'medtop', code: '20000002', name: 'Kunst' },
        { scheme: 'keyword', name: 'Farbe' },
      ],
    })
  })

  it('publishes the article alone, and nothing of what is for editors', () => {
    expect(draft.body).toMatchObject({ text: 'Acme streicht alles.', complete: true })
    expect(JSON.stringify(draft)).not.toMatch(/030 123|Nicht zur/)
  })

  it('keeps the largest rendition of a picture, with its caption and credit', () => {
    expect(draft.media).toEqual([
      {
        url: 'https://dpa.example/l.jpg',
        mimeType: 'image/jpeg',
        caption: 'Die Fabrik',
        rights: 'Foto: Beispiel/dpa',
      },
    ])
  })

  it('is the same item by the same reading where it comes as ninjs', () => {
    const own = { contentType: rawContentTypes.ninjs }
    expect(read({}, own)).toEqual(draft)
  })

  it('is held by its field, by a note in words, or where only its role is read', () => {
    const note = (ednote: string) => ({ ednotes: [{ role: 'dpaednoterole:embargo', ednote }] })
    expect(read({ embargoed: '2026-07-14T19:00:00+02:00' }).embargoUntil).toBe(
      '2026-07-14T17:00:00.000Z',
    )
    expect(read(note('Sperrfrist: 14.07.2026, 19:00 Uhr')).embargoUntil).toBe(
      '2026-07-14T17:00:00.000Z',
    )
    expect(read(note('Bitte bis heute Abend warten.')).embargoUntil).toBe(untilReleased)
    expect(read({ embargoed: true }).embargoUntil).toBe(untilReleased)
    expect(draft.embargoUntil).toBeUndefined()
  })

  it('is taken back by its status, and corrected by its signal', () => {
    expect(read({ pubstatus: 'canceled' }).status).toBe('canceled')
    expect(read({ pubstatus: 'withheld' }).flags).toEqual(['withheld-by-source'])
    expect(read({ signal: 'sig:correction' }).isCorrection).toBe(true)
    expect(read({ signal: 'sig:update' }).isCorrection).toBe(false)
  })

  it('has the caption for its text where it is a picture, dated by its version', () => {
    const picture = read({
      article_html: null,
      teaser: null,
      content_created: '2019-12-07',
      descriptions: [{ role: 'drol:caption', description: 'Die Fabrik von Norden' }],
    })
    expect(picture.body).toMatchObject({ text: 'Die Fabrik von Norden', complete: false })
    expect(picture.published).toBe('2026-07-14T09:30:00.000Z')
  })

  it('is a teaser without an article', () => {
    expect(read({ article_html: null }).body).toMatchObject({
      text: 'Acme streicht.',
      complete: false,
    })
  })

  it('says what it misses', () => {
    expect(() => read({ urn: '' })).toThrow(/urn/)
    expect(() => readDocument('[', rawContentTypes.digitalwires)).toThrow(/urn/)
  })
})
