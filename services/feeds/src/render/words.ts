import {
  type FacetKey,
  type Filter,
  type FilterKey,
  filterKeys,
  type TaggedItem,
} from '@newswire/model'
import { type Language, nearestLanguage } from '@newswire/vocabulary'

/** What the house itself says of an item. */
interface ItemWords {
  readonly withdrawn: string
  readonly correction: string
  readonly source: string
}

/** What a list of feeds and its parts are called. */
interface OpmlWords {
  readonly title: string
  readonly region: string
  readonly topic: string
  readonly lang: string
}

/** What the house itself says of a feed. */
interface FeedWords {
  readonly all: string
  readonly keys: Readonly<Record<FilterKey, string>>
  readonly or: string
  readonly without: string
  readonly quotes: readonly [string, string]
  /** `%` is the filter in words. */
  readonly description: string
  readonly archive: string
  readonly lists: OpmlWords
}

const itemWords: Record<Language, ItemWords> = {
  de: { withdrawn: 'Zurückgezogen', correction: 'Korrigierte Fassung', source: 'Quelle' },
  en: { withdrawn: 'Withdrawn', correction: 'Corrected version', source: 'Source' },
  fr: { withdrawn: 'Retiré', correction: 'Version corrigée', source: 'Source' },
  it: { withdrawn: 'Ritirato', correction: 'Versione corretta', source: 'Fonte' },
  es: { withdrawn: 'Retirado', correction: 'Versión corregida', source: 'Fuente' },
}

const feedWords: Record<Language, FeedWords> = {
  de: {
    all: 'alle Meldungen',
    keys: {
      region: 'Region',
      topic: 'Thema',
      lang: 'Sprache',
      source: 'Quelle',
      issuer: 'Herausgeber',
      q: 'Wörter',
    },
    or: 'oder',
    without: 'ohne',
    quotes: ['„', '“'],
    description: 'Pressemitteilungen von Newswire: %.',
    archive: 'Archiv',
    lists: { title: 'alle Feeds', region: 'Regionen', topic: 'Themen', lang: 'Sprachen' },
  },
  en: {
    all: 'all releases',
    keys: {
      region: 'region',
      topic: 'topic',
      lang: 'language',
      source: 'source',
      issuer: 'issuer',
      q: 'words',
    },
    or: 'or',
    without: 'without',
    quotes: ['“', '”'],
    description: 'Press releases from Newswire: %.',
    archive: 'archive',
    lists: { title: 'all feeds', region: 'Regions', topic: 'Topics', lang: 'Languages' },
  },
  fr: {
    all: 'tous les communiqués',
    keys: {
      region: 'région',
      topic: 'thème',
      lang: 'langue',
      source: 'source',
      issuer: 'émetteur',
      q: 'mots',
    },
    or: 'ou',
    without: 'sans',
    quotes: ['«\u00a0', '\u00a0»'],
    description: 'Communiqués de presse de Newswire\u00a0: %.',
    archive: 'archives',
    lists: { title: 'tous les flux', region: 'Régions', topic: 'Thèmes', lang: 'Langues' },
  },
  it: {
    all: 'tutti i comunicati',
    keys: {
      region: 'regione',
      topic: 'tema',
      lang: 'lingua',
      source: 'fonte',
      issuer: 'emittente',
      q: 'parole',
    },
    or: 'o',
    without: 'senza',
    quotes: ['«', '»'],
    description: 'Comunicati stampa di Newswire: %.',
    archive: 'archivio',
    lists: { title: 'tutti i feed', region: 'Regioni', topic: 'Temi', lang: 'Lingue' },
  },
  es: {
    all: 'todos los comunicados',
    keys: {
      region: 'región',
      topic: 'tema',
      lang: 'idioma',
      source: 'fuente',
      issuer: 'emisor',
      q: 'palabras',
    },
    or: 'o',
    without: 'sin',
    quotes: ['«', '»'],
    description: 'Comunicados de prensa de Newswire: %.',
    archive: 'archivo',
    lists: { title: 'todos los canales', region: 'Regiones', topic: 'Temas', lang: 'Idiomas' },
  },
}

/** The house's own words in the item's language, else in English. */
export function wordsFor({ language }: Pick<TaggedItem, 'language'>): ItemWords {
  return itemWords[nearestLanguage(language)]
}

/** The label of a filter's value, where the vocabulary knows one. */
export type LabelOf = (key: FacetKey, code: string, language: Language) => string | undefined

/** A filter as a person reads it: `region China or Japan, topic sport, without language English`. */
export function filterInWords(filter: Filter, language: Language, labelOf: LabelOf): string {
  const { all, keys, or, without, quotes } = feedWords[language]
  const name = (key: FilterKey, value: string) =>
    key === 'q'
      ? `${quotes[0]}${value.replaceAll('"', '')}${quotes[1]}`
      : (labelOf(key, value, language) ?? value)
  const say = (key: FilterKey, values: readonly string[] | undefined) =>
    values?.length
      ? [`${keys[key]} ${values.map((value) => name(key, value)).join(` ${or} `)}`]
      : []
  const parts = [
    ...filterKeys.flatMap((key) => say(key, filter[key])),
    ...filterKeys.flatMap((key) => say(key, filter.not?.[key]).map((it) => `${without} ${it}`)),
  ]
  return parts.length === 0 ? all : parts.join(', ')
}

export function feedDescription(words: string, language: Language): string {
  return feedWords[language].description.replace('%', () => words)
}

export function archiveTitle(title: string, language: Language): string {
  return `${title} (${feedWords[language].archive})`
}

export function opmlWords(language: Language): OpmlWords {
  return feedWords[language].lists
}
