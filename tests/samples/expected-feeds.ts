import type { FailedFeedRow, FeedRow } from './expectation.js'

const office = 'Polizeidirektion Wittlich'
const police = { language: 'de', wire: 'ots', complete: false } as const
const prnewswire = {
  language: 'en',
  wire: 'PRNewswire',
  date: '2026-07-13',
  complete: false,
} as const

const wires: Record<string, FeedRow> = {
  'rss/presseportal_dienststelle_117697_2026-09-30.xml': {
    url: 'https://www.presseportal.de/rss/dienststelle_117697.rss2',
    wire: 'na',
    title: 'Presseportal.de - Polizeidirektion Wittlich',
    items: 15,
    first: {
      ...police,
      id: 'na-6361691',
      headline: ['POL-PDWIL: Brände im Wal', 'QU9lD_M8o7o8mRvMCoZ93z'],
      issuer: office,
      places: ['Wittlich'],
      published: '2026-09-29T19:30:24.000Z',
    },
    last: {
      ...police,
      id: 'na-6359560',
      headline: ['POL-PDWIL: einige Verkeh', 'uA2r1mqToGHVQmnws3cYfg'],
      issuer: office,
      places: ['Wittlich'],
    },
  },
  'rss/presseportal-blaulicht_excerpt.xml': {
    url: 'https://www.presseportal.de/rss/polizei.rss2',
    wire: 'na',
    title: 'Presseportal.de - Blaulicht',
    items: 3,
    first: {
      ...police,
      id: 'na-6314656',
      headline: ['POL-PDNR: Zimmerbrand in', 'XKSnzioIuR3FkUEjpHkK5m'],
      issuer: 'Polizeidirektion Neuwied/Rhein',
      places: ['Kettenhausen'],
      published: '2026-07-14T20:21:17.000Z',
    },
    last: {
      ...police,
      id: 'na-6314654',
      headline: ['FW-PL: Ortsteil Stadtmit', 'r_PIlorpxJFMmQYPKr4atj'],
      issuer: 'Feuerwehr Plettenberg',
      places: ['Plettenberg'],
    },
  },
  'rss/prnewswire-uk-all-news_2026-07-14.xml': {
    url: 'https://www.prnewswire.co.uk/rss/news-releases-list.rss',
    wire: 'prn',
    title: 'All News Releases',
    items: 4,
    first: {
      ...prnewswire,
      id: 'prn-302824240',
      headline: ['LUCARA ANNOUNCES RECOVER', 'VkEcIkjsmIJ7W_nC-bzt4s'],
      issuer: 'Lucara Diamond Corp.',
      places: ['VANCOUVER', 'BC'],
      published: '2026-07-13T21:19:00.000Z',
    },
    last: {
      ...prnewswire,
      id: 'prn-302823913',
      headline: ['Marine Propulsion Engine', 'MErKYwOqU5R2oAO26Eg4zn'],
      issuer: 'Future Market Insights',
      places: ['NEWARK', 'Del.'],
    },
  },
}

