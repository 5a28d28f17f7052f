import { untilReleased } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../fixtures/documents.js'

interface Parts {
  attributes?: string
  docdata?: string
  head?: string
  content?: string
}

function nitf({ attributes = '', docdata = '', head = '', content }: Parts = {}): string {
  return `<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "../dtd/nitf-3-2.dtd"><nitf baselang="en-GB">
<head><title>Not this one</title><tobject>
  <tobject.subject tobject.subject.refnum="04001002" tobject.subject.detail="Fishing"/>
  <tobject.subject tobject.subject.ipr="EX" tobject.subject.refnum="F01" tobject.subject.type="FISH"/></tobject>
  <docdata ${attributes}><evloc city="Norfolk" state-prov="VA"/><doc-id id-string="ex.1"/>
    <date.issue norm="20260714T083000-0500"/>${docdata}
    <doc.copyright year="2026" holder="Example Council"/>
    <key-list><keyword key="tides"/></key-list></docdata></head>
<body><body.head><hedline><hl1>Tides &amp; boats</hl1><hl2>A column</hl2></hedline>
  <byline>By <person>Anna Beispiel</person></byline>${head}</body.head>
  <body.content>${
    content ??
    `<media media-type="image"><media-reference mime-type="image/jpeg" source="https://ex.example/s.jpg" width="10"/>
     <media-reference mime-type="image/jpeg" source="https://ex.example/l.jpg" width="90"/>
     <media-caption>High tide</media-caption><media-producer>Beispiel</media-producer></media>
     <p>The <org value="acm">Acme Boat Company</org> built it.</p><hl2>Local nooks</hl2>
     <block><ul><li><em>Deer:</em> here</li></ul><bq><p>Quite so.</p></bq></block>`
  }</body.content></body></nitf>`
}

describe('NITF', () => {
  const draft = readDocument(nitf())

  it('has id, date, language, titles, issuer and codes from the head', () => {
    expect(draft).toMatchObject({
      id: expect.stringMatching(/^push-ex-1/),
      published: '2026-07-14T13:30:00.000Z',
      language: 'en',
      headline: 'Tides & boats',
      subheadline: 'A column',
      issuer: { name: 'Example Council' },
      status: 'usable',
    })
    expect(draft.sourceCodes).toEqual([
      { scheme: 'iptc-subject-code', code: '04001002', name: 'Fishing' },
      { scheme: 'EX', code: 'F01', name: 'FISH' },
      { scheme: 'keyword', name: 'tides' },
    ])
  })

  it('has its content as HTML, and media with caption and producer', () => {
    expect(draft.body.html.replace(/\s*\n\s*/g, '')).toBe(
      '<p>The Acme Boat Company built it.</p><h3>Local nooks</h3> <div><ul><li><em>Deer:</em> here</li></ul><blockquote><p>Quite so.</p></blockquote></div>',
    )
    expect(draft.body.complete).toBe(true)
    expect(draft.media).toEqual([
      {
        url: 'https://ex.example/l.jpg',
        mimeType: 'image/jpeg',
        caption: 'High tide',
        rights: 'Beispiel',
      },
    ])
  })

  it('reads the dateline, else where the event took place', () => {
    const dateline =
      '<dateline><location><city>Newport News</city>, \n <state>VA</state></location><story.date norm="20260713T0000"/></dateline>'
    expect(readDocument(nitf({ head: dateline })).dateline).toEqual({
      raw: 'Newport News, VA',
      places: ['Newport News', 'VA'],
      date: '2026-07-13',
    })
    expect(draft.dateline).toEqual({ raw: 'Norfolk, VA', places: ['Norfolk', 'VA'] })
  })

  it('has no subheadline that says the headline again', () => {
    const twice = nitf().replace('<hl2>A column</hl2>', '<hl2>TIDES &amp; boats</hl2>')
    expect(readDocument(twice).subheadline).toBeUndefined()
  })

  it('is a teaser where it has an abstract alone', () => {
    const head = '<abstract><p>Tides come and go.</p></abstract>'
    const { body } = readDocument(nitf({ head, content: '' }))
    expect(body).toMatchObject({ text: 'Tides come and go.', complete: false })
  })

  it('withdraws by its status, and names the document that it speaks of', () => {
    const attributes = 'management-status="canceled" management-doc-idref="ex.0"'
    expect(readDocument(nitf({ attributes }))).toMatchObject({
      status: 'canceled',
      notice: { kind: 'withdrawal', ids: ['ex.0'] },
    })
    const replacing = 'management-status="usable" management-doc-idref="ex.0"'
    expect(readDocument(nitf({ attributes: replacing }))).toMatchObject({
      status: 'usable',
      notice: { kind: 'correction', ids: ['ex.0'] },
    })
  })

  it('is held until its release where that lies behind its issue', () => {
    const release = (norm: string) => `<date.release norm="${norm}"/>`
    const of = (docdata: string, attributes = '') =>
      readDocument(nitf({ docdata, attributes })).embargoUntil
    expect(of(release('20260715T093000-0500'))).toBe('2026-07-15T14:30:00.000Z')
    expect(of(release('20260714T083000-0500'))).toBeUndefined()
    expect(of(release('20260714'))).toBeUndefined()
    expect(of(release('20260720'))).toBe(untilReleased)
    expect(of(release('some day'))).toBe(untilReleased)
    const embargoed = 'management-status="embargoed"'
    expect(of(release('20260714'), embargoed)).toBe(untilReleased)
    expect(of('', embargoed)).toBe(untilReleased)
    expect(of('<ed-msg info="EMBARGOED UNTIL 2026-07-20 09:00 UTC"/>')).toBe(
      '2026-07-20T09:00:00.000Z',
    )
  })

  it('says what it can not read', () => {
    expect(() => readDocument('<contentMeta/>')).toThrow(/<contentMeta>/)
    expect(() => readDocument('just words')).toThrow(/no element/)
  })
})

