import type { Tag } from '@newswire/model'
import type { Language } from '../languages.js'

export type RegionScheme = Exclude<Tag['scheme'], 'medtop' | 'lang'>

/** What a name says about where: `nothing` takes words that are no place ("New Mexico" is one). */
export type NameKind =
  | 'country'
  | 'people'
  | 'city'
  | 'subdivision'
  | 'abbreviation'
  | 'macro'
  | 'bloc'
  | 'nothing'

/** One spelling of one region. */
export interface RegionName {
  readonly scheme: RegionScheme
  readonly code: string
  readonly kind: NameKind
  /** A word or a person's name too: counts only with a second cue. */
  readonly isDoubtful: boolean
  /** Of a city of the gazetteer: a word of the text's language. */
  readonly isWord?: boolean
  /** How a text must write it. */
  readonly casing: 'any' | 'capital' | 'capitals'
  /** The languages of texts that it holds in; absent for all. */
  readonly languages?: ReadonlySet<Language>
  /** Of a city of the gazetteer: log10 of its inhabitants. */
  readonly size?: number
}

/** The ISO 3166-1 code that the region lies in, if any. */
export function countryOf({ scheme, code }: Pick<RegionName, 'scheme' | 'code'>): string {
  return scheme === 'iso3166-1' || scheme === 'iso3166-2' ? code.slice(0, 2) : ''
}

/** Stands for itself, whatever else the item says: no city has so few namesakes. */
export function isSure({ isDoubtful, kind }: RegionName): boolean {
  return !isDoubtful && kind !== 'city'
}

/** What may be a person's name, or a part of a longer one. */
export function isTown({ kind, isDoubtful }: RegionName): boolean {
  return kind === 'city' || kind === 'subdivision' || isDoubtful
}

/** A spelling as the data files write it: `Nice!@fr,en` is doubtful and French and English. */
export function readSpelling(spelling: string): {
  text: string
  isDoubtful: boolean
  languages?: ReadonlySet<Language>
} {
  const [name = '', marks] = spelling.split('@')
  const isDoubtful = name.endsWith('!')
  const text = isDoubtful ? name.slice(0, -1) : name
  if (marks === undefined) return { text, isDoubtful }
  return { text, isDoubtful, languages: new Set(marks.split(',') as Language[]) }
}

/** `US` and `G7` hold in capitals only, adjectives in any case, all else with a capital. */
export function casingOf(text: string): RegionName['casing'] {
  const letters = text.replace(/[^\p{L}]/gu, '')
  if (letters === letters.toUpperCase() && letters.length <= 6) return 'capitals'
  return text.charAt(0) === text.charAt(0).toLowerCase() ? 'any' : 'capital'
}

/** ISO 3166 as its codes tell. */
export function schemeOf(code: string): RegionScheme {
  return code.includes('-') ? 'iso3166-2' : 'iso3166-1'
}
