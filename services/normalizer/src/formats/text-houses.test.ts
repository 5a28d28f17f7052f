import { type RawItem, rawContentTypes } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../draft.js'
import { normalise } from '../normalise.js'

function read(lines: readonly string[], own: Partial<RawItem> = {}): Draft {
  return normalise({
    source: 'push',
    door: 'push',
    contentType: rawContentTypes.text,
    body: lines.join('\n'),
    received: '2026-07-14T10:00:00.000Z',
    rights: 'full',
    ...own,
  })
}

const origin = 'Original-Content von: Muster AG, übermittelt durch news aktuell'

describe('the whole of an APA-OTS text', () => {
  it('loses heading, topics, marks and footer, and keeps its subheadline', () => {
    const draft = read([
      'OTS0123   5 WI  0215 MUS0001                               Di, 14.Jul 2026',
      '',
      'Wirtschaft/Handel/Wasser',
      '',
      'Musterverband: Mehr Wasser im Juni',
      'Utl.: Absatz steigt um 4 Prozent - Ausfuhr wächst =',
      '',
      'Wien (OTS) - Der Musterverband meldet mehr Absatz. ****',
      '',
      'Bild(er) zu dieser Aussendung finden Sie im AOM unter http://bild.example.org',
      '',
      'Rückfragen & Kontakt:',
      '   Musterverband',
      '   Anna Beispiel, Tel.: +43 1 000 00 00',
      '',
      '*** OTS-ORIGINALTEXT PRESSEAUSSENDUNG UNTER AUSSCHLIESSLICHER INHALTLICHER VERANTWORTUNG DES AUSSENDERS - WWW.OTS.AT ***',
      '',
      'OTS0123    2026-07-14/10:30',
      '',
      '141030 Jul 26',
      '',
      'Link zur Aussendung:',
      'https://www.ots.at/presseaussendung/OTS_20260714_OTS0123',
    ])
    expect(draft).toMatchObject({
      id: 'apa-OTS_20260714_OTS0123',
      headline: 'Musterverband: Mehr Wasser im Juni',
      subheadline: 'Absatz steigt um 4 Prozent - Ausfuhr wächst',
      sourceUrl: 'https://www.ots.at/presseaussendung/OTS_20260714_OTS0123',
      body: { text: 'Der Musterverband meldet mehr Absatz.' },
      contact: 'Rückfragen & Kontakt:\nMusterverband\nAnna Beispiel, Tel.: +43 1 000 00 00',
    })
  })
})

describe('the copy of a page', () => {
  it('of PR Newswire loses its provider, its buttons and its links', () => {
    const draft = read([
      'Acme Foods Names New Chief',
      '',
      '- Appointment takes effect on August 1',
      '',
      'NEWS PROVIDED BY',
      'Acme Foods, Inc.',
      'Jul 14, 2026, 09:00 ET',
      '',
      'SHARE THIS ARTICLE',
      '',
      'OMAHA, Neb., July 14, 2026 /PRNewswire/ -- Acme Foods named a chief.',
      '-more-',
      'Page 2',
      '',
      'Photo: https://media.example.com/chief.jpg - The new chief',
      '',
      'SOURCE Acme Foods, Inc.',
      '',
      'Related Links',
      'http://www.foods.example.com',
      '',
      "WANT YOUR COMPANY'S NEWS FEATURED ON PRNEWSWIRE.COM?",
    ])
    expect(draft.body.text).toBe(
      '- Appointment takes effect on August 1\n\nAcme Foods named a chief.',
    )
    expect(draft.subheadline).toBeUndefined()
    expect(draft.media).toEqual([
      { url: 'https://media.example.com/chief.jpg', caption: 'The new chief' },
    ])
  })

  it('of Business Wire begins with its time', () => {
    const draft = read([
      'July 14, 2026 09:00 AM Eastern Daylight Time',
      '',
      'Acme Cloud Grows',
      '',
      'SAN FRANCISCO--(BUSINESS WIRE)--Acme Cloud has grown.',
      '',
      'Contacts',
      '',
      'Anna Example',
    ])
    expect(draft).toMatchObject({
      headline: 'Acme Cloud Grows',
      published: '2026-07-14T13:00:00.000Z',
      contact: 'Contacts\nAnna Example',
      body: { text: 'Acme Cloud has grown.' },
    })
  })

  it('of ACCESSWIRE has the address of the original on the next line', () => {
    const draft = read([
      'Acme Drills',
      '',
      'VANCOUVER, BC / ACCESSWIRE / July 14, 2026 / Acme drills.',
      '',
      'SOURCE: Acme Gold Corp.',
      '',
      'View source version on accesswire.com:',
      'https://www.accesswire.com/900001/Acme-Drills',
    ])
    expect(draft.sourceUrl).toBe('https://www.accesswire.com/900001/Acme-Drills')
    expect(draft.body.text).toBe('Acme drills.')
  })

  it('of CNW keeps its contact', () => {
    const draft = read([
      'Erable Inc. annonce ses résultats',
      '',
      'MONTRÉAL, le 14 juill. 2026 /CNW/ - Erable Inc. annonce.',
      '',
      'SOURCE Erable Inc.',
      '',
      'Renseignements : Anne Exemple, 514 555-0100',
      '',
      'Cision View original content: http://www.newswire.ca/en/c1234.html',
    ])
    expect(draft).toMatchObject({
      dateline: { places: ['MONTRÉAL'], date: '2026-07-14', wire: 'CNW' },
      contact: 'Renseignements : Anne Exemple, 514 555-0100',
      body: { text: 'Erable Inc. annonce.' },
    })
  })
})

