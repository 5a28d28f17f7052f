/** What goes into the gazetteer, and what is doubted there. */
export const rules = {
  /** Inhabitants from which a city is in. */
  populationMin: /** @type {Record<string, number>} */ ({
    US: 1_000,
    DE: 2_500,
    AT: 2_500,
    CH: 2_500,
    GB: 4_000,
    IE: 4_000,
    CA: 4_000,
    AU: 5_000,
    NZ: 5_000,
    FR: 5_000,
    IT: 5_000,
    ES: 5_000,
    other: 15_000,
  }),
  /** A capital or the seat of a subdivision may be smaller. */
  seatPopulationMin: 3_000,
  /** From here on names in other languages count too. */
  alternatesFrom: 200_000,
  /** An alternate of a smaller city needs a second cue. */
  sureAlternateFrom: 20_000_000,
  /** Names of words so common name a place only as its own name, and need a second cue. */
  plainRankMax: 6_000,
  alternateCharsMin: 4,
  alternateWordsMax: 3,
  /** A city takes another's own name as its alternate only if it is so many times as large. */
  alternateBeats: 30,
  citiesPerNameMax: 24,
  /** GeoNames' feature codes: parts of a place, abandoned ones. */
  kindsLeftOut: ['PPLX', 'PPLH', 'PPLQ', 'PPLW', 'PPLCH'],
  /** log10 of the inhabitants of a place that a rare word names; a common one asks for more. */
  wordSizeMin: 4,
  wordSizeSpan: 2.4,
  wordsMax: 20_000,
  /** The same for what encyclopedias write, by the logarithm of its rank. */
  writtenSizeMax: 6.4,
  writtenSlope: 0.55,
  /** Where a language's encyclopedia knows every village. */
  homes: {
    de: ['DE', 'AT', 'CH', 'LI', 'LU'],
    en: ['US', 'GB', 'IE', 'CA', 'AU', 'NZ', 'ZA', 'IN'],
    fr: ['FR', 'BE', 'CH', 'LU', 'CA'],
    it: ['IT', 'CH'],
    es: ['ES', 'MX', 'AR', 'CL', 'CO', 'PE', 'VE', 'EC', 'BO', 'UY', 'PY', 'CU', 'DO', 'GT'],
  },
  /** A word so common is no alternate of any place. */
  alternateRankMin: 8_000,
  /** The lists begin with the commonest, or are in the order of the alphabet. */
  firstNamesMax: 10_000,
  lastNamesMax: 12_000,
  firstNamePopulation: 1_500_000,
  lastNamePopulation: 250_000,
  /** First names that are among the most common words are no cue. */
  firstNameRankMin: 250,
  noFirstNames: (
    'san, santa, saint, los, new, north, south, east, west, sud, nord, king, prince, mark, ' +
    'will, april, may, june, august, art, christian, air, bon, long, frank, page, chase, ' +
    'grant, hope, faith, sunny, star, royal, mars'
  ).split(', '),
  /** What stands before the name of a subdivision and is none, with an article or without. */
  kindsBefore: [
    ...['Province', 'Provincia', 'Provinz', 'Région', 'Region', 'Regione', 'Región', 'Département'],
    ...['Departamento', 'Oblast', 'Gouvernement', 'Gouvernorat', 'Governatorato', 'Gobernación'],
    ...['Préfecture', 'Prefettura', 'Prefectura', 'Präfektur', 'Wilaya', 'Estado', 'Stato', 'État'],
    ...['Kanton', 'Canton', 'Cantone', 'Cantón', 'Distrikt', 'District', 'Distretto', 'Distrito'],
    ...['Powiat', 'Woiwodschaft', 'Voivodato', 'Voïvodie', 'Municipality'],
  ],
  articles: [
    'du ',
    'di ',
    'de ',
    'del ',
    'della ',
    'dello ',
    'dell’',
    "dell'",
    'd’',
    "d'",
    'of ',
    '',
  ],
  /** What stands behind it. */
  kindsBehind: [
    ...['Province', 'Region', 'Governorate', 'Oblast', 'Prefecture', 'Department', 'District'],
    ...['County', 'Voivodeship', 'Municipality', 'State', 'Division', 'Canton', 'Krai', 'Raion'],
  ],
  nameLocales: ['de', 'en', 'fr', 'it', 'es', 'pt'],
  /** Words that some place is named by and that never mean it. */
  noNames: (
    'March, May, Union, Center, Central, University, Man, Of, Along, Mobile, Northland, ' +
    'Southland, Westland, West Coast, North West, South West, North East, Metro, Landmark, ' +
    'Polling, Queens Park, Central City, Save, Paulo, Santo, Real, Republic, Nation, ' +
    'Police, Hope, Home, Time, Date, Area, Best, Bank, White House, Pentagon, Kremlin, ' +
    'Wall Street, Silicon Valley, Capitol Hill, Nordorientale, Nordoccidentale, ' +
    'Sudorientale, Sudoccidentale, Settentrionale, Meridionale, Orientale, Occidentale, ' +
    'Centrale, Nordeste, Noroeste, Sudeste, Sudoeste, Noreste, Sureste, Suroeste, ' +
    'Septentrional, Meridional, Oriental, Occidental, Eastern Highlands, ' +
    'Western Highlands, Southern Highlands, Capital, East Coast, Black Point'
  ).split(', '),
  /** Firms, clubs and people that share a town's name: it needs a second cue. */
  doubtful: (
    'Ajax, Saga, Tete, Bam, Naga, George, Thames, Kaka, Amol, Ifo, Benfica, Elon, Justin, ' +
    'Xenia, Reform, Basis, Perm, Orange, Carrefour, Toyota, Santander, Mercedes, Phoenix, ' +
    'Columbia, Santos, Olympia, Falcons, Judah, Sinn, Brits'
  ).split(', '),
  /** Codes that the package knows and ISO has renamed. */
  renamed: /** @type {Record<string, string>} */ ({
    'CN-11': 'CN-BJ',
    'CN-12': 'CN-TJ',
    'CN-13': 'CN-HE',
    'CN-14': 'CN-SX',
    'CN-15': 'CN-NM',
    'CN-21': 'CN-LN',
    'CN-22': 'CN-JL',
    'CN-23': 'CN-HL',
    'CN-31': 'CN-SH',
    'CN-32': 'CN-JS',
    'CN-33': 'CN-ZJ',
    'CN-34': 'CN-AH',
    'CN-35': 'CN-FJ',
    'CN-36': 'CN-JX',
    'CN-37': 'CN-SD',
    'CN-41': 'CN-HA',
    'CN-42': 'CN-HB',
    'CN-43': 'CN-HN',
    'CN-44': 'CN-GD',
    'CN-45': 'CN-GX',
    'CN-46': 'CN-HI',
    'CN-50': 'CN-CQ',
    'CN-51': 'CN-SC',
    'CN-52': 'CN-GZ',
    'CN-53': 'CN-YN',
    'CN-54': 'CN-XZ',
    'CN-61': 'CN-SN',
    'CN-62': 'CN-GS',
    'CN-63': 'CN-QH',
    'CN-64': 'CN-NX',
    'CN-65': 'CN-XJ',
  }),
}
