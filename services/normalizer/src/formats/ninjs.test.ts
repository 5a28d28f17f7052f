import { PermanentError } from '@newswire/bus'
import type { RawItem } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../draft.js'
import { normalise } from '../normalise.js'

function read(news: unknown, own: Partial<RawItem> = {}): Draft {
  return normalise({
    source: 'push',
    door: 'push',
    contentType: 'application/json',
    body: JSON.stringify(news),
    received: '2026-07-14T10:00:00.000Z',
    rights: 'full',
    ...own,
  })
}

const flat = {
  guid: 'urn:example:1',
  version: '11',
  versioncreated: '2026-07-14T09:54:25+0000',
  firstcreated: '2026-07-13T09:54:25+0000',
  headline: 'Acme opens a factory',
  body_html: '<p>Acme has opened a <b>factory</b>.</p><p>It is blue.</p>',
  body_text: 'never mind',
  byline: 'Anna Beispiel',
  copyrightholder: 'Acme Inc.',
  copyrightnotice: '© Acme Inc.',
  language: 'en-GB',
  located: 'Example City, Exampleland',
  subject: [{ code: '04000000', name: 'economy' }],
}
const lists = {
  uri: 'urn:example:1',
  version: '11',
  versioncreated: '2026-07-14T09:54:25Z',
  headlines: [
    { role: 'subtitle', value: 'It is blue' },
    { role: 'main', value: 'Acme opens a factory' },
  ],
  bodies: [
    { role: 'text', contenttype: 'text/plain', value: 'Acme has opened a factory.\n\nIt is blue.' },
    { role: 'richtext', contenttype: 'text/html', value: flat.body_html },
  ],
}
const camel = {
  uri: 'urn:example:1',
  versionCreated: '2026-07-14T09:54:25Z',
  pubStatus: 'usable',
  headlines: [{ value: 'Acme opens a factory' }],
  bodies: [{ contentType: 'text/html', value: flat.body_html }],
  subjects: [{ name: 'economy', uri: 'http://cv.iptc.org/newscodes/mediatopic/04000000' }],
  organisations: [{ name: 'Example Bank' }, { name: 'Acme Inc.', rel: 'issuer' }],
  copyrightNotice: '© Acme Inc.',
  embargoedUntil: '2026-07-20T09:00:00+02:00',
}

describe('ninjs', () => {
  it.each([
    ['1.x', flat],
    ['2.x', lists],
    ['3.x', camel],
  ])('%s gives the same item', (_, news) => {
    expect(read(news)).toMatchObject({
      id: read(flat).id,
      headline: 'Acme opens a factory',
      body: {
        html: '<p>Acme has opened a <b>factory</b>.</p><p>It is blue.</p>',
        text: 'Acme has opened a factory.\n\nIt is blue.',
        complete: true,
      },
      modified: expect.stringContaining('2026-07-14T09:54:25'),
      status: 'usable',
    })
  })

  it('1.x brings version, dates, issuer, credit, language, place and subjects', () => {
    expect(read(flat)).toMatchObject({
      sourceVersion: 11,
      published: '2026-07-13T09:54:25.000Z',
      issuer: { name: 'Acme Inc.' },
      credit: '© Acme Inc.',
      language: 'en',
      dateline: { raw: 'Example City, Exampleland', places: ['Example City', 'Exampleland'] },
      sourceCodes: [{ scheme: 'ninjs:subject', code: '04000000', name: 'economy' }],
    })
  })

  it('2.x brings a subtitle, 3.x the organisation that issues and the embargo in UTC', () => {
    expect(read(lists).subheadline).toBe('It is blue')
    expect(read(camel).issuer.name).toBe('Acme Inc.')
    expect(read(camel).embargoUntil).toBe('2026-07-20T07:00:00.000Z')
  })

  it('knows a story of a wire by its address, and an ots text by its dateline', () => {
    const uri = 'https://www.prnewswire.com/news-releases/acme-302900003.html'
    expect(read({ ...camel, uri })).toMatchObject({ id: 'prn-302900003', sourceUrl: uri })
    const body = [{ value: 'Bonn (ots) - Acme hat eröffnet.' }]
    expect(read({ ...lists, bodies: body })).toMatchObject({
      wire: 'na',
      dateline: { raw: 'Bonn (ots)' },
    })
  })

  it.each(['canceled', 'cancelled', 'stat:canceled', 'withheld'])(
    '%s takes the item back',
    (word) => {
      expect(read({ uri: 'urn:example:1', pubStatus: word }).status).toBe('canceled')
      expect(read({ ...flat, pubstatus: word }).status).toBe('canceled')
    },
  )

  it('says when it was the source that withheld', () => {
    expect(read({ ...flat, pubstatus: 'withheld' }).flags).toContain('withheld-by-source')
  })

  it('never lets an item out whose status or embargo it cannot read', () => {
    expect(() => read({ ...flat, pubstatus: 'maybe' })).toThrow(/pubStatus/)
    expect(() => read({ ...flat, embargoed: 'tomorrow at noon' })).toThrow(/embargo/)
    expect(() => read({ ...flat, embargoed: '2026-07-20T09:00:00' })).toThrow(/embargo/)
    expect(() => read({ ...flat, embargoed: true })).toThrow(/embargo/)
    expect(read({ ...flat, embargoed: null }).embargoUntil).toBeUndefined()
  })

  it('reads a time without a zone in the time of the wire', () => {
    const draft = read({ ...flat, embargoed: '2026-07-20T09:00:00' }, { wire: 'na' })
    expect(draft.embargoUntil).toBe('2026-07-20T07:00:00.000Z')
  })

  it('is a teaser where it has only a description', () => {
    const { body_html: _, body_text: __, ...bare } = flat
    const draft = read({ ...bare, description_text: 'A factory.' })
    expect(draft.body).toEqual({ html: '<p>A factory.</p>', text: 'A factory.', complete: false })
  })

  it('keeps the largest rendition of a picture', () => {
    const renditions = {
      small: { href: 'https://example.com/s.jpg', width: 100 },
      large: { href: 'https://example.com/l.jpg', width: 900 },
    }
    const associations = { one: { renditions, mimetype: 'image/jpeg', headline: 'A factory' } }
    expect(read({ ...flat, associations }).media).toEqual([
      { url: 'https://example.com/l.jpg', mimeType: 'image/jpeg', caption: 'A factory' },
    ])
  })

  it.each([
    [[flat]],
    ['text'],
    [null],
    [{ uri: 'x' }],
    [{ format: 'digitalwires@0.9.1', headline: 'A' }],
  ])('sends %j away with a sentence', (news) => {
    expect(() => read(news)).toThrow(PermanentError)
  })

  it('names the content type that it cannot read', () => {
    expect(() => read(flat, { contentType: 'application/xml' })).toThrow(/application\/xml/)
  })
})