describe('an ots text', () => {
  it('loses what it says of pictures, press kits and newsrooms', () => {
    const draft = read([
      'Muster zeigt eine Tür',
      '',
      'Bonn (ots) - Muster zeigt eine Tür aus Holz.',
      '',
      '– Bild ist abrufbar unter http://www.presseportal.de/pm/12345 –',
      '',
      'Quelle: Studie der Muster AG',
      '',
      'Medien-Rückfragen bitte an:',
      'Anna Beispiel',
      '',
      'OTS: Muster AG',
      'newsroom: http://www.presseportal.de/nr/12345',
      '',
      origin,
    ])
    expect(draft.body.text).toBe('Muster zeigt eine Tür aus Holz.\n\nQuelle: Studie der Muster AG')
    expect(draft.contact).toBe('Medien-Rückfragen bitte an:\nAnna Beispiel')
  })

  it('is unwrapped beside an address that is longer than its lines', () => {
    const draft = read([
      'Muster eröffnet',
      '',
      'Bonn (ots) - Die Muster AG wird ihr neues Werk in Bonn im Sommer, genauer am',
      '24. Juni 2026, eröffnen. Dann kommen 400 Beschäftigte zur Arbeit, die Wirtschafts-',
      'und Finanzministerin spricht, und der Bau wird gefeiert, denn er ist state-of-the-',
      'art.',
      '',
      'View original content:https://www.prnewswire.com/de/pressemitteilungen/muster-ag-eroffnet-ein-werk-302900011.html',
      origin,
    ])
    expect(draft.body.text).toBe(
      'Die Muster AG wird ihr neues Werk in Bonn im Sommer, genauer am 24. Juni 2026, eröffnen. Dann kommen 400 Beschäftigte zur Arbeit, die Wirtschafts- und Finanzministerin spricht, und der Bau wird gefeiert, denn er ist state-of-the-art.',
    )
  })

  it('has a dateline where no wire is named', () => {
    const draft = read([
      'Muster AG wächst',
      '',
      'Im Juni kamen Aufträge',
      '',
      'Bonn, 14. Juli 2026 – Die Muster AG wächst.',
      '',
      origin,
    ])
    expect(draft).toMatchObject({
      subheadline: 'Im Juni kamen Aufträge',
      dateline: { raw: 'Bonn, 14. Juli 2026', places: ['Bonn'], date: '2026-07-14' },
      body: { text: 'Die Muster AG wächst.' },
    })
  })

  it.each([
    'Am 14. Juli 2026 – es war ein Dienstag – kam Muster.',
    'Konzert in Bonn, 14. Juli 2026 – und mehr.',
    'Bonn, 14. Juli – ein Tag.',
  ])('has no dateline in prose: %s', (line) => {
    expect(read(['Muster AG wächst', '', line]).dateline).toBeUndefined()
  })
})

describe('a text of EQS', () => {
  it('ends where the service speaks of itself', () => {
    const draft = read([
      'EQS-Adhoc: Muster SE: Prognose',
      '',
      'EQS-Ad-hoc: Muster SE / Key word(s): Forecast',
      'Muster SE raises its forecast',
      '',
      '14-Jul-2026 / 07:00 CET/CEST',
      'Disclosure of an inside information acc. to Article 17 MAR, transmitted by EQS News - a service of EQS Group.',
      'The issuer is solely responsible for the content of this announcement.',
      '',
      'Muster grows.',
      '',
      'End of Inside Information',
      '',
      '14-Jul-2026 CET/CEST The EQS Distribution Services include Regulatory Announcements.',
      '',
      'Language: English',
      'Company: Muster SE',
    ])
    expect(draft).toMatchObject({
      headline: 'Muster SE raises its forecast',
      issuer: { name: 'Muster SE' },
      published: '2026-07-14T05:00:00.000Z',
      body: { text: 'Muster grows.' },
    })
  })
})

describe('a teaser', () => {
  it.each([
    ['Do not publish until 24 July 2026 12:00 BST', '2026-07-24T11:00:00.000Z'],
    ['EMBARGOED UNTIL: Fri, 24 Jul 2026 at 14:00 UTC', '2026-07-24T14:00:00.000Z'],
    ['Embargoed until July 24, 2026 at 8 a.m. Eastern', '2026-07-24T12:00:00.000Z'],
    ['Embargo bis 24. Juli 2026, 18 Uhr', '2026-07-24T16:00:00.000Z'],
  ])('is held by a notice before its dateline, in the zone of the notice: %s', (notice, until) => {
    const link = 'https://www.presseportal.de/pm/12345/6001234'
    const entry = {
      link,
      title: 'Muster AG eröffnet Werk',
      summary: `${notice} Bonn (ots) - Die Muster AG eröffnet ...`,
      ...{ categories: [], enclosures: [], extensions: {}, feed: {} },
    }
    const own = { contentType: rawContentTypes.entry, body: JSON.stringify(entry) }
    expect(read([], own).embargoUntil).toBe(until)
  })
})
