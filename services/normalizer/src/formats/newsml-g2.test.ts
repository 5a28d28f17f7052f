import { PermanentError } from '@newswire/bus'
import { untilReleased } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { g2, readDocument } from '../fixtures/documents.js'

const usable = '<pubStatus qcode="stat:usable"/>'
const agency = 'urn:newsml:agency.example:20260714:ACME-FACTORY'
const inline = (type: string, data: string) =>
  `<inlineData contenttype="${type}"><![CDATA[${data}]]></inlineData>`

const plainText = inline('text/plain', 'A text.')

describe('a release of GlobeNewswire', () => {
  const draft = readDocument(g2())

  it('has its id, version, dates, language, issuer and tickers from the fields', () => {
    expect(draft).toMatchObject({
      id: 'gnw-202607140000001-en',
      wire: 'gnw',
      status: 'usable',
      sourceVersion: 1,
      published: '2026-07-14T09:00:00.000Z',
      modified: '2026-07-14T09:30:00.000Z',
      language: 'en',
      headline: 'Acme Opens a Blue Factory',
      subheadline: 'A hundred painters will work there',
      issuer: { name: 'Acme Inc.' },
      credit: 'Distributed by GlobeNewswire on behalf of Acme Inc.',
      tickers: ['NYSE:ACM'],
    })
  })

  it('finds the dateline behind the notice, which stays in the body', () => {
    expect(draft.dateline).toEqual({
      raw: 'SPRINGFIELD, Ill., July 14, 2026 (GLOBE NEWSWIRE)',
      places: ['SPRINGFIELD', 'Ill.'],
      date: '2026-07-14',
      wire: 'GLOBE NEWSWIRE',
    })
    expect(draft.body.text).toMatch(/^NOT FOR DISSEMINATION IN THE UNITED STATES\n\nSPRINGFIELD/)
  })

  it('loses its trackers and the headline said again, and keeps its words apart', () => {
    expect(draft.links).toEqual(['https://acme.example/shop'])
    expect(draft.media).toEqual([])
    expect(draft.body.html).not.toMatch(/globenewswire\.com|<h1>|<h2>/)
    expect(draft.body.text).toMatch(/opened its factory & a shop today\.$/)
    expect(draft.body.complete).toBe(true)
  })

  it('keeps the codes in the schemes of the source', () => {
    expect(draft.sourceCodes).toEqual([
      { scheme: 'MWSubject', code: 'FAC', name: 'Factories' },
      { scheme: 'subject:organisation', name: 'Paint Union' },
      { scheme: 'subject:organisation', name: 'Acme Inc.' },
      { scheme: 'keyword', name: 'paint' },
    ])
  })

  it('is a correction where its preface says so, with the dateline below that', () => {
    const lines = [
      'Le communiqué suivant corrige et remplace le communiqué de presse intitulé "Acme ouvre" diffusé le 13 juillet 2026 à 9:00 par Acme Inc. La version complète et corrigée suit :',
      'Acme ouvre une usine bleue',
      'Cent peintres y travailleront, et bien plus encore dès que les pinceaux seront arrivés. '.repeat(
        5,
      ),
      'PARIS,  14 juillet 2026  (GLOBE NEWSWIRE) -- Acme a ouvert une usine.',
    ]
    const html = `<html><body>${lines.map((line) => `<p>${line}</p>`).join('')}</body></html>`
    const set = `<inlineXML contenttype="application/xhtml+xml">${html}</inlineXML>`
    expect(readDocument(g2({ set }))).toMatchObject({
      isCorrection: true,
      notice: { kind: 'correction', title: 'Acme ouvre', date: '2026-07-13' },
      dateline: { places: ['PARIS'], date: '2026-07-14' },
    })
  })
})

