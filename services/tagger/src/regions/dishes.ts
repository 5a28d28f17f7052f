import type { Field } from '../fields.js'
import type { Language } from '../languages.js'
import type { Word } from '../words.js'
import { wordAfter, wordBefore } from './beside.js'
import type { Mention } from './find.js'
import type { Guards } from './gazetteer.js'
import { countryOf } from './name.js'

/** Words of a kitchen in a text, each counted once, that make a Turkey in it the bird. */
const kitchenWordsMin = 2

/** "Frankfurter Kranz", "English muffin", "salsa russa": called by a place, and not from there. */
export function isDish(mention: Mention, guards: Guards, language: Language): boolean {
  if (!mention.names.every(({ kind, languages }) => kind === 'people' || languages)) return false
  const nouns = guards[`dish-${language}`]
  if (!nouns) return false
  const noun = language === 'de' || language === 'en' ? wordAfter(mention) : wordBefore(mention)
  return noun !== undefined && isDishNoun(noun, nouns, language)
}

/** "Brussels sprouts", "Moscow Mule", "Bologna and ham"; "a Manhattan." is a drink, and no town. */
export function isTownsDish(mention: Mention, guards: Guards, language: Language): boolean {
  if (language !== 'en' || !mention.names.every(({ kind }) => kind === 'city')) return false
  const { field, last, end } = mention
  const after = wordAfter(mention)
  if (after && guards['town-dish']?.has(after.key)) return true
  const isJoined = after?.key === 'and' || after?.key === 'or'
  if (isJoined && guards['town-food']?.has(field.words[last + 2]?.key ?? '')) return true
  const article = wordBefore(mention)?.key
  if (article !== 'a' && article !== 'an') return false
  if (isJoined) return field.words[last + 2]?.isCapital === false
  return end === field.text.length || /[.;!?)]/.test(field.text.charAt(end))
}

/** Of German compounds the last part tells: Kirschtorte, Rostbratwurst. */
const dishEnds =
  /(?:torte|kuchen|wurst|wurste|wurstchen|schnitzel|stollen|suppe|salat|klopse|knodel|gulasch)$/

function isDishNoun({ key }: Word, nouns: ReadonlySet<string>, language: Language): boolean {
  return nouns.has(key) || (language === 'de' && dishEnds.test(key))
}

/** "Turkey breast", "Roast Turkey": the bird, wherever a capital makes it look like the country. */
export function isBird(mention: Mention, guards: Guards): boolean {
  if (!isTurkey(mention)) return false
  const after = wordAfter(mention)
  const before = wordBefore(mention)
  if (after && guards['turkey-after']?.has(after.key)) return true
  return before !== undefined && guards['turkey-before']?.has(before.key) === true
}

/** Whether all Turkeys of an item are birds: it speaks of the kitchen, and of nothing Turkish. */
export function isKitchen(mentions: readonly Mention[], guards: Guards): boolean {
  const turkeys = mentions.filter(isTurkey)
  if (turkeys.length === 0 || mentions.some(isOtherwiseTurkish)) return false
  const found = new Set<string>()
  for (const field of new Set<Field>(turkeys.map((mention) => mention.field))) {
    for (const { key } of field.words) if (guards['kitchen']?.has(key)) found.add(key)
  }
  // Nothing but the bird is spoken of before a feast.
  for (const key of found) if (guards['feast']?.has(key)) return true
  return found.size >= kitchenWordsMin
}

export function isTurkey({ field, first, last, names }: Mention): boolean {
  const isWord = first === last && field.words[first]?.key === 'turkey'
  return isWord && names.some(({ kind, code }) => kind === 'country' && code === 'TR')
}

function isOtherwiseTurkish(mention: Mention): boolean {
  const [largest] = mention.names
  return largest !== undefined && countryOf(largest) === 'TR' && !isTurkey(mention)
}
