export interface ExpectedDateline {
  readonly places: readonly string[]
  readonly wire: string
  readonly date?: string
}

/** `received` gives the year where a line has none. */
export const datelines = {
  path: 'text/12_prn_en_mixed_datelines.txt',
  received: '2026-10-01T00:00:00.000Z',
  lines: [
    { places: ['SAN FRANCISCO'], date: '2017-09-07', wire: 'PRNewswire-USNewswire' },
    { places: ['NEW YORK'], date: '2023-09-22', wire: 'PRNewswire' },
    { places: ['NEW YORK'], date: '2026-06-15', wire: 'PRNewswire-FirstCall' },
    { places: ['DOYLESTOWN', 'Pa.'], date: '2026-01-14', wire: 'PRNewswire' },
    { places: ['SINGAPORE'], date: '2024-08-27', wire: 'PRNewswire' },
    { places: ['NEEDHAM', 'Mass.'], date: '2025-09-19', wire: 'PRNewswire' },
    { places: ['BROOKLYN', 'N.Y.'], date: '2026-02-19', wire: 'PRNewswire' },
    { places: ['ZUG', 'Switzerland'], date: '2020-08-21', wire: 'PRNewswire' },
    { places: ['WARNERTOWN', 'Australia'], date: '2026-08-17', wire: 'PRNewswire' },
    { places: ['DUBLIN', 'Ireland'], date: '2026-08-12', wire: 'GLOBE NEWSWIRE' },
    { places: ['EAST PEORIA', 'Ill.'], date: '2011-10-24', wire: 'PRNewswire' },
    { places: ['NUEVA YORK'], date: '2011-10-26', wire: 'PRNewswire-HISPANIC PR WIRE' },
    { places: ['SAN FRANCISCO'], wire: 'BUSINESS WIRE' },
    { places: ['VANCOUVER', 'BC'], date: '2026-07-13', wire: 'PRNewswire' },
    { places: ['NEW YORK', 'NOIDA', 'India'], date: '2026-07-13', wire: 'PRNewswire' },
    { places: ['NEW YORK', 'LONDON', 'BEIJING'], date: '2017-02-02', wire: 'PRNewswire-AsiaNet' },
    { places: ['LONDON'], date: '2026-02-01', wire: 'PRNewswire-AsiaNet' },
    { places: ['MUMBAI', 'India'], date: '2018-07-25', wire: 'PRNewswire-AsiaNet' },
    { places: ['KYOTO', 'Japan'], date: '2017-02-01', wire: 'Kyodo JBN-AsiaNet' },
    { places: ['TORONTO'], date: '2020-05-26', wire: 'GLOBE NEWSWIRE' },
    { places: ['SAN FRANCISCO'], date: '2019-12-03', wire: 'GLOBE NEWSWIRE' },
    { places: ['BROOKFIELD', 'News'], date: '2020-07-07', wire: 'GLOBE NEWSWIRE' },
  ] satisfies readonly ExpectedDateline[],
} as const