describe('an item of an agency', () => {
  it('is known by its guid, whichever door it comes through', () => {
    const named = { id: 'agency-example-20260714-ACME-FACTORY', wire: 'agency-example' }
    for (const source of ['push', 'drop'] as const) {
      const own = { source, door: source }
      expect(readDocument(g2({ guid: agency, set: plainText }), undefined, own)).toMatchObject(
        named,
      )
    }
    const dpa = readDocument(g2({ guid: 'urn:newsml:dpa.com:20090101:260714-930-1' }))
    expect(dpa).toMatchObject({ id: 'dpa-260714-930-1', wire: 'dpa' })
  })

  it('has as its issuer the source of the information, else who holds the rights', () => {
    const rights = '<copyrightHolder><name>Agency Ltd</name></copyrightHolder>'
    const content = '<infoSource qcode="is:X"><name>Acme Inc.</name></infoSource>'
    expect(readDocument(g2({ guid: agency, rights, content, set: plainText })).issuer.name).toBe(
      'Acme Inc.',
    )
    expect(readDocument(g2({ guid: agency, rights, set: plainText })).issuer.name).toBe(
      'Agency Ltd',
    )
  })

  it('reads a dateline in a field, and the place where there is none', () => {
    const of = (content: string, set = plainText) =>
      readDocument(g2({ guid: agency, content, set })).dateline
    expect(of('<dateline>London (dpa) - </dateline>')).toEqual({
      raw: 'London (dpa)',
      places: ['London'],
      wire: 'dpa',
    })
    expect(of('<dateline>MOSCOW, Monday (Agency)</dateline>')).toMatchObject({
      places: ['MOSCOW'],
      wire: 'Agency',
    })
    expect(of('')).toEqual({ raw: 'Springfield, IL, USA', places: ['Springfield', 'IL', 'USA'] })
  })

  it('publishes neither what stands around the text nor what is for editors', () => {
    const page = `<html><body><header><ul class="slugline"><li>Slug</li></ul><h1>A</h1></header>
      <section class="main"><p class="teaser">Teaser</p>
      <p><span class="dateline">Bonn <span class="credit">(dpa)</span> - </span>Der Text.</p>
      <section class="notepad"><p class="np-nonpublic">Nur intern</p></section></section></body></html>`
    const set = `<inlineXML contenttype="application/xhtml+xml">${page}</inlineXML>`
    const draft = readDocument(g2({ guid: 'urn:newsml:dpa.com:20090101:1', set }))
    expect(draft.body.text).toBe('Der Text.')
    expect(draft.dateline).toMatchObject({ places: ['Bonn'], wire: 'dpa' })
    expect(JSON.stringify(draft)).not.toMatch(/Nur intern|Slug|Teaser/)
  })

  it('prefers XHTML to text, and takes text with its wraps and indents', () => {
    const wrapped =
      '<p>\n   Acme has opened a factory that is as blue as the sky over it and\nas large as a lake.\n   "It is blue," Acme said.\n</p>'
    const plain = inline('text/plain', wrapped)
    const both = `${plain}<inlineXML contenttype="application/xhtml+xml"><html><body><p>Best.</p></body></html></inlineXML>`
    expect(readDocument(g2({ guid: agency, set: plain })).body.text).toBe(
      'Acme has opened a factory that is as blue as the sky over it and as large as a lake.\n\n"It is blue," Acme said.',
    )
    expect(readDocument(g2({ guid: agency, set: both })).body.html).toBe('<p>Best.</p>')
    const escaped = inline('text/html', '<p>One</p><script>x()</script><p>Two</p>')
    expect(readDocument(g2({ guid: agency, set: escaped })).body.html).toBe('<p>One</p><p>Two</p>')
  })

  it('reads NITF within, and fills with it what the fields leave open', () => {
    const nitf = `<nitf><body><body.head><hedline><hl1>H</hl1><hl2>Below</hl2></hedline>
      <dateline><location>BONN</location></dateline></body.head>
      <body.content><p>A <org>company</org> text.</p></body.content></body></nitf>`
    const set = `<inlineXML contenttype="application/nitf+xml">${nitf}</inlineXML>`
    expect(readDocument(g2({ guid: agency, set }))).toMatchObject({
      headline: 'Acme Opens a Blue Factory',
      subheadline: 'Below',
      dateline: { places: ['BONN'] },
      body: { html: '<p>A company text.</p>' },
    })
  })

  it('is a teaser where it has a description alone', () => {
    const draft = readDocument(g2({ set: '<inlineXML><!-- nothing --></inlineXML>' }))
    expect(draft.body).toMatchObject({ text: 'Acme opened a factory...', complete: false })
  })

  it('keeps a text that was typed into one paragraph as it was typed', () => {
    const typed = `(Adds a line)\n    By Anna Beispiel\n    Acme opened a factory that is as blue as\nthe sky.\n    It is large.`
    const set = `<inlineXML contenttype="application/xhtml+html"><html><body><p>${typed}</p></body></html></inlineXML>`
    expect(readDocument(g2({ guid: agency, set })).body.text.split('\n\n')).toHaveLength(4)
    // An XML file's own indents make no paragraphs.
    const indented = '<html><body>\n    <p>\n      One\n      line.\n    </p>\n  </body></html>'
    const one = `<inlineXML contenttype="application/xhtml+xml">${indented}</inlineXML>`
    expect(readDocument(g2({ guid: agency, set: one })).body.text).toBe('One line.')
  })

  it('keeps pictures that a link names, with their captions', () => {
    const link = `<link rel="irel:associatedWith" href="https://acme.example/a" contenttype="image/jpeg"><title>A</title><description>The factory<a href="x">Click</a></description></link>`
    expect(readDocument(g2({ meta: usable + link })).media).toEqual([
      { url: 'https://acme.example/a', mimeType: 'image/jpeg', caption: 'The factory' },
    ])
  })

  it('keeps the largest rendition of a picture, with its caption and rights', () => {
    const remote = (name: string, width: number) =>
      `<remoteContent contenttype="image/jpeg" href="https://acme.example/${name}.jpg" width="${width}"/>`
    const item = g2({
      guid: agency,
      content: '<description role="drol:caption">The factory</description>',
      rights: '<copyrightNotice>© Acme</copyrightNotice><usageTerms>For papers only</usageTerms>',
      set: remote('small', 100) + remote('large', 900),
    }).replace('ninat:text', 'ninat:picture')
    expect(readDocument(item).media).toEqual([
      {
        url: 'https://acme.example/large.jpg',
        mimeType: 'image/jpeg',
        caption: 'The factory',
        rights: '© Acme. For papers only',
      },
    ])
  })
})