const others: Record<string, FeedRow | FailedFeedRow> = {
  'feed-pitfalls/rssparser_heise.atom': {
    url: 'http://www.heise.de/developer/rss/news-atom.xml',
    received: '2016-02-02T00:00:00.000Z',
    title: 'heise developer neueste Meldungen',
    items: 15,
    first: {
      id: 'feed-heise-de--3088438-',
      headline: ['Java-Anwendungsserver: R', '6Ng_apUvdU0x4z976vNGnF'],
      language: 'und',
      issuer: 'heise developer neueste Meldungen',
      published: '2016-02-01T16:22:00.000Z',
      complete: false,
    },
    last: {
      id: 'feed-heise-de--3086458-',
      headline: ['Apache Software Foundati', 'yhAnGCiusxaawjDTrvjith'],
      language: 'und',
      issuer: 'heise developer neueste Meldungen',
      published: '2016-01-28T16:07:00.000Z',
      complete: false,
    },
  },
  'feed-pitfalls/miniflux_rdf_UTF8.xml': {
    url: 'https://www.heise.de/newsticker/heise.rdf',
    title: 'heise online News',
    items: 60,
    first: {
      id: 'feed-heise-de-newsticker-meldung-OLED-TVs-Vorsichtsmassnahmen-gegen-Einbrennen-4205274-html-',
      headline: ['OLED-TVs: Vorsichtsmaßna', 'X6QvL8DKFPx6eHcLOV-C3x'],
      language: 'und',
      issuer: 'heise online News',
      complete: false,
      flags: ['date-missing'],
    },
  },
  'feed-pitfalls/rssparser_content-encoded.rss': {
    url: 'https://medium.com/feed/invironment/tagged/food',
    received: '2018-04-10T00:00:00.000Z',
    title: 'Food in Invironment on Medium',
    items: 7,
    first: {
      id: 'feed-medium-com-p-125af37d838f-',
      headline: ['THE CREATIVE FORAGER', 'KTJp4nPB2IMC_P2ExFyOIN'],
      language: 'und',
      issuer: 'Jeremy Puma',
      published: '2018-04-09T18:55:38.000Z',
      complete: true,
    },
  },
  'feed-pitfalls/rssparser_uolNoticias.rss': {
    url: 'http://rss.uol.com.br/feed/noticias.xml',
    received: '2018-09-25T00:00:00.000Z',
    title: 'UOL Noticias',
    items: 15,
    first: {
      id: 'feed-noticias-uol-com-br-politica-eleicoes-2018-noticias-2018-09-24-ibope-bolsonaro-perde-',
      headline: ['Ibope: Bolsonaro perde d', 'DmoXOXU3aYECsKeTKM1f_X'],
      language: 'und',
      issuer: 'UOL Noticias',
      complete: false,
    },
  },
  'feed-pitfalls/miniflux_encoding_WINDOWS-1251.xml': {
    url: 'http://ibash.org.ru/rss.xml',
    received: '2018-03-22T00:00:00.000Z',
    title: 'iBash.Org.Ru',
    items: 50,
    first: {
      id: 'feed-ibash-org-ru-quote-php-id-17703-',
      headline: ['Цитата #17703', 'fkLh2h_QIwJJTt05BMuYG_'],
      language: 'ru',
      issuer: 'iBash.Org.Ru',
      published: '2018-03-21T07:27:32.000Z',
      complete: false,
    },
  },
  'feed-pitfalls/feedparser_double-encoded-html.xml': {
    url: 'http://site.invalid/feed',
    items: 1,
    first: {
      id: 'feed-',
      headline: ['…'],
      language: 'und',
      issuer: '',
      complete: false,
      flags: ['headline-from-text'],
    },
  },
  // A link alone, an id alone: nothing to make an item of, so a poll leaves it out with a note.
  'feed-pitfalls/feedparser_rss_item_link_corrupted_ampersands.xml': {
    url: 'http://site.invalid/feed',
    items: 0,
  },
  'feed-pitfalls/rssparser_missing-fields.atom': {
    url: 'https://github.com/x.atom',
    items: 0,
  },
  'feed-pitfalls/rssparser_incomplete-fields.atom': { url: 'https://github.com/x.atom', items: 0 },
  'feed-pitfalls/feedparser_always_strip_doctype.xml': {
    url: 'http://site.invalid/feed',
    title: 'found',
    items: 0,
  },
  'feed-pitfalls/feedparser_bozo_invalid-bytes-with-bom.xml': {
    url: 'http://site.invalid/feed',
    items: 0,
  },
  'feed-pitfalls/feedparser_utf-16le-bom.xml': { url: 'http://site.invalid/feed', items: 0 },
  'feed-pitfalls/miniflux_enc_iso-8859-1.xml': {
    url: 'http://site.invalid/feed',
    title: 'Café',
    items: 0,
  },
  'feed-pitfalls/miniflux_enc_windows-1252-incorrect-prolog.xml': {
    url: 'http://site.invalid/feed',
    title: 'Euro €',
    items: 0,
  },
  'feed-pitfalls/feedparser_rss_empty_document.xml': {
    url: 'http://site.invalid/feed',
    fails: /neither XML nor JSON/,
  },
}

export const feeds: Readonly<Record<string, FeedRow | FailedFeedRow>> = { ...wires, ...others }
