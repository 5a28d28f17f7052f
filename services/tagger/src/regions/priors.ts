import { isLanguage, type Language } from '../languages.js'
import type { Mention } from './find.js'
import type { Guards } from './gazetteer.js'
import type { Support } from './resolve.js'

/** What each different word that only one country's papers use is worth, and all together. */
const wordWeight = 0.45
const wordsWeightMax = 2.2
const sectionPattern = /^cue-(\w\w)-(\w\w)$/

/** Where a text's language is at home: of two towns of one name it more likely means that there. */
const homes: Readonly<Record<Language, readonly string[]>> = {
  de: ['DE', 'AT', 'CH'],
  en: [],
  fr: ['FR'],
  it: ['IT'],
  es: ['ES'],
}
const homeWeight = 0.3

/** The countries that a word is taken for granted in, by language and word. */
export type Cues = ReadonlyMap<Language, ReadonlyMap<string, readonly string[]>>

/** Sections `cue-en-US` and so on of `guards.txt`. */
export function readCues(guards: Guards): Cues {
  const cues = new Map<Language, Map<string, string[]>>()
  for (const [section, words] of Object.entries(guards)) {
    const [, language = '', country = ''] = sectionPattern.exec(section) ?? []
    if (!isLanguage(language)) continue
    const own = cues.get(language) ?? new Map<string, string[]>()
    cues.set(language, own)
    for (const word of words) own.set(word, [...(own.get(word) ?? []), country])
  }
  return cues
}

/**
 * The country that a text takes for granted: who writes of sheriffs and sophomores is in the United
 * States and names its towns without the state.
 */
export function priorsOf(mentions: readonly Mention[], cues: Cues, language: Language): Support {
  const priors = new Map(homes[language].map((country) => [country, homeWeight]))
  const own = cues.get(language)
  // Only a name with several meanings asks for it.
  if (!own || mentions.every(({ names }) => names.length < 2)) return priors
  const found = new Set<string>()
  for (const field of new Set(mentions.map((mention) => mention.field))) {
    for (const { key } of field.words) if (own.has(key)) found.add(key)
  }
  for (const country of [...found].flatMap((word) => own.get(word) ?? [])) {
    priors.set(country, Math.min((priors.get(country) ?? 0) + wordWeight, wordsWeightMax))
  }
  return priors
}
