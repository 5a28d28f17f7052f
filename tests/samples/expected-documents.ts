import { json, type RefusedRow, type ReleaseRow, refused, xml } from './expectation.js'

const newsItem = 'application/vnd.iptc.g2.newsitem+xml'
const newsMessage = 'application/vnd.iptc.g2.newsmessage+xml'
const noRelease = /None of uri, headline/

const businessWire: Record<string, ReleaseRow> = {
  'businesswire/20210130005024r1.xml': {
    type: xml,
    item: {
      id: 'bw-20210130005024',
      headline: ['Interactive Brokers Lift', 'NZY7Ln0CRQQuDFvM7dj784'],
      version: 1,
      language: 'en',
      issuer: 'Interactive Brokers Group',
      places: ['GREENWICH', 'Conn.'],
      published: '2021-01-31T02:41:00.000Z',
      complete: true,
    },
  },
  'businesswire/businesswire-newsml-20130515006361.xml': {
    type: xml,
    received: '2013-05-16T04:02:00.000Z',
    item: {
      id: 'bw-20130515006361',
      headline: ['Dell Redefines Workstati', 'hKQJsOSpIPwL-6VXSBybRe'],
      version: 1,
      language: 'en',
      issuer: 'Dell Inc.',
      places: ['ROUND ROCK', 'Texas'],
      published: '2013-05-16T04:01:00.000Z',
      complete: true,
    },
  },
}

const globenewswire: Record<string, ReleaseRow> = {
  'globenewswire/07ac.xml': {
    type: newsItem,
    item: {
      id: 'gnw-201912037765786-en',
      headline: ['Zignal Labs Names David ', '2sSlsX5N3GWwaAIxDA4Rn8'],
      version: 1,
      language: 'en',
      issuer: 'Zignal Labs Inc.',
      places: ['SAN FRANCISCO'],
      date: '2019-12-03',
      wire: 'GLOBE NEWSWIRE',
      published: '2019-12-03T17:00:10.000Z',
      complete: true,
    },
  },
  'globenewswire/1bf6.xml': {
    type: newsItem,
    item: {
      id: 'gnw-201912037765753-en',
      headline: ['LYF Edibles Targeting Ea', 'mFbqVvbF1VwH8DNEZS2n92'],
      version: 1,
      language: 'en',
      issuer: 'LYF Food Technologies Inc.',
      places: ['VANCOUVER', 'British Columbia'],
      date: '2019-12-03',
      wire: 'GLOBE NEWSWIRE',
      complete: true,
    },
  },
  'globenewswire/fr.xml': {
    type: newsItem,
    item: {
      id: 'gnw-202005267925935-fr',
      headline: ['CORRECTION ET MISE À JOU', 'Q638_BBkEbS6829gOl-C68'],
      version: 1,
      language: 'fr',
      issuer: 'TELUS Communications Inc',
      places: ['TORONTO'],
      date: '2020-05-26',
      wire: 'GLOBE NEWSWIRE',
      published: '2020-05-26T15:31:00.000Z',
      complete: true,
      isCorrection: true,
      notice: 'correction',
    },
  },
  'globenewswire/tables.newsml': {
    type: newsItem,
    item: {
      id: 'gnw-202007077955771-en',
      headline: ['Brookfield Renewable Ann', 'nraCXzF-KOGKwedsy_oBWz'],
      version: 1,
      language: 'en',
      issuer: 'Brookfield Renewable Partners L.P.',
      // The wire's own slip: no such region.
      places: ['BROOKFIELD', 'News'],
      date: '2020-07-07',
      wire: 'GLOBE NEWSWIRE',
      complete: true,
    },
  },
}

