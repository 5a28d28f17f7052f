import {
  type ExpectedItem,
  json,
  type RefusedRow,
  type ReleaseRow,
  refused,
  text,
} from './expectation.js'

const captain: ExpectedItem = {
  id: 'ninjs-example-com-newsitems-20130709simp123-',
  headline: ['Captain of wrecked cruis', 'Re0lr9R1mAUW977f9gHUrN'],
  language: 'und',
  issuer: "Paulo Santalucia and Frances d'Emilio",
  places: ['GROSSETO', 'Italy'],
  wire: 'AP',
  complete: true,
}

const ninjs: Record<string, ReleaseRow> = {
  'ninjs/004_simple_text_article.v1.6.json': { type: json, item: captain },
  'ninjs/004_simple_text_article.v2.2.json': { type: json, item: captain },
  'ninjs/ninjsExSimpleText.v3.json': { type: json, item: captain },
  'ninjs/dpa_text.v3.json': {
    type: json,
    item: {
      id: 'dpa-190510-99-167362',
      headline: ['Faktencheck Derby-Elfmet', '4425wKndpSiLOBouL1WgxY'],
      version: 2,
      language: 'de',
      issuer: 'dpa',
      published: '2019-05-10T14:02:28.000Z',
      complete: true,
    },
  },
  'ninjs/ninjs3.json': {
    type: json,
    item: {
      id: 'push-20170825001315282180',
      headline: ['German Air Force Museum', 'Z_J5MN95YHrJr7U-Bza_Zn'],
      version: 3,
      language: 'en',
      issuer: 'Australian Associated Press',
      published: '2017-08-18T02:57:43.000Z',
      complete: true,
    },
  },
  'ninjs/ninjs_embargoed.json': {
    type: json,
    item: {
      id: 'push-fd8e441b-a698-4411-9246-7d5de21cced9',
      headline: ['Trouble is brewing for t', 'qtfnB1XIh6ILwkMNixXWZD'],
      version: 11,
      language: 'en',
      issuer: '360info',
      // What the sender calls the place; its byline ran into it.
      places: ['Aaron J. Staples', 'Michigan'],
      embargoUntil: '2022-06-29T02:30:00.000Z',
      complete: true,
    },
  },
}

const presseportal: Record<string, ReleaseRow | RefusedRow> = {
  'presseportal-api/get_stories.json': {
    type: json,
    item: {
      id: 'na-1234567',
      headline: ['Test Title', 'jkaxawNwqutkVtSU9F-lQ4'],
      language: 'de',
      issuer: 'Test Company',
      published: '2020-07-02T02:30:00.000Z',
      complete: true,
    },
  },
  'presseportal-api/get_public_service_news.json': {
    type: json,
    item: {
      id: 'na-1234567',
      headline: ['POL-TEST: Test message', 'pdtRpBcWKvVEsHCuqBV_WH'],
      language: 'de',
      issuer: 'Polizeipräsidium Test',
      published: '2020-06-15T19:45:52.000Z',
      complete: true,
    },
  },
  'presseportal-api/error_101.json': refused(json, 422, /authentification failed/),
  'presseportal-api/company_info.json': refused(json, 422, /Send a story/),
  'presseportal-api/office_info.json': refused(json, 422, /Send a story/),
  'presseportal-api/entity_search.json': refused(json, 422, /Send a story/),
  'presseportal-api/empty.json': refused(json, 422, /None of uri, headline/),
}

function asianet(
  file: number,
  id: string,
  item: Omit<ExpectedItem, 'id' | 'language' | 'complete' | 'date'> & { date?: string },
): Record<string, ReleaseRow> {
  const date = item.date ?? '2017-02-01'
  return {
    [`prnewswire-text/asianet_${file}.tst`]: {
      type: text,
      received: '2017-02-02T00:00:00.000Z',
      item: { ...item, id: `prn-${id}`, date, language: 'und', complete: true },
    },
  }
}

const asianets: Record<string, ReleaseRow> = {
  ...asianet(1, 'PR67276', {
    headline: ['Digital Turbine Partners', 'gMhGsV_gPu9bCQR29QxHi2'],
    issuer: 'Digital Turbine, Inc.',
    places: ['AUSTIN', 'Texas'],
    wire: 'PRNewswire-AsiaNet',
  }),
  ...asianet(2, 'PR67254', {
    headline: ['Queen Elizabeth Prize fo', 'S6DDVKXNbXLPZZcxL50c8B'],
    issuer: 'Queen Elizabeth Prize',
    places: ['LONDON'],
    wire: 'PRNewswire',
  }),
  ...asianet(3, 'PR67255', {
    headline: ['Animal rights come to Br', 'cZoHm1ZqUDAtbM551v2LHe'],
    issuer: 'Escola Aguia de Ouro',
    places: ['SAO PAULO'],
    wire: 'PRNewswire-AsiaNet',
  }),
  ...asianet(5, 'PR67261', {
    headline: ['OMRON Launches Promotion', 'DMxOWq8nlloSMeM8b1g_2A'],
    issuer: 'OMRON Corporation',
    places: ['KYOTO', 'Japan'],
    wire: 'Kyodo JBN-AsiaNet',
  }),
  ...asianet(6, 'PR67266', {
    headline: ['OnApp v5.3 Simplifies Ad', '1BYAxeyMBX8iOoMRHy7Dd3'],
    issuer: 'OnApp',
    places: ['LONDON'],
    wire: 'PRNewswire-AsiaNet',
  }),
  ...asianet(10, 'PR74541', {
    headline: ['IndiGrid Delivers Anothe', '6dwkZ2vbQiWUzSIJrepJZU'],
    issuer: 'IndiGrid',
    places: ['MUMBAI', 'India'],
    date: '2018-07-25',
    wire: 'PRNewswire-AsiaNet',
  }),
}