describe('status and embargo', () => {
  it.each([
    ['stat:canceled', []],
    ['stat:withheld', ['withheld-by-source']],
  ])('%s takes the item back', (qcode, flags) => {
    const draft = readDocument(g2({ meta: `<pubStatus qcode="${qcode}"/>`, version: '2' }))
    expect(draft).toMatchObject({ status: 'canceled', sourceVersion: 2, flags })
  })

  it.each([
    '<pubStatus literal="canceled"/>',
    '<pubStatus>canceled</pubStatus>',
    '<pubStatus qcode="stat:CANCELED"/>',
    `${usable}<signal qcode="sig:KILL"/>`,
  ])('%s takes it back too', (meta) => {
    expect(readDocument(g2({ meta })).status).toBe('canceled')
  })

  it('is held until the last of its embargoes', () => {
    const days = ['20', '22', '21'].map((day) => `<embargoed>2026-07-${day}T09:00:00Z</embargoed>`)
    const draft = readDocument(g2({ meta: usable + days.join('') }))
    expect(draft.embargoUntil).toBe('2026-07-22T09:00:00.000Z')
  })

  it('lets no item out whose status it does not know', () => {
    expect(() => readDocument(g2({ meta: '<pubStatus qcode="stat:maybe"/>' }))).toThrow(/status/)
  })

  it('takes the time of the field as it stands, before any note', () => {
    const note = '<edNote>STRICTLY EMBARGOED until noon on July 20, 2026</edNote>'
    const of = (meta: string) => readDocument(g2({ meta: usable + meta })).embargoUntil
    expect(of(`<embargoed>2026-07-15T12:00:00+02:00</embargoed>${note}`)).toBe(
      '2026-07-15T10:00:00.000Z',
    )
    expect(of('<embargoed>2018-10-23T12:00:00Z</embargoed>')).toBe('2018-10-23T12:00:00.000Z')
    expect(of('')).toBeUndefined()
  })

  it('holds for a person what is empty or unreadable', () => {
    for (const field of ['<embargoed/>', '<embargoed>soon</embargoed>']) {
      const draft = readDocument(g2({ meta: usable + field }))
      expect(draft.embargoUntil).toBe(untilReleased)
      expect(draft.flags).toEqual(['embargo-unreadable'])
    }
  })

  it('reads the embargo in a note where there is no field', () => {
    const meta = `${usable}<edNote>Note: EMBARGOED UNTIL 2026-07-20 09:00 CEST</edNote>`
    expect(readDocument(g2({ meta })).embargoUntil).toBe('2026-07-20T07:00:00.000Z')
  })
})

