import { type FacetKey, type Filter, type FilterKey, filterKeys } from '@newswire/model'
import type { Language } from '@newswire/vocabulary'

/** What a code is called in the reader's language; `undefined` where that is not known. */
export type LabelOf = (key: FacetKey, code: string, language: Language) => string | undefined

interface Speech {
  /** The filter of everything. */
  everything: string
  /** Between the last of several values, and before the others. */
  or: string
  /** How each key is said; `*` stands for the values. */
  keys: Record<FilterKey, string>
  /** What must not match; `*` stands for what a key says. */
  not: string
  quotes: readonly [open: string, close: string]
  /** What a feed says of itself; `*` stands for the filter. */
  description: string
}

const speeches: Record<Language, Speech> = {
  de: {
    everything: 'alle Meldungen',
    or: ' oder ',
    keys: {
      ...{ region: '*', topic: 'Thema *', lang: 'auf *', source: 'Quelle *' },
      ...{ issuer: 'Herausgeber *', q: 'mit *' },
    },
    not: 'nicht *',
    quotes: ['„', '“'],
    description: 'Pressemitteilungen von Newswire: *.',
  },
  en: {
    everything: 'all releases',
    or: ' or ',
    keys: {
      ...{ region: '*', topic: 'topic *', lang: 'in *', source: 'source *' },
      ...{ issuer: 'issuer *', q: 'with *' },
    },
    not: 'not *',
    quotes: ['“', '”'],
    description: 'Press releases from Newswire: *.',
  },
  fr: {
    everything: 'tous les communiqués',
    or: ' ou ',
    keys: {
      ...{ region: '*', topic: 'thème *', lang: 'en *', source: 'source *' },
      ...{ issuer: 'émetteur *', q: 'avec *' },
    },
    not: 'sauf *',
    quotes: ['«\u00a0', '\u00a0»'],
    description: 'Communiqués de presse de Newswire\u00a0: *.',
  },
  it: {
    everything: 'tutti i comunicati',
    or: ' o ',
    keys: {
      ...{ region: '*', topic: 'tema *', lang: 'in *', source: 'fonte *' },
      ...{ issuer: 'emittente *', q: 'con *' },
    },
    not: 'tranne *',
    quotes: ['«', '»'],
    description: 'Comunicati stampa di Newswire: *.',
  },
  es: {
    everything: 'todos los comunicados',
    or: ' o ',
    keys: {
      ...{ region: '*', topic: 'tema *', lang: 'en *', source: 'fuente *' },
      ...{ issuer: 'emisor *', q: 'con *' },
    },
    not: 'excepto *',
    quotes: ['«', '»'],
    description: 'Comunicados de prensa de Newswire: *.',
  },
}

/** A filter as a person reads it: `China oder Japan; Thema Wirtschaft; nicht auf Englisch`. */
export function filterInWords(filter: Filter, language: Language, labelOf: LabelOf): string {
  const speech = speeches[language]
  const say = (key: FilterKey, values: readonly string[] = []) => {
    const said = values.map((value) => sayValue(key, value, language, labelOf))
    return said.length === 0 ? [] : [fill(speech.keys[key], said.join(speech.or))]
  }
  const parts = [
    ...filterKeys.flatMap((key) => say(key, filter[key])),
    ...filterKeys.flatMap((key) =>
      say(key, filter.not?.[key]).map((said) => fill(speech.not, said)),
    ),
  ]
  return parts.length === 0 ? speech.everything : parts.join('; ')
}

/** What a feed of the filter says of itself. */
export function describeFeed(words: string, language: Language): string {
  return fill(speeches[language].description, words)
}

function fill(pattern: string, words: string): string {
  return pattern.replace('*', () => words)
}

function sayValue(key: FilterKey, value: string, language: Language, labelOf: LabelOf): string {
  if (key === 'q') {
    const [open, close] = speeches[language].quotes
    return `${open}${value.replaceAll('"', "'")}${close}`
  }
  return labelOf(key, value, language) ?? ownName(key, value, language) ?? value
}

/** What the Unicode CLDR in Node.js calls it. */
function ownName(key: FacetKey, code: string, language: Language): string | undefined {
  if (key === 'lang' && /^[a-z]{2,3}$/.test(code)) return namesIn(language).lang.of(code)
  if (key === 'region' && /^([A-Z]{2}|\d{3})$/.test(code)) return namesIn(language).region.of(code)
  return undefined
}

type Names = Record<'lang' | 'region', Intl.DisplayNames>
const known = new Map<Language, Names>()

/** Made once per language: it takes longer than a whole feed. */
function namesIn(language: Language): Names {
  const kept = known.get(language)
  if (kept) return kept
  const make = (type: 'language' | 'region') => new Intl.DisplayNames([language], { type })
  const made = { lang: make('language'), region: make('region') }
  known.set(language, made)
  return made
}
