import { describe, expect, it } from 'vitest'
import { findDateline } from './dateline.js'

const received = '2026-10-01T10:00:00.000Z'

/** Text before `T`, places joined by `|`, wire, day. */
const rows: readonly (readonly [string, string, string, string])[] = [
  ['München/Berlin (ots) - T', 'München|Berlin', 'ots', ''],
  ['Frankfurt am Main (ots) - T', 'Frankfurt am Main', 'ots', ''],
  ['Halle (Saale) (ots) - T', 'Halle (Saale)', 'ots', ''],
  ['St. Gallen (ots) - T', 'St. Gallen', 'ots', ''],
  ['berlin (ots) - T', 'berlin', 'ots', ''],
  ['bad homburg (ots) - T', 'bad homburg', 'ots', ''],
  ['Zürich, 24. Juni 2026 (ots) - T', 'Zürich', 'ots', '2026-06-24'],
  ['Zürich, 24.06.2026 (ots) - T', 'Zürich', 'ots', '2026-06-24'],
  ['Berlin, 24. Juni 2026 (ots/PRNewswire) - T', 'Berlin', 'ots/PRNewswire', '2026-06-24'],
  ['Hamburg(ots) - T', 'Hamburg', 'ots', ''],
  ['Hamburg (ots)-T', 'Hamburg', 'ots', ''],
  ['Hamburg  ( ots ) - T', 'Hamburg', 'ots', ''],
  ['Hamburg (ots) -- T', 'Hamburg', 'ots', ''],
  ['Hamburg (ots) — T', 'Hamburg', 'ots', ''],
  ['HAMBURG (OTS) - T', 'HAMBURG', 'OTS', ''],
  ['Wien/Graz (OTS) - T', 'Wien|Graz', 'OTS', ''],
  ['Wien (OTS/SK) T', 'Wien', 'OTS/SK', ''],
  ['Wien, am 19. Jänner 2026 (OTS) T', 'Wien', 'OTS', '2026-01-19'],
  ['Linz (OTS) T', 'Linz', 'OTS', ''],
  [
    'Bad Neuenahr-Ahrweiler, Mayschoß und Rech (ots) - T',
    'Bad Neuenahr-Ahrweiler|Mayschoß|Rech',
    'ots',
    '',
  ],
  ['A 61/Mendig (ots) - T', 'A 61|Mendig', 'ots', ''],
  ['BAB 3 - Dernbach (ots) - T', 'BAB 3|Dernbach', 'ots', ''],
  ['Trier-Ehrang, L 43 (ots) - T', 'Trier-Ehrang|L 43', 'ots', ''],
  ['Genève (ots) - T', 'Genève', 'ots', ''],
  ['Lugano e Milano (ots) - T', 'Lugano|Milano', 'ots', ''],
  ['Paris et Londres (ots/PRNewswire) - T', 'Paris|Londres', 'ots/PRNewswire', ''],
  ['New York, NY (ots/PRNewswire) - T', 'New York|NY', 'ots/PRNewswire', ''],
  ['Berlin (dpa) - T', 'Berlin', 'dpa', ''],
  ['Frankfurt/Main (dpa-AFX) - T', 'Frankfurt|Main', 'dpa-AFX', ''],
  ['Potsdam (dpa/bb) - T', 'Potsdam', 'dpa/bb', ''],
  ['PARIS (AFP) - T', 'PARIS', 'AFP', ''],
  ['LONDON (Reuters) - T', 'LONDON', 'Reuters', ''],
  ['LONDON, June 24 (Reuters) - T', 'LONDON', 'Reuters', '2026-06-24'],
  ['NEW YORK (AP) — T', 'NEW YORK', 'AP', ''],
  ['Bern (awp) - T', 'Bern', 'awp', ''],
  [
    'WASHINGTON, D.C., June 24, 2026 /PRNewswire/ -- T',
    'WASHINGTON|D.C.',
    'PRNewswire',
    '2026-06-24',
  ],
  ['NEW YORK, NY, June 24, 2026 /PRNewswire/ -- T', 'NEW YORK|NY', 'PRNewswire', '2026-06-24'],
  ['NEW YORK, Wednesday, June 24, 2026 /PRNewswire/ -- T', 'NEW YORK', 'PRNewswire', '2026-06-24'],
  [
    'WINSTON-SALEM, N.C., June 24 /PRNewswire/ -- T',
    'WINSTON-SALEM|N.C.',
    'PRNewswire',
    '2026-06-24',
  ],
  [
    "COEUR D'ALENE, Idaho, June 24, 2026 /PRNewswire/ -- T",
    "COEUR D'ALENE|Idaho",
    'PRNewswire',
    '2026-06-24',
  ],
  [
    "ST. JOHN'S, Newfoundland and Labrador, June 24, 2026 /CNW/ - T",
    "ST. JOHN'S|Newfoundland and Labrador",
    'CNW',
    '2026-06-24',
  ],
  ["O'FALLON, Mo., June 24, 2026 /PRNewswire/ -- T", "O'FALLON|Mo.", 'PRNewswire', '2026-06-24'],
  ['DeKALB, Ill., June 24, 2026 /PRNewswire/ -- T', 'DeKALB|Ill.', 'PRNewswire', '2026-06-24'],
  [
    'KING OF PRUSSIA, Pa., June 24, 2026 /PRNewswire/ -- T',
    'KING OF PRUSSIA|Pa.',
    'PRNewswire',
    '2026-06-24',
  ],
  [
    "'S-HERTOGENBOSCH, Netherlands, June 24, 2026 /PRNewswire/ -- T",
    "'S-HERTOGENBOSCH|Netherlands",
    'PRNewswire',
    '2026-06-24',
  ],
  [
    'TEL AVIV, Israel, and NEW YORK, June 24, 2026 /PRNewswire/ -- T',
    'TEL AVIV|Israel|NEW YORK',
    'PRNewswire',
    '2026-06-24',
  ],
  [
    'CAMBRIDGE, Mass. & LONDON, June 24, 2026 /PRNewswire/ -- T',
    'CAMBRIDGE|Mass.|LONDON',
    'PRNewswire',
    '2026-06-24',
  ],
  [
    'ZURICH / NEW YORK, June 24, 2026 /PRNewswire/ -- T',
    'ZURICH|NEW YORK',
    'PRNewswire',
    '2026-06-24',
  ],
  ['LONDON – June 24, 2026 /PRNewswire/ -- T', 'LONDON', 'PRNewswire', '2026-06-24'],
  ['LONDON, UK - June 24, 2026 - /PRNewswire/ -- T', 'LONDON|UK', 'PRNewswire', '2026-06-24'],
  ['LONDON, June 24, 2026 /PRNewswire/--T', 'LONDON', 'PRNewswire', '2026-06-24'],
  ['LONDON, June 24, 2026 / PRNewswire / — T', 'LONDON', 'PRNewswire', '2026-06-24'],
  ['LONDON, June 24, 2026 /PRNewswire/ T', 'LONDON', 'PRNewswire', '2026-06-24'],
  ['LONDON, June 24, 2026/PRNewswire/T', 'LONDON', 'PRNewswire', '2026-06-24'],
  ['LONDON, 24 June, 2026 /PRNewswire/ -- T', 'LONDON', 'PRNewswire', '2026-06-24'],
  ['LONDON, 24th June 2026 /PRNewswire/ -- T', 'LONDON', 'PRNewswire', '2026-06-24'],
  ['LONDON, June 24th, 2026 /PRNewswire/ -- T', 'LONDON', 'PRNewswire', '2026-06-24'],
  ['BERLIN, 24.06.2026 /PRNewswire/ -- T', 'BERLIN', 'PRNewswire', '2026-06-24'],
  ['BERLIN, 24. Juni 2026 /PRNewswire/ -- T', 'BERLIN', 'PRNewswire', '2026-06-24'],
  ['Berlin, den 24. Juni 2026 /PRNewswire/ -- T', 'Berlin', 'PRNewswire', '2026-06-24'],
  ['MONTRÉAL, le 5 janv. 2026 /CNW Telbec/ - T', 'MONTRÉAL', 'CNW Telbec', '2026-01-05'],
  ['PARIS, le 1er juillet 2026 /PRNewswire/ -- T', 'PARIS', 'PRNewswire', '2026-07-01'],
  ['ROMA, 24 giugno 2026 /PRNewswire/ -- T', 'ROMA', 'PRNewswire', '2026-06-24'],
  ['MADRID, 24 de junio de 2026 /PRNewswire/ -- T', 'MADRID', 'PRNewswire', '2026-06-24'],
  ['SÃO PAULO, 24 de junho de 2026 /PRNewswire/ -- T', 'SÃO PAULO', 'PRNewswire', '2026-06-24'],
  ['AMSTERDAM, 24 mei 2026 /PRNewswire/ -- T', 'AMSTERDAM', 'PRNewswire', '2026-05-24'],
  ['北京2026年6月24日 /美通社/ -- T', '北京', '美通社', '2026-06-24'],
  ['上海，2026年6月24日 /PRNewswire/ -- T', '上海', 'PRNewswire', '2026-06-24'],
  ['香港, 2026年7月13日 /PRNewswire/ -- T', '香港', 'PRNewswire', '2026-07-13'],
  ['东京和上海, 2026年7月13日 /PRNewswire/ -- T', '东京|上海', 'PRNewswire', '2026-07-13'],
  [
    '서울, 대한민국, 2026년 6월 24일 /PRNewswire/ -- T',
    '서울|대한민국',
    'PRNewswire',
    '2026-06-24',
  ],
  ['LONDON /PRNewswire/ -- T', 'LONDON', 'PRNewswire', ''],
  [
    'Acme plans data centers Dubai, United Arab Emirates, July 13, 2026 /PRNewswire/ -- T',
    'Dubai|United Arab Emirates',
    'PRNewswire',
    '2026-07-13',
  ],
  [
    'Dubai, United Arab Emirates, July 13, 2026 /PRNewswire/ -- T',
    'Dubai|United Arab Emirates',
    'PRNewswire',
    '2026-07-13',
  ],
  [
    'NEW YORK, NY / ACCESS Newswire / October 1, 2026 / T',
    'NEW YORK|NY',
    'ACCESS Newswire',
    '2026-10-01',
  ],
  [
    'Toronto, Ontario / ACCESSWIRE / Sept. 5, 2026 / T',
    'Toronto|Ontario',
    'ACCESSWIRE',
    '2026-09-05',
  ],
  [
    'Vancouver, British Columbia--(Newsfile Corp. - June 24, 2026) - T',
    'Vancouver|British Columbia',
    'Newsfile Corp.',
    '2026-06-24',
  ],
  ['PARIS--(BUSINESS WIRE)--T', 'PARIS', 'BUSINESS WIRE', ''],
  ['ROUND ROCK, Texas--(BUSINESS WIRE)--T', 'ROUND ROCK|Texas', 'BUSINESS WIRE', ''],
  [
    'ROUND ROCK, Texas, June 24, 2026--(BUSINESS WIRE)--T',
    'ROUND ROCK|Texas',
    'BUSINESS WIRE',
    '2026-06-24',
  ],
  ['LONDON & NEW YORK--(BUSINESS WIRE)--T', 'LONDON|NEW YORK', 'BUSINESS WIRE', ''],
  ['LONDON — (BUSINESS WIRE) — T', 'LONDON', 'BUSINESS WIRE', ''],
  ['LONDON--( BUSINESS WIRE )--T', 'LONDON', 'BUSINESS WIRE', ''],
  ['巴黎--(美国商业资讯)--T', '巴黎', '美国商业资讯', ''],
  ['NEW YORK, June 24, 2026 (GLOBE NEWSWIRE) -- T', 'NEW YORK', 'GLOBE NEWSWIRE', '2026-06-24'],
  [
    'NEW YORK, June 24, 2026 (GLOBE NEWSWIRE via COMTEX) -- T',
    'NEW YORK',
    'GLOBE NEWSWIRE via COMTEX',
    '2026-06-24',
  ],
  ['Frankfurt, 24 June 2026 (EQS Group) - T', 'Frankfurt', 'EQS Group', '2026-06-24'],
  [
    'MUMBAI, India, Jan. 5, 2026 /PRNewswire-PRWeb/ -- T',
    'MUMBAI|India',
    'PRNewswire-PRWeb',
    '2026-01-05',
  ],
  [
    'SINGAPORE, 24 Sept 2026 /PRNewswire-AsiaNet/ -- T',
    'SINGAPORE',
    'PRNewswire-AsiaNet',
    '2026-09-24',
  ],
  [
    'NOT FOR DISSEMINATION TO UNITED STATES NEWSWIRE SERVICES. VANCOUVER, BC, July 13, 2026 /CNW/ - T',
    'VANCOUVER|BC',
    'CNW',
    '2026-07-13',
  ],
  ['All amounts in US dollars TORONTO, July 13, 2026 /CNW/ - T', 'TORONTO', 'CNW', '2026-07-13'],
]

