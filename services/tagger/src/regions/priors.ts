import { isLanguage, type Language } from '../languages.js'
import type { Mention } from './find.js'
import type { Guards } from './gazetteer.js'
import { homes, homeWeight } from './homes.js'
import { countryOf, isSure, type RegionName } from './name.js'
import type { Support } from './resolve.js'

/** What each word is worth that only one country's papers use, or that theirs use most. */
const wordWeights = { cue: 0.9, hint: 0.35 } as const
const wordsWeightMax = 3.2
/** The same in a text that names one other country, or more: it looks abroad. */
const abroadShares = [1, 0.6, 0.35] as const
/** From here on the words leave no doubt that it is local news. */
const localWeightMin = 2.4
/** log10 of the inhabitants of a town that local news may call by a country's name. */
const localTownSizeMin = 4.2
const sectionPattern = /^(cue|hint)-(\w\w)-(\w\w)$/

interface Cue {
  readonly country: string
  readonly weight: number
}

/** The countries that a word is taken for granted in, by language and word. */
export type Cues = ReadonlyMap<Language, ReadonlyMap<string, readonly Cue[]>>

/** Sections `cue-en-US`, `hint-en-US` and so on of `guards.txt`. */
export function readCues(guards: Guards): Cues {
  const cues = new Map<Language, Map<string, Cue[]>>()
  for (const [section, words] of Object.entries(guards)) {
    const [, kind, language = '', country = ''] = sectionPattern.exec(section) ?? []
    if (!isLanguage(language)) continue
    const own = cues.get(language) ?? new Map<string, Cue[]>()
    cues.set(language, own)
    const cue = { country, weight: kind === 'cue' ? wordWeights.cue : wordWeights.hint }
    for (const word of words) own.set(word, [...(own.get(word) ?? []), cue])
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
  const named = namedCountries(mentions)
  for (const [country, weight] of wordWeightsOf(mentions, own)) {
    const abroad = named.size - Number(named.has(country))
    const share = abroadShares[Math.min(abroad, abroadShares.length - 1)] ?? 1
    priors.set(country, (priors.get(country) ?? 0) + Math.min(weight, wordsWeightMax) * share)
  }
  return priors
}

/**
 * The names that are left of a country's where a town of the text's own country has it too: a paper
 * that is all sheriffs and sophomores, and that names no other country, means Lebanon, Ohio.
 */
export function townsInstead({ names }: Mention, local: string): readonly RegionName[] | undefined {
  const towns = names.filter((each) => each.size !== undefined && countryOf(each) === local)
  const [largest] = towns
  return largest?.size !== undefined && largest.size >= localTownSizeMin ? towns : undefined
}

/** The country that the item is local news of, where its words leave no doubt. */
export function localCountry(
  mentions: readonly Mention[],
  cues: Cues,
  language: Language,
): string | undefined {
  const own = cues.get(language)
  if (!own || mentions.length === 0) return undefined
  const [most] = [...wordWeightsOf(mentions, own)].sort(([, a], [, b]) => b - a)
  if (!most || most[1] < localWeightMin) return undefined
  const named = namedCountries(mentions)
  named.delete(most[0])
  return named.size < 2 ? most[0] : undefined
}

function namedCountries(mentions: readonly Mention[]): Set<string> {
  const named = new Set<string>()
  for (const { names } of mentions) {
    const sure = names.find(isSure)
    if (sure && sure.kind !== 'people') named.add(countryOf(sure))
  }
  named.delete('')
  return named
}

function wordWeightsOf(
  mentions: readonly Mention[],
  own: ReadonlyMap<string, readonly Cue[]>,
): ReadonlyMap<string, number> {
  const found = new Set<string>()
  for (const field of new Set(mentions.map((mention) => mention.field))) {
    for (const { key } of field.words) if (own.has(key)) found.add(key)
  }
  const weights = new Map<string, number>()
  for (const { country, weight } of [...found].flatMap((word) => own.get(word) ?? []))
    weights.set(country, (weights.get(country) ?? 0) + weight)
  return weights
}
