import { PermanentError } from '@newswire/bus'
import { untilReleased } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { businessWire, readDocument } from '../fixtures/documents.js'

const status = (name: string) => `<Status FormalName="${name}"/>`

describe('a release of Business Wire', () => {
  const draft = readDocument(businessWire())

  it('has its id, revision, dates, language, issuer and dateline from the fields', () => {
    expect(draft).toMatchObject({
      id: 'bw-20260714005001',
      wire: 'bw',
      sourceVersion: 1,
      published: '2026-07-14T08:00:00.000Z',
      modified: '2026-07-14T09:00:00.000Z',
      language: 'en',
      headline: 'Acme Opens a Factory',
      subheadline: 'It is blue; It is large',
      issuer: { name: 'Acme Inc.' },
      credit: 'Distributed by Business Wire on behalf of Acme Inc.',
      dateline: { raw: 'ROUND LAKE, Ill.', places: ['ROUND LAKE', 'Ill.'] },
      contact: 'Acme\nAnna Beispiel, press@acme.example',
    })
  })

  it('has the body without picture, pixel and the way to its page, which is kept', () => {
    expect(draft.body).toMatchObject({
      text: 'Acme (Nasdaq: ACM) opened a factory.',
      complete: true,
    })
    expect(draft.links).toEqual(['https://acme.example/'])
    expect(draft.sourceUrl).toBe('https://www.businesswire.com/news/home/20260714005001/en/')
  })

  it('has the largest picture with its caption', () => {
    expect(draft.media).toEqual([
      {
        url: 'https://mms.example/2.jpg',
        mimeType: 'image/jpeg',
        caption: 'The factory (Photo: Business Wire)',
      },
    ])
  })

  it('keeps codes and securities under their own names', () => {
    expect(draft.sourceCodes).toEqual([
      { scheme: 'BWIndustryKeywords', name: 'Paint' },
      { scheme: 'ISIN', code: 'US0000000001' },
    ])
    expect(draft.tickers).toEqual(['NASDAQ:ACM'])
  })

  it('is told as it was meant where all of it was encoded twice', () => {
    const twice = '<p>Acmeâ€™s factory â€“ itâ€™s blue</p>'
    const once = '<p>Acme’s factory – it’s blue</p>'
    const text = 'Acme’s factory – it’s blue'
    expect(readDocument(businessWire({ body: twice })).body.text).toBe(text)
    expect(readDocument(businessWire({ body: once })).body.text).toBe(text)
    const mixed = readDocument(businessWire({ body: `${twice}<p>中</p>` }))
    expect(mixed.body.text).toMatch(/^Acmeâ€™s/)
  })
})

describe('the management of a NewsItem', () => {
  it.each([
    ['Canceled', []],
    ['Withheld', ['withheld-by-source']],
  ])('%s takes it back', (name, flags) => {
    const revision = '<RevisionId PreviousRevision="1" Update="A">2</RevisionId>'
    const draft = readDocument(businessWire({ management: status(name), revision }))
    expect(draft).toMatchObject({ status: 'canceled', sourceVersion: 2, flags })
  })

  it('ends an embargo when the status will be usable, else not before a person says', () => {
    const change =
      '<StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>20260715T060000+0200</DateAndTime></StatusWillChange>'
    const held = readDocument(businessWire({ management: status('Embargoed') + change }))
    expect(held).toMatchObject({ status: 'usable', embargoUntil: '2026-07-15T04:00:00.000Z' })
    const open = readDocument(businessWire({ management: status('Embargoed') }))
    expect(open.embargoUntil).toBe(untilReleased)
    expect(open.flags).toEqual(['embargo-unreadable'])
  })

  it('does not guess what instructions to change an earlier revision make', () => {
    const revision = '<RevisionId PreviousRevision="1" Update="U">2</RevisionId>'
    const whole = businessWire({ revision })
    expect(readDocument(whole)).toMatchObject({ id: 'bw-20260714005001', sourceVersion: 2 })
    const changes = '<Update><Delete DuidRef="p2"/></Update>'
    const instructions = whole.replace(/<NewsComponent>[\s\S]*<\/NewsComponent>/u, changes)
    expect(() => readDocument(instructions)).toThrow(/as a whole/)
  })

  it('sends an envelope without an item away with a sentence', () => {
    expect(() => readDocument('<NewsML><NewsEnvelope/></NewsML>')).toThrow(PermanentError)
  })
})

