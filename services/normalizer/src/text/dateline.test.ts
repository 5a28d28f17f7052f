import { describe, expect, it } from 'vitest'
import { findDateline } from './dateline.js'

const received = '2026-10-01T10:00:00.000Z'

interface Row {
  text: string
  places: string[]
  wire: string
  date?: string
  before?: string
  after: string
}

const rows: Row[] = [
  {
    text: 'Musterstadt, China (ots/PRNewswire)',
    places: ['Musterstadt', 'China'],
    wire: 'ots/PRNewswire',
    after: '',
  },
  {
    text: 'Beispielort (ots) - Das Werk öffnet.',
    places: ['Beispielort'],
    wire: 'ots',
    after: 'Das Werk öffnet.',
  },
  {
    text: 'Wuhan, China (ots/PRNewswire) -Vom Werk aus',
    places: ['Wuhan', 'China'],
    wire: 'ots/PRNewswire',
    after: 'Vom Werk aus',
  },
  {
    text: 'Bocholt (ots) – Nach dem Umbau',
    places: ['Bocholt'],
    wire: 'ots',
    after: 'Nach dem Umbau',
  },
  {
    text: 'Bonn (ots) Muster sieht Chancen',
    places: ['Bonn'],
    wire: 'ots',
    after: 'Muster sieht Chancen',
  },
  {
    text: 'Schönberg (Thalfang) (ots) - Ein Baum',
    places: ['Schönberg (Thalfang)'],
    wire: 'ots',
    after: 'Ein Baum',
  },
  {
    text: 'Hermeskeil - OT Abtei (ots) - Ein Auto',
    places: ['Hermeskeil', 'Abtei'],
    wire: 'ots',
    after: 'Ein Auto',
  },
  {
    text: 'Idar-Oberstein, Katzenloch und Morbach (ots) - Drei',
    places: ['Idar-Oberstein', 'Katzenloch', 'Morbach'],
    wire: 'ots',
    after: 'Drei',
  },
  {
    text: '14.11.2025 – 13:53 Berlin-Mitte (ots) - Am Platz',
    places: ['Berlin-Mitte'],
    wire: 'ots',
    after: 'Am Platz',
  },
  { text: 'Wien (OTS/RK) „Wir bauen“', places: ['Wien'], wire: 'OTS/RK', after: '„Wir bauen“' },
  {
    text: 'Wien, 11. Juni 2022 (MUSTER-PK) Die Stadt',
    places: ['Wien'],
    wire: 'MUSTER-PK',
    date: '2022-06-11',
    after: 'Die Stadt',
  },
  {
    text: 'VANCOUVER, BC, July 13, 2026 /PRNewswire/ -- (TSX: ACM) Acme',
    places: ['VANCOUVER', 'BC'],
    wire: 'PRNewswire',
    date: '2026-07-13',
    after: '(TSX: ACM) Acme',
  },
  {
    text: 'Sales grow 12% to $9 million; new AI labs planned NEW YORK and NOIDA, India, July 13, 2026 /PRNewswire/ -- Acme',
    places: ['NEW YORK', 'NOIDA', 'India'],
    wire: 'PRNewswire',
    date: '2026-07-13',
    before: 'Sales grow 12% to $9 million; new AI labs planned ',
    after: 'Acme',
  },
  {
    text: 'NEW YORK, June 15 /PRNewswire-FirstCall/ — Acme',
    places: ['NEW YORK'],
    wire: 'PRNewswire-FirstCall',
    date: '2026-06-15',
    after: 'Acme',
  },
  {
    text: 'BOSTON, Nov. 20 /PRNewswire/ -- Acme',
    places: ['BOSTON'],
    wire: 'PRNewswire',
    date: '2025-11-20',
    after: 'Acme',
  },
  {
    text: 'LONDON, Feb. 1 /PRNewswire-AsiaNet / --',
    places: ['LONDON'],
    wire: 'PRNewswire-AsiaNet',
    date: '2026-02-01',
    after: '',
  },
  {
    text: 'MUMBAI, India, July 25, 2025/PRNewswire-AsiaNet/',
    places: ['MUMBAI', 'India'],
    wire: 'PRNewswire-AsiaNet',
    date: '2025-07-25',
    after: '',
  },
  {
    text: 'KYOTO, Japan, Feb. 1, 2026 /Kyodo JBN-AsiaNet/ --',
    places: ['KYOTO', 'Japan'],
    wire: 'Kyodo JBN-AsiaNet',
    date: '2026-02-01',
    after: '',
  },
  {
    text: 'NEEDHAM, Mass., Sept. 19, 2025 /PRNewswire-USNewswire/ -- Acme',
    places: ['NEEDHAM', 'Mass.'],
    wire: 'PRNewswire-USNewswire',
    date: '2025-09-19',
    after: 'Acme',
  },
  {
    text: 'BROOKLYN, N.Y., Feb. 19, 2026 /PRNewswire/ -- Acme',
    places: ['BROOKLYN', 'N.Y.'],
    wire: 'PRNewswire',
    date: '2026-02-19',
    after: 'Acme',
  },
  {
    text: 'McLEAN, Va., Feb. 19, 2026 /PRNewswire/ -- Acme',
    places: ['McLEAN', 'Va.'],
    wire: 'PRNewswire',
    date: '2026-02-19',
    after: 'Acme',
  },
  {
    text: 'London, UK, 3 March 2026 /PRNewswire/ -- Acme',
    places: ['London', 'UK'],
    wire: 'PRNewswire',
    date: '2026-03-03',
    after: 'Acme',
  },
  {
    text: 'HILVERSUM, The Netherlands, July 13, 2026 /PRNewswire/ -- Acme',
    places: ['HILVERSUM', 'The Netherlands'],
    wire: 'PRNewswire',
    date: '2026-07-13',
    after: 'Acme',
  },
  {
    text: 'NUEVA YORK, 26 de octubre de 2025 /PRNewswire-HISPANIC PR WIRE/ -- Acme',
    places: ['NUEVA YORK'],
    wire: 'PRNewswire-HISPANIC PR WIRE',
    date: '2025-10-26',
    after: 'Acme',
  },
  {
    text: 'TORONTO,  26 mai 2026  (GLOBE NEWSWIRE) -- Acme',
    places: ['TORONTO'],
    wire: 'GLOBE NEWSWIRE',
    date: '2026-05-26',
    after: 'Acme',
  },
  {
    text: 'SAN FRANCISCO, Dec.  03, 2025  (GLOBE NEWSWIRE) -- Acme',
    places: ['SAN FRANCISCO'],
    wire: 'GLOBE NEWSWIRE',
    date: '2025-12-03',
    after: 'Acme',
  },
  {
    text: 'SAN FRANCISCO--(BUSINESS WIRE)--Acme',
    places: ['SAN FRANCISCO'],
    wire: 'BUSINESS WIRE',
    after: 'Acme',
  },
  { text: '(美國商業資訊)--Acme', places: [], wire: '美國商業資訊', after: 'Acme' },
  {
    text: 'NEW YORK / ACCESSWIRE / Oct 5, 2026 / Acme',
    places: ['NEW YORK'],
    wire: 'ACCESSWIRE',
    date: '2026-10-05',
    after: 'Acme',
  },
  {
    text: 'PORT OF SPAIN, Trinidad and Tobago, May 4, 2026 /PRNewswire/ -- Acme',
    places: ['PORT OF SPAIN', 'Trinidad and Tobago'],
    wire: 'PRNewswire',
    date: '2026-05-04',
    after: 'Acme',
  },
]

