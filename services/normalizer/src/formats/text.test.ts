import { readFileSync } from 'node:fs'
import { PermanentError } from '@newswire/bus'
import { fixture } from '@newswire/kit'
import { type RawItem, untilReleased } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../draft.js'
import { normalise } from '../normalise.js'

function read(body: string, own: Partial<RawItem> = {}): Draft {
  return normalise({
    source: 'push',
    door: 'push',
    contentType: 'text/plain',
    body,
    received: '2026-07-14T10:00:00.000Z',
    rights: 'full',
    ...own,
  })
}

function own(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')
}

describe('an ots text', () => {
  it('reads the sample release', () => {
    const draft = read(fixture('chongqing.txt'))
    expect(draft).toMatchObject({
      wire: 'na',
      headline:
        'Westchinas Chongqing Liangjiang New Area nutzt die Beziehungen zur SCO für eine größere Öffnung',
      dateline: {
        raw: 'Chongqing, China (ots/PRNewswire)',
        places: ['Chongqing', 'China'],
        wire: 'ots/PRNewswire',
      },
      issuer: { name: 'Chongqing Liangjiang New Area' },
      credit: 'Original-Content von: Chongqing Liangjiang New Area, übermittelt durch news aktuell',
      language: 'de',
      links: ['http://www.liangjiang.gov.cn/'],
      status: 'usable',
      flags: [],
    })
    expect(draft.body.complete).toBe(true)
    expect(draft.body.text).toMatch(/^Das Promotionstreffen der Chongqing/)
    expect(draft.body.text).toMatch(/unter http:\/\/www\.liangjiang\.gov\.cn\/$/)
    expect(draft.body.text).not.toMatch(/date 2021|\(ots|Original-Content/)
    expect(draft.body.html).toMatch(/^<p>Das Promotionstreffen/)
    expect(draft.body.html.match(/<p>/g)).toHaveLength(draft.body.text.split('\n\n').length)
  })

  it('gives one id to the same release, whatever its line ends and spaces', () => {
    const text = fixture('chongqing.txt')
    const other = `\uFEFF${text.replaceAll('\n', '\r\n').replace('nutzt die', 'nutzt\u00A0die')}`
    expect(read(other)).toEqual(read(text))
  })

  it('cuts a police contact block with all that follows, and keeps the office', () => {
    const draft = read(own('police.txt'))
    expect(draft).toMatchObject({
      wire: 'na',
      headline: 'POL-MUSTER: Fahrrad am Bahnhof gefunden - Eigentümer gesucht',
      issuer: { name: 'Polizeidirektion Musterstadt' },
      dateline: { raw: 'Musterstadt (ots)' },
      published: '2026-07-14T20:21:00.000Z',
      sourceCodes: [{ scheme: 'na:office', code: 'POL-MUSTER' }],
    })
    expect(draft.body.text).toBe(
      'Am Dienstagabend fanden Beamte am Bahnhof ein blaues Fahrrad. Wer es vermisst, kann sich melden.',
    )
    expect(draft.contact).toContain('pressestelle@polizei.example.org')
    expect(draft.subheadline).toBeUndefined()
  })

  it('parts boilerplate that a republisher glued to the text', () => {
    const draft = read(
      'Muster lädt ein\n\nBonn (ots) Alle sind da. Mehr: https://example.org/s/W8Pressekontakt:Muster-KommunikationTelefon: 0228 0 Original-Content von: Muster AG, übermittelt durch news aktuell',
    )
    expect(draft.body.text).toBe('Alle sind da. Mehr: https://example.org/s/W8')
    expect(draft.links).toEqual(['https://example.org/s/W8'])
    expect(draft.contact).toMatch(/^Pressekontakt:\nMuster-Kommunikation/)
    expect(draft.issuer.name).toBe('Muster AG')
  })

  it('makes a headline of the first sentence where there is none, and says so', () => {
    const draft = read('Bonn (ots) - Am 3. Mai öffnet das Haus am See. Es hat sieben Türen.')
    expect(draft.headline).toBe('Am 3. Mai öffnet das Haus am See.')
    expect(draft.flags).toEqual(['headline-from-text', 'no-issuer'])
  })

  it('sends a text without a word away', () => {
    expect(() => read(' \r\n\t')).toThrow(PermanentError)
  })
})

describe('an APA-OTS text', () => {
  it('is known by its large letters, its footer and its number', () => {
    expect(read(own('apa.txt'))).toMatchObject({
      id: 'apa-OTS_20260119_OTS0052',
      wire: 'apa',
      language: 'de',
      isCorrection: true,
      contact: 'Rückfragen & Kontakt:\nMusterverband\nAnna Beispiel\noffice@verband.example.org',
      body: {
        text: 'In der Aussendung OTS0006 wurde die Zahl der Kühe falsch genannt: Es sind sieben, nicht siebzig.',
      },
    })
  })
})

describe('a PR Newswire text', () => {
  it('reads an AsiaNet drop with its 80 columns', () => {
    const draft = read(own('asianet.txt').replaceAll('\n', '\r\n'))
    expect(draft).toMatchObject({
      id: 'prn-PR90210',
      wire: 'prn',
      headline:
        'Acme Robotics and Example Digital Bring Walking Machines to the Harbours of the South',
      issuer: { name: 'Acme Robotics, Inc.' },
      credit: 'Originally distributed by PR Newswire on behalf of Acme Robotics, Inc.',
      dateline: {
        raw: 'AUSTIN, Texas, Feb. 1, 2026 /PRNewswire-AsiaNet/',
        places: ['AUSTIN', 'Texas'],
        date: '2026-02-01',
      },
      language: 'und',
      tickers: ['Nasdaq:ACRO'],
      links: ['https://acme.example.com/', 'http://www.acme.example.com'],
      published: '2026-02-01T00:00:00.000Z',
      media: [
        { url: 'https://media.example.com/photos/machine_1.jpg', caption: 'Photo 1' },
        { url: 'https://media.example.com/photos/machine_2.jpg', caption: 'Photo' },
        { url: 'https://media.example.com/logos/acme.png', caption: 'Logo' },
      ],
    })
    expect(draft.contact).toBe(
      'Media contact:\nAnna Beispiel\nAcme Robotics\npress@acme.example.com\n+1 (512) 555-0100',
    )
    expect(draft.body.text.split('\n\n')).toHaveLength(5)
    expect(draft.body.text).toContain('announced a partnership with Example Digital, the arm for')
    expect(draft.body.text).not.toMatch(/Photo|SOURCE|Media contact/)
    expect(draft.body.html).toContain(
      '<ul>\n<li>forty machines in the first year, each with a battery that lasts for two days</li>\n<li>a hundred in the second</li>\n</ul>',
    )
  })

  it('reads subheadline, tickers, the broken address of the original and the last SOURCE', () => {
    const draft = read(own('prnewswire.txt'))
    expect(draft).toMatchObject({
      id: 'prn-302900001',
      sourceUrl:
        'https://www.prnewswire.com/news-releases/acme-foods-reports-record-harvest-302900001.html',
      headline: 'Acme Foods Reports Record Harvest of Blue Potatoes',
      subheadline: 'Revenue grows by 12 percent; new field planned',
      issuer: { name: 'Example Holdings' },
      tickers: ['NYSE:ACMF', 'BSE:ACMF'],
      links: ['https://foods.example.com/harvest_(2026)'],
      contact: 'CONTACT: Ben Example, ben@foods.example.com',
      published: '2026-07-14T10:00:00.000Z',
    })
    expect(draft.body.text).toContain('NOT FOR DISTRIBUTION')
  })

  it('takes a correction for what it is, with the headline of the corrected release', () => {
    expect(read(own('correction.txt'))).toMatchObject({
      isCorrection: true,
      headline: 'Acme Foods Inc. Harvests Potatoes',
      issuer: { name: 'Acme Foods Inc.' },
      dateline: { places: ['OMAHA', 'Neb.'], date: '2026-04-18' },
    })
  })

  it('flags a notice that asks to disregard a release', () => {
    const draft = read(
      'We are advised by Acme that journalists and other readers should disregard the news release, Potatoes Are Blue, issued 18-Jan-2026 over PR Newswire. It was sent too early.',
    )
    expect(draft.flags).toContain('disregard-notice')
    expect(draft.wire).toBe('prn')
  })
})

describe('an embargo in words', () => {
  const text = (line: string) => `${line}\n\nMuster AG baut Werk\n\nBonn (ots) - Das Werk kommt.`

  it('is read in the time of the wire, and cut from the release', () => {
    const draft = read(text('Sperrfrist: 20.07.2026, 9:00 Uhr'))
    expect(draft.embargoUntil).toBe('2026-07-20T07:00:00.000Z')
    expect(draft.headline).toBe('Muster AG baut Werk')
    expect(draft.body.text).toBe('Das Werk kommt.')
  })

  it.each(['Sperrfrist: bis zum Beginn der Rede', 'STRICTLY EMBARGOED', 'Sperrfrist: 20.07.2026'])(
    'holds a release for a person that says %j',
    (line) => {
      const draft = read(text(line))
      expect(draft.embargoUntil).toBe(untilReleased)
      expect(draft.flags).toContain('embargo-unreadable')
      expect(draft.headline).toBe('Muster AG baut Werk')
    },
  )

  it('is not a ban on trade', () => {
    expect(read(text('Embargo gegen Musterland verlängert')).embargoUntil).toBeUndefined()
  })

  it('holds where the wire has no zone of its own', () => {
    const draft = read('Embargoed until 24 July 2026, 11:00\n\nAcme opens\n\nIt opens.')
    expect(draft.embargoUntil).toBe(untilReleased)
  })
})
