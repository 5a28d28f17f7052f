import type { TaggedItem } from '@newswire/model'
import { type Language, nearestLanguage } from '@newswire/vocabulary'

interface ItemWords {
  withdrawn: string
  withheld: string
  correction: string
  source: string
  untitled: string
}

const itemWords: Record<Language, ItemWords> = {
  de: {
    withdrawn: 'Zurückgezogen',
    withheld: 'Zurückgehalten',
    correction: 'Korrigierte Fassung',
    source: 'Quelle',
    untitled: 'Ohne Überschrift',
  },
  en: {
    withdrawn: 'Withdrawn',
    withheld: 'Withheld',
    correction: 'Corrected version',
    source: 'Source',
    untitled: 'Without a headline',
  },
  fr: {
    withdrawn: 'Retiré',
    withheld: 'Suspendu',
    correction: 'Version corrigée',
    source: 'Source',
    untitled: 'Sans titre',
  },
  it: {
    withdrawn: 'Ritirato',
    withheld: 'Sospeso',
    correction: 'Versione corretta',
    source: 'Fonte',
    untitled: 'Senza titolo',
  },
  es: {
    withdrawn: 'Retirado',
    withheld: 'Suspendido',
    correction: 'Versión corregida',
    source: 'Fuente',
    untitled: 'Sin título',
  },
}

/** The house's own words in the item's language, else in English. */
export function wordsFor({ language }: Pick<TaggedItem, 'language'>): ItemWords {
  return itemWords[nearestLanguage(language.toLowerCase().split('-')[0] ?? '')]
}

/** What a list of feeds and its parts are called. */
interface ListWords {
  readonly title: string
  /** The title of feeds of one's own choice. */
  readonly choice: string
  readonly region: string
  readonly topic: string
  readonly lang: string
}

const listWords: Record<Language, ListWords> = {
  de: {
    ...{ title: 'alle Feeds', choice: 'ausgewählte Feeds' },
    ...{ region: 'Regionen', topic: 'Themen', lang: 'Sprachen' },
  },
  en: {
    ...{ title: 'all feeds', choice: 'chosen feeds' },
    ...{ region: 'Regions', topic: 'Topics', lang: 'Languages' },
  },
  fr: {
    ...{ title: 'tous les flux', choice: 'flux choisis' },
    ...{ region: 'Régions', topic: 'Thèmes', lang: 'Langues' },
  },
  it: {
    ...{ title: 'tutti i feed', choice: 'feed scelti' },
    ...{ region: 'Regioni', topic: 'Temi', lang: 'Lingue' },
  },
  es: {
    ...{ title: 'todos los canales', choice: 'canales elegidos' },
    ...{ region: 'Regiones', topic: 'Temas', lang: 'Idiomas' },
  },
}

export function listWordsIn(language: Language): ListWords {
  return listWords[language]
}