describe('findDateline', () => {
  it.each(rows)('reads $text', ({ text, places, wire, date, before = '', after }) => {
    const found = findDateline(text, received)
    expect(found?.dateline).toMatchObject({ places, wire })
    expect(found?.dateline.date).toBe(date)
    expect(text.slice(0, found?.start)).toBe(before)
    expect(text.slice(found?.end)).toBe(after)
  })

  it.each([
    'Acme said in a PR Newswire release that it grows.',
    'Laut einer Meldung der Agentur (ots) wächst der Markt.',
    'See https://example.com/PRNewswire/ for more.',
    'Nothing here.',
    '',
  ])('finds none in %j', (text) => {
    expect(findDateline(text, received)).toBeUndefined()
  })

  it('finds an ots line under a title, a time stamp and the name of the issuer', () => {
    const text = 'Titel\n\n29.07.2026 – 15:29\n\nMuster AG\n\nBonn (ots) Der Text.'
    expect(findDateline(text, received)?.dateline.raw).toBe('Bonn (ots)')
  })

  it('looks at the first 600 characters only', () => {
    const text = `${'Lorem ipsum dolor. '.repeat(40)}NEW YORK, June 15, 2026 /PRNewswire/ -- Acme`
    expect(findDateline(text, received)).toBeUndefined()
  })

  it('stays under 5 ms of processor time on hostile input', () => {
    const hostile = [
      'A'.repeat(600),
      'A '.repeat(300),
      'A, '.repeat(200),
      `${'A, '.repeat(150)}Jan 1, 2020 /PRNewswire/`,
      `${'A. '.repeat(190)}1 Jan /PRNewswire/ --`,
      `${'A, '.repeat(190)}--(BUSINESS WIR)--`,
      `${'A '.repeat(285)}/ ACCESSWIRE / `,
      `A${' '.repeat(590)}(ots`,
      'A\n'.repeat(300),
      '('.repeat(600),
      `${'Ab '.repeat(29)}NEW, Jan 1 /PRNewswire/`,
      `${'/ PRNewswire'.repeat(50)}`,
      'A, Jan 1 '.repeat(12_000),
    ]
    for (const text of hostile) {
      findDateline(text, received)
      const before = process.cpuUsage()
      for (let round = 0; round < 20; round += 1) findDateline(text, received)
      const { user, system } = process.cpuUsage(before)
      expect((user + system) / 1_000 / 20, text.slice(0, 40)).toBeLessThan(5)
    }
  })
})