describe('NITF of a house', () => {
  const globenewswire = `<nitf><head><title>T</title>
    <meta name="issuer-name" content="Acme Inc."/><meta name="issuer-isin" content=""/>
    <meta name="issuer-industry" content="Paint"/><meta name="article-revision" content="2"/>
    <meta name="article-language" content="fr"/><meta name="article-keywords" content="blue, paint,"/>
    <docdata><doc-id id-string="9000001" regsrc="GlobeNewswire"/><date.issue norm="20260714T090000Z"/>
      <doc.copyright holder="GlobeNewswire, Inc." year="2026"/></docdata></head>
    <body><body.head><hedline><hl1>Acme</hl1></hedline><dateline><story.date>July 14, 2026</story.date></dateline></body.head>
    <body.content><p>SPRINGFIELD, Ill., July  14, 2026  (GLOBE NEWSWIRE) -- Acme opened.</p></body.content></body></nitf>`

  it('has what GlobeNewswire says in its own fields', () => {
    expect(readDocument(globenewswire)).toMatchObject({
      id: 'gnw-9000001',
      wire: 'gnw',
      sourceVersion: 2,
      language: 'fr',
      issuer: { name: 'Acme Inc.' },
      credit: 'Distributed by GlobeNewswire on behalf of Acme Inc.',
      dateline: { places: ['SPRINGFIELD', 'Ill.'], date: '2026-07-14' },
      sourceCodes: [
        { scheme: 'issuer-industry', name: 'Paint' },
        { scheme: 'keyword', name: 'blue' },
        { scheme: 'keyword', name: 'paint' },
      ],
    })
  })

  const registered = (regsrc: string, docdata = '') =>
    readDocument(
      `<nitf><head><docdata><doc-id id-string="story-1_47" regsrc="${regsrc}"/>${docdata}</docdata></head>
       <body><body.head><hedline><hl1>H</hl1></hedline></body.head><body.content><p>T.</p></body.content></body></nitf>`,
    )

  it('is known by who registered it, if that is a name of its own', () => {
    expect(registered('AGY')).toMatchObject({ id: 'agy-story-1_47', wire: 'agy' })
    expect(registered('prn').wire).toBe('push')
    expect(registered('An agency with a long name, limited').wire).toBe('push')
  })

  it('is one through its versions where its id ends in their number', () => {
    const key = '<du-key key="story-1" version="48"/>'
    expect(registered('AGY', key)).toMatchObject({ id: 'agy-story-1', sourceVersion: 48 })
    const other = registered('AGY', '<du-key key="stories" version="48"/>')
    expect(other.id).toBe('agy-story-1_47')
    expect(other).not.toHaveProperty('sourceVersion')
  })

  it('has one picture of what stands in one medium, however deep', () => {
    const picture = (name: string, width: number, inner = '') =>
      `<media><media-reference source="https://a.example/${name}" width="${width}"/>${inner}</media>`
    const draft = readDocument(nitf({ content: `<p>T.</p>${picture('l', 90, picture('s', 10))}` }))
    expect(draft.media).toEqual([{ url: 'https://a.example/l' }])
  })
})
