import { PermanentError } from '@newswire/bus'
import { type RawItem, untilReleased } from '@newswire/model'
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
    expect(() => read({ ...flat, pubstatus: 'embargoed' })).toThrow(/pubStatus/)
    for (const embargoed of ['tomorrow at noon', '2026-07-20T09:00:00', '2026-07-20', true]) {
      const { embargoUntil, flags } = read({ ...flat, embargoed })
      expect(embargoUntil).toBe(untilReleased)
      expect(flags).toContain('embargo-unreadable')
    }
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

  it('knows a story of a wire by its NewsML name, whatever its revision', () => {
    const name = 'urn:newsml:businesswire.com:20010714:20260704005001'
    expect(read({ ...camel, uri: `${name}:2` })).toMatchObject({ id: 'bw-20260704005001' })
    expect(read({ ...camel, uri: 'urn:newsml:dpa.com:20090101:260704-930-1' })).toMatchObject({
      id: 'dpa-260704-930-1',
    })
  })

  it('names the item that a correction evolved from', () => {
    const correction = { ...flat, signal: 'sig:correction', evolvedfrom: 'urn:example:0' }
    expect(read(correction)).toMatchObject({
      isCorrection: true,
      notice: { kind: 'correction', ids: ['urn:example:0'] },
    })
  })

  it('names the content type that it cannot read', () => {
    expect(() => read(flat, { contentType: 'application/pdf' })).toThrow(/application\/pdf/)
  })
})

describe('ninjs as agencies write it', () => {
  const bare = { uri: 'urn:example:1', headline: 'Acme opens a factory' }
  const bodies = (...values: object[]) => read({ ...bare, bodies: values }).body

  it('is known by its provider, whichever door it comes through', () => {
    const named = { id: 'agency-example-20260714-A1', wire: 'agency-example' }
    const uri = 'urn:newsml:agency.example:20260714:A1'
    expect(read({ ...bare, uri })).toMatchObject(named)
    expect(read({ ...bare, uri }, { source: 'drop', door: 'drop' })).toMatchObject(named)
    const withdrawal = read({ uri, pubStatus: 'canceled' })
    expect(withdrawal).toMatchObject({ ...named, status: 'canceled' })
  })

  it('is shown as the house demands whose dateline it has, under its own name', () => {
    const text = 'SPRINGFIELD, Ill., July 14, 2026 /PRNewswire/ -- Acme opened a factory.'
    const uri = 'urn:newsml:agency.example:20260714:A1'
    expect(read({ ...bare, uri, body_text: text, source: 'Acme Inc.' })).toMatchObject({
      id: 'agency-example-20260714-A1',
      credit: 'Originally distributed by PR Newswire on behalf of Acme Inc.',
    })
  })

  it('brings NITF in a body, of which only the text is one', () => {
    const nitf = `<?xml version="1.0"?>
      <nitf><head><title>Not this</title></head><body><body.head><byline>By Anna</byline></body.head>
      <body.content><p>It is <org>Acme</org> blue.</p></body.content></body></nitf>`
    const plain = { role: 'text', contentType: 'text/plain', value: 'Never mind' }
    const marked = { role: 'nitf', contentType: 'text/vnd.IPTC.NITF', value: nitf }
    expect(bodies(plain, marked).text).toBe('It is Acme blue.')
    const empty = { ...marked, value: '<nitf><body><body.content/></body></nitf>' }
    expect(bodies(plain, empty).text).toBe('Never mind')
    const other = { role: 'own', contentType: 'application/xml', value: '<OWN><P>x</P></OWN>' }
    expect(bodies(other, plain).text).toBe('Never mind')
  })

  it('loses the headline said again where its body is a page', () => {
    const page = `<html><head><title>T</title></head><body><h1>Acme opens a factory</h1>
      <p>It is blue.</p><h1>Another</h1></body></html>`
    expect(read({ ...bare, body_html: page }).body.text).toBe('It is blue.\n\nAnother')
  })

  it('is not issued by an organisation that it only speaks of', () => {
    const organisations = [{ name: 'Acme Inc.', rel: 'mentions' }]
    expect(read({ ...bare, organisations, by: 'Anna Beispiel' }).issuer.name).toBe('Anna Beispiel')
    expect(read({ ...bare, organisations: [{ name: 'Acme Inc.' }] }).issuer.name).toBe('Acme Inc.')
  })

  it('has its titles in lists of either name', () => {
    const headline = [
      { name: 'secondary', value: 'It is blue' },
      { name: 'main', value: 'Acme opens' },
    ]
    const description = [{ name: 'caption', value: 'A blue factory' }]
    expect(read({ uri: 'urn:example:1', headline, description })).toMatchObject({
      headline: 'Acme opens',
      subheadline: 'It is blue',
      body: { text: 'A blue factory', complete: false },
    })
  })

  it('takes the caption of a picture from a list', () => {
    const picture = {
      descriptions: [{ value: 'Blue' }],
      renditions: [{ href: 'https://a.example/1' }],
    }
    expect(read({ ...bare, associations: [picture] }).media).toEqual([
      { url: 'https://a.example/1', caption: 'Blue' },
    ])
  })

  it.each([[{ pubstatus: { qcode: 'canceled' } }], [{ PubStatus: ['canceled'] }]])(
    'lets no item out whose status is no word: %j',
    (status) => {
      expect(() => read({ ...bare, ...status })).toThrow(/status/)
    },
  )

  it.each([
    [{ edNote: 'EMBARGOED UNTIL 23 October 2026 12:00 CET' }, '2026-10-23T11:00:00.000Z'],
    [{ ednote: 'Embargo' }, untilReleased],
    [{ Embargoed: '2026-10-23T12:00:00Z' }, '2026-10-23T12:00:00.000Z'],
    [{ embargoedUntil: true }, untilReleased],
    [{ embargoed: false, ednote: 'No more to come' }, undefined],
    [{ embargoed: '', edNote: null }, undefined],
  ])('is held by %j until %s', (fields, until) => {
    expect(read({ ...bare, body_text: 'It is blue.', ...fields }).embargoUntil).toBe(until)
  })

  it('is refused where it has more keywords than anybody gives', () => {
    const subject = Array.from({ length: 2_001 }, () => ({ name: 'x' }))
    expect(() => read({ ...bare, subject })).toThrow(/2001 subjects/)
  })
})