const wireTexts: Record<string, ReleaseRow> = {
  'text/00_seed_ots_prnewswire_de_2021.txt': {
    type: text,
    item: {
      id: 'na',
      headline: ['Westchinas Chongqing Lia', 'yajNCQkV2TlpW6IXSD0hsV'],
      language: 'de',
      issuer: 'Chongqing Liangjiang New Area',
      places: ['Chongqing', 'China'],
      wire: 'ots/PRNewswire',
      complete: true,
    },
  },
  'text/01_ots_prnewswire_de_2018_jiangjin_excerpt.txt': {
    type: text,
    item: {
      id: 'na',
      headline: ['Der zur Millionenstadt C'],
      language: 'und',
      issuer: '',
      places: ['Singapur'],
      wire: 'ots/PRNewswire',
      complete: true,
      flags: ['headline-from-text', 'no-issuer'],
    },
  },
  'text/03_prn_correction_2005_liberty.txt': {
    type: text,
    received: '2005-04-18T15:00:00.000Z',
    item: {
      id: 'prn',
      headline: ['Liberty Media Corporatio', 'RWOy4BxrYnJlWiLvx-yvHY'],
      language: 'und',
      issuer: 'Liberty Media Corporation',
      places: ['ENGLEWOOD', 'Colo.'],
      date: '2005-04-18',
      wire: 'PRNewswire-FirstCall',
      complete: true,
      isCorrection: true,
      notice: 'correction',
    },
  },
  'text/04_prn_disregard_2013.txt': {
    type: text,
    item: {
      id: 'prn',
      headline: ['We are advised by that j'],
      language: 'und',
      issuer: '',
      complete: true,
      notice: 'withdrawal',
    },
  },
  'text/05_apa_ots_2020_rk.txt': {
    type: text,
    item: {
      id: 'apa',
      headline: ['„Wir haben aus der Oppos'],
      language: 'de',
      issuer: '',
      places: ['Wien'],
      wire: 'OTS/RK',
      complete: true,
      flags: ['headline-from-text', 'no-issuer'],
    },
  },
  'text/06_apa_ots_2023_richtigstellung.txt': {
    type: text,
    item: {
      id: 'apa',
      headline: ['Richtigstellung zur Pres', '9zUvHxOESKxiQMR6wOOsWq'],
      language: 'de',
      issuer: '',
      places: ['Wien'],
      wire: 'OTS',
      complete: true,
      isCorrection: true,
      notice: 'correction',
    },
  },
  'text/09_ots_blaulicht_2016_bpold-b.txt': {
    type: text,
    item: {
      id: 'na',
      headline: ['Anlässlich des Besuches '],
      language: 'de',
      issuer: 'Bundespolizeidirektion Berlin',
      places: ['Berlin-Mitte'],
      wire: 'ots',
      published: '2016-11-14T12:53:00.000Z',
      complete: true,
      flags: ['headline-from-text'],
    },
  },
  'text/10_ots_de_2002_newsaktuell_full.txt': {
    type: text,
    item: {
      id: 'na',
      headline: ['SPD und CDU setzen bei P', 'sh77K4AAEtnPDsVxnbV86I'],
      language: 'de',
      issuer: 'news aktuell GmbH',
      places: ['Berlin'],
      wire: 'ots',
      complete: true,
    },
  },
  'text/13_presseportal_article_fragment.html': {
    type: 'text/html',
    item: {
      id: 'na',
      headline: ['POL-F: Frankfurt - Gallu', '7So7VYNeW4T1BO3T_C7PZw'],
      language: 'de',
      issuer: 'Polizeipräsidium Frankfurt am Main',
      places: ['Frankfurt'],
      wire: 'ots',
      complete: true,
    },
  },
  'text/14_ots_de_2021_phoenix_no_dash.txt': {
    type: text,
    item: {
      id: 'na',
      headline: ['Facebook-Vertreter sieht', 'NmDYUFKVoRwR12oewKFIea'],
      language: 'de',
      issuer: 'PHOENIX',
      places: ['Bonn'],
      wire: 'ots',
      published: '2021-07-29T13:29:00.000Z',
      complete: true,
    },
  },
}

export const texts: Readonly<Record<string, ReleaseRow | RefusedRow>> = {
  ...ninjs,
  ...presseportal,
  ...asianets,
  ...wireTexts,
}
