import type { Language } from '../languages.js'
import type { Word } from '../words.js'
import type { Mention } from './find.js'
import type { Guards } from './gazetteer.js'
import { isSure } from './name.js'

/** "in Essen", "le Togo": words that only stand beside places. */
export function hasPlaceBeside(mention: Mention, guards: Guards, language: Language): boolean {
  const before = wordBefore(mention)
  if (!before) return false
  if (guards[`locative-${language}`]?.has(before.key) === true) return true
  const isCountry = mention.names.some(({ kind }) => kind === 'country')
  return isCountry && guards[`article-${language}`]?.has(before.key) === true
}

/** Nouns that only a place's name stands beside: "Sparkasse Hamm", "Chad's president". */
export function isTold(mention: Mention, guards: Guards, language: Language): boolean {
  return isBehindNoun(mention, guards, language) || isOwner(mention, guards)
}

/** "Stadt Essen", "comune di Prato", "City of Bath". */
function isBehindNoun(mention: Mention, guards: Guards, language: Language): boolean {
  const nouns = guards[`telling-${language}`]
  const before = wordBefore(mention)
  if (!nouns || !before) return false
  const links = guards[`telling-link-${language}`]
  if (!links) return before.isCapital && isTelling(before, nouns)
  if (!links.has(before.key)) return false
  const noun = mention.field.words[mention.first - 2]
  return noun !== undefined && nouns.has(noun.key)
}

/** "Chad's president": only a country has one. */
function isOwner({ field, last, end, names }: Mention, guards: Guards): boolean {
  if (!names.some(({ kind }) => kind === 'country')) return false
  const [mark, noun] = field.words.slice(last + 1, last + 3)
  if (mark?.key !== 's' || !noun || !/^['’]$/.test(field.text.slice(end, mark.start))) return false
  return guards['state-noun']?.has(noun.key) === true
}

/** "the Israeli prime minister", "le président français": an adjective that speaks of the state. */
export function isOfState(mention: Mention, guards: Guards, language: Language): boolean {
  if (!mention.names.some(({ kind }) => kind === 'people')) return false
  const isBehind = language === 'de' || language === 'en'
  const noun = isBehind ? wordAfter(mention) : wordBefore(mention)
  return noun !== undefined && guards[`office-${language}`]?.has(noun.key) === true
}

export function isInDateline({ field, start }: Mention): boolean {
  return field.name === 'dateline' || start < field.datelineTo
}

/** Of German compounds the last part tells: Kreisstadt, Samtgemeinde. */
const tellingEnds = /(?:stadt|gemeinde|kreis)$/

function isTelling({ key }: Word, nouns: ReadonlySet<string>): boolean {
  return nouns.has(key) || tellingEnds.test(key)
}

/** "Senegal, Guinea and Liberia": between countries, a shared name is a country's. */
export function isListed(
  mention: Mention,
  before: Mention | undefined,
  after: Mention | undefined,
): boolean {
  if (!mention.names.some(({ kind }) => kind === 'country')) return false
  return isCountryBeside(before, mention, before) || isCountryBeside(mention, after, after)
}

const listPattern = /^(?:, |,? (?:and|or|und|oder|sowie|et|ou|e|ed|o|y|e) |, (?:el|il|la|le) )$/

function isCountryBeside(
  first: Mention | undefined,
  second: Mention | undefined,
  other: Mention | undefined,
): boolean {
  if (!first || !second || first.field !== second.field) return false
  if (!other?.names.some((name) => name.kind === 'country' && isSure(name))) return false
  return listPattern.test(first.field.text.slice(first.end, second.start))
}

/** The word before, if nothing but a space or an apostrophe stands between. */
export function wordBefore({ field, first, start }: Mention): Word | undefined {
  const before = field.words[first - 1]
  return before && /^[ '’]$/.test(gapBefore(field.text, before, start)) ? before : undefined
}

export function wordAfter({ field, last, end }: Mention): Word | undefined {
  const after = field.words[last + 1]
  return after && field.text.slice(end, after.start) === ' ' ? after : undefined
}

/** What stands between the word before and a name that begins at `start`. */
export function gapBefore(text: string, before: Word, start: number): string {
  return text.slice(before.end, start)
}