describe('the datelines of many houses', () => {
  it.each(rows)('%s', (text, places, wire, day) => {
    const found = findDateline(text, received)
    expect(found?.dateline.places.join('|')).toBe(places)
    expect(found?.dateline.wire).toBe(wire)
    expect(found?.dateline.date ?? '').toBe(day)
    expect(text.slice(found?.end)).toBe('T')
  })

  it.each([
    'Acme (NYSE: ACM) - the maker of doors - grows on June 24, 2026.',
    'On June 24, 2026 (Monday) - Acme opened.',
    'The results of June 24, 2026 (Audited) -- see below.',
    'Acme opened its plant in Bonn on June 24, 2026 /more/ -- it says.',
    'Table 1: London, June 24, 2026 (Unaudited) - 5',
    'Paris (France) - a city.',
    'acme.com/PRNewswire/ -- more',
  ])('finds none in %j', (text) => {
    expect(findDateline(text, received)).toBeUndefined()
  })
})

describe('a dateline behind hostile text', () => {
  const units = [
    'A',
    'A ',
    'A, ',
    '(',
    '/PRNewswire/ ',
    'NEW YORK, Jan 1 /PRNewswire/',
    'A, Jan 1, 2026 (A) - ',
    "'A.",
    'AAAAAA. ',
    'A.M. ',
    '北',
    '北、',
    '--(BUSINESS WIRE)--',
    ' (ots',
    '1.1.2026 ',
    'Monday, ',
    'den ',
    ' - ',
    '\u2028',
  ]
  const lengths = [600, 1_048_576]

  it.each(units)('is sought in less than 5 ms of processor time in rows of %j', (unit) => {
    for (const length of lengths) {
      const text = unit.repeat(Math.ceil(length / unit.length))
      for (const hostile of [text, `${text.slice(0, 560)}, Jan 1 /PRNewswire/ -- A`]) {
        findDateline(hostile, received)
        const before = process.cpuUsage()
        for (let round = 0; round < 10; round += 1) findDateline(hostile, received)
        const { user, system } = process.cpuUsage(before)
        expect((user + system) / 1_000 / 10).toBeLessThan(5)
      }
    }
  })
})