describe('NewsML of another house', () => {
  const item = (content: string) => `<NewsML><NewsItem><Identification><NewsIdentifier>
    <ProviderId>agency.example</ProviderId><DateId>20260714</DateId><NewsItemId>A1</NewsItemId>
    <RevisionId PreviousRevision="2" Update="N">3</RevisionId>
    <PublicIdentifier>urn:newsml:agency.example:20260714:A1:3N</PublicIdentifier>
    </NewsIdentifier></Identification><NewsManagement>${status('Usable')}
    <ThisRevisionCreated>20260714T090000Z</ThisRevisionCreated></NewsManagement><NewsComponent>
    <NewsLines><HeadLine>A headline</HeadLine><ByLine>Anna Beispiel</ByLine><CopyrightLine>(c) Agency</CopyrightLine></NewsLines>
    <ContentItem><DataContent>${content}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>`

  it('is known by its public identifier without the revision', () => {
    const draft = readDocument(item('A text.'))
    expect(draft).toMatchObject({ id: 'agency-example-20260714-A1', wire: 'agency-example' })
    const unnamed = item('A text.').replace(/<PublicIdentifier>.*<\/PublicIdentifier>/u, '')
    expect(readDocument(unnamed).id).toBe('agency-example-20260714-A1')
    expect(draft).toMatchObject({
      sourceVersion: 3,
      credit: '(c) Agency',
      issuer: { name: 'Anna Beispiel' },
      body: { text: 'A text.', complete: true },
    })
  })

  it('holds NITF, XHTML or a text with its wraps', () => {
    const nitf = '<nitf><body><body.content><p>In NITF.</p></body.content></body></nitf>'
    expect(readDocument(item(nitf)).body.html).toBe('<p>In NITF.</p>')
    expect(readDocument(item('<![CDATA[<p>In HTML.</p>]]>')).body.html).toBe('<p>In HTML.</p>')
    const wrapped =
      'A sentence that was wrapped by somebody at about sixty or seventy\nsigns a line.\n\nAnother.'
    expect(readDocument(item(wrapped)).body.text).toBe(
      'A sentence that was wrapped by somebody at about sixty or seventy signs a line.\n\nAnother.',
    )
  })
})

it('takes the address of a text for no picture', () => {
  const part = `<NewsComponent><Role FormalName="Main"/><ContentItem Href="https://a.example/1.html">
    <MediaType FormalName="Text"/><DataContent>Never mind.</DataContent></ContentItem></NewsComponent>`
  const whole = businessWire().replace(
    '</NewsComponent></NewsItem>',
    `${part}</NewsComponent></NewsItem>`,
  )
  expect(readDocument(whole).media.map(({ url }) => url)).toEqual(['https://mms.example/2.jpg'])
})

it('names the item that a correction was made of', () => {
  const derived = '<DerivedFrom NewsItem="urn:newsml:businesswire.com:20010714:20260713005009:1"/>'
  const management = `${status('Usable')}${derived}`
  const lead = '<p>CORRECTING and REPLACING Acme Opens a Factory</p><p>It is blue.</p>'
  expect(readDocument(businessWire({ management })).notice).toBeUndefined()
  const text = businessWire({ management, body: lead })
  const titled = text.replace('<HeadLine>Acme', '<HeadLine>CORRECTING and REPLACING Acme')
  expect(readDocument(titled)).toMatchObject({
    isCorrection: true,
    notice: { kind: 'correction', ids: ['20260713005009'] },
  })
})