describe('what speaks of another item', () => {
  it('names it by a link', () => {
    const link = `<signal qcode="sig:correction"/><link rel="irel:previousVersion" residref="${agency}-0"/>`
    expect(readDocument(g2({ guid: agency, meta: usable + link }))).toMatchObject({
      isCorrection: true,
      notice: { kind: 'correction', ids: ['20260714-ACME-FACTORY-0'] },
    })
  })

  it('is no notice where it speaks of itself, or only points', () => {
    const own = `<signal qcode="sig:correction"/><link rel="irel:previousVersion" residref="${agency}"/>`
    const draft = readDocument(g2({ guid: agency, meta: usable + own, version: '2' }))
    expect(draft).toMatchObject({ isCorrection: true, sourceVersion: 2 })
    expect(draft.notice).toBeUndefined()
    const also = '<link rel="irel:seeAlso" href="https://acme.example/"/>'
    expect(readDocument(g2({ meta: usable + also })).notice).toBeUndefined()
  })
})

describe('a newsMessage', () => {
  it('is read by its first news item, whatever its prefix', () => {
    const item = g2().replace(/^<\?xml[^>]*>/, '')
    const message = `<newsMessage><header/><itemSet><packageItem/>${item}</itemSet></newsMessage>`
    expect(readDocument(message).id).toBe('gnw-202607140000001-en')
    const prefixed =
      '<n:newsItem guid="urn:x"><n:contentMeta><n:headline>A</n:headline></n:contentMeta></n:newsItem>'
    expect(readDocument(prefixed).headline).toBe('A')
  })

  it.each([
    ['a package alone', '<newsMessage><itemSet><packageItem/></itemSet></newsMessage>'],
    ['an item that says nothing', '<newsItem guid="N1"> ..... </newsItem>'],
  ])('sends %s away with a sentence', (_, xml) => {
    expect(() => readDocument(xml)).toThrow(PermanentError)
  })
})

describe('what an item brings besides', () => {
  it('has the securities that it asserts of an organisation', () => {
    const assertion = `<assert literal="Acme"><related rel="fin:Instrument" qcode="ISIN:US0000000001"/>
      <related rel="fin:Instrument" literal="ACM"/><organisationDetails>
      <hasInstrument symbol="ACM" marketlabel="TSX"/><hasInstrument symbol="XETRA:AC1"/>
      </organisationDetails></assert>`
    const draft = readDocument(g2().replace('<contentSet>', `${assertion}<contentSet>`))
    expect(draft.tickers).toEqual(['NYSE:ACM', 'TSX:ACM', 'XETRA:AC1'])
    expect(draft.sourceCodes.at(-1)).toEqual({ scheme: 'ISIN', code: 'US0000000001' })
  })

  it('has the page that it calls its canonical one', () => {
    const link = '<link rel="agrel:canonical" href="https://agency.example/a"/>'
    expect(readDocument(g2({ meta: usable + link })).sourceUrl).toBe('https://agency.example/a')
  })

  it.each([
    ['<inlineXML contenttype="application/xhtml+xml">&lt;p&gt;It is.&lt;/p&gt;</inlineXML>'],
    ['<inlineXML contenttype="application/xhtml+xml"><![CDATA[<div>It is.</div>]]></inlineXML>'],
    ['<inlineXML contenttype="text/plain">It is.</inlineXML>'],
    ['<inlineData contenttype="text/plain" encoding="encd:base64">SXQgaXMu</inlineData>'],
    [
      `<inlineData contenttype="application/pdf" encoding="encd:base64">JVBERi0=</inlineData>
      <inlineData>It is.</inlineData>`,
    ],
  ])('has its text in %s', (set) => {
    expect(readDocument(g2({ set })).body).toMatchObject({ text: 'It is.', complete: true })
  })

  it('may be a text of very many lines, up to a limit', () => {
    const of = (lines: number) => {
      const data = inline('text/plain', 'a\n'.repeat(lines))
      return () => readDocument(g2({ guid: agency, set: data }))
    }
    expect(of(49_000)).not.toThrow()
    expect(of(150_000)).toThrow(PermanentError)
  })
})