const agencies: Record<string, ReleaseRow | RefusedRow> = {
  'newsml-g2/LISTING_1.xml': {
    type: newsItem,
    item: {
      id: 'acmenews-com-20161018-US-FINANCE-FED',
      headline: ['Fed to halt QE to avert ', 'RLGUSfnt4qbHs7ETrL1iWg'],
      version: 11,
      language: 'en',
      issuer: 'Example Enews LLP',
      places: ['Berlin', 'Germany'],
      embargoUntil: '2018-10-23T12:00:00.000Z',
      // Its inlineXML holds comments alone.
      complete: false,
    },
  },
  'newsml-g2/LISTING_2_text.xml': {
    type: newsItem,
    item: {
      id: 'acmenews-com-20161121-US-FINANCE-FED',
      headline: ['Fed to halt QE to avert ', 'RLGUSfnt4qbHs7ETrL1iWg'],
      version: 11,
      language: 'en',
      issuer: 'Associated Press',
      places: ['New York', 'NY'],
      complete: true,
    },
  },
  'newsml-g2/LISTING_24_newsmessage.xml': refused(newsMessage, 422, /neither metadata nor content/),
  'newsml-g2/LISTING_25_nitf_inline.xml': refused(xml, 422, /<contentSet>/),
  'newsml-g2/LISTING_28_dateline.xml': refused(xml, 422, /<contentMeta>/),
  'newsml-g2/ansa-newsmlg2-text.xml': {
    type: newsMessage,
    item: {
      id: 'ansa-it-2017-10-11-40e5fb1034e7e2b21942ea09718fc85a',
      headline: ['Catalan independence dec', 'wMnHYKb3bT7LmyK8odbxAd'],
      version: 1,
      language: 'it',
      issuer: 'ANSA',
      places: ['Rome'],
      date: '2017-10-11',
      wire: 'ANSA',
      complete: true,
    },
  },
  'newsml-g2/dpa.xml': {
    type: newsMessage,
    item: {
      id: 'dpa-221011-930-4303',
      headline: ['Eintracht in London: Hin', 'ovsULaFsmiPVPZB7JtnGea'],
      version: 1,
      language: 'de',
      issuer: 'Deutsche Presse-Agentur GmbH',
      places: ['London'],
      wire: 'dpa',
      published: '2022-10-11T09:14:42.000Z',
      complete: true,
    },
  },
  'dpa-digitalwires/embargoed.json': { type: json, item: embargoedByDpa() },
  'dpa-digitalwires/embargoed.xml': { type: newsMessage, item: embargoedByDpa() },
  'dpa-digitalwires/with_dateline.json': {
    type: json,
    item: {
      id: 'dpa-250128-930-357319',
      headline: ['DeepSeek-Schock aus Chin', 'YTVqHAC7o0bNEohf4ibd80'],
      version: 2,
      language: 'de',
      issuer: 'dpa',
      places: ['New York'],
      wire: 'dpa',
      published: '2025-01-28T08:18:34.000Z',
      complete: true,
    },
  },
  'nitf/efe_nitf.xml': {
    type: 'application/nitf+xml',
    item: {
      id: 'push-22751909',
      headline: ['Honduran president annou', 'DdMWNcZ_GCWWxCyyQfh-E3'],
      language: 'en',
      issuer: 'Agencia EFE',
      places: ['Tegucigalpa'],
      date: '2017-01-02',
      published: '2017-01-02T22:28:00.000Z',
      complete: true,
    },
  },
  'nitf/nitf-fishing.xml': {
    type: xml,
    item: {
      id: 'push-iptc-321656141-b-X1KkhwtvBeO3BugbJC2fFI',
      headline: ['Weather and Tide Updates', 'fcFp7luFe2TNok5o81gRKF'],
      status: 'canceled',
      change: 'withdrawal',
      language: 'en',
      issuer: 'International Press Telecommunications Council',
      places: ['Newport News', 'VA'],
      embargoUntil: '2002-02-26T14:30:00.000Z',
      complete: true,
      notice: 'withdrawal',
      flags: ['date-clamped'],
    },
  },
}

function embargoedByDpa(): ReleaseRow['item'] {
  return {
    id: 'dpa-250123-930-353124',
    headline: ['Steinmeier: Russland zer', 'Eqyze59RSZ25hl5HbNvTj0'],
    version: 1,
    language: 'de',
    issuer: 'dpa',
    places: ['Berlin'],
    wire: 'dpa',
    embargoUntil: '2025-01-23T18:00:00.000Z',
    published: '2025-01-23T13:10:47.000Z',
    complete: true,
  }
}

const schemas: Record<string, RefusedRow> = {
  'ninjs/schema/ninjs-schema_1.4.json': refused(json, 422, noRelease),
  'ninjs/schema/ninjs-schema_2.2.json': refused(json, 422, noRelease),
  'ninjs/schema/ninjs-schema_3.1.json': refused(json, 422, noRelease),
}

export const documents: Readonly<Record<string, ReleaseRow | RefusedRow>> = {
  ...businessWire,
  ...globenewswire,
  ...agencies,
  ...schemas,
}
