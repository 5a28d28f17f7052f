import type { Language } from '../languages.js'
import type { Word } from '../words.js'
import { gapBefore } from './beside.js'
import type { Mention } from './find.js'
import type { Gazetteer, Guards } from './gazetteer.js'
import { countryOf, isTown } from './name.js'

/** "Michael Jackson", "Officer French", "Jack M. London". */
export function isSurname(mention: Mention, gazetteer: Gazetteer, language: Language): boolean {
  const { field, first, start, names } = mention
  const { guards } = gazetteer
  const isKnown = guards['surname']?.has(field.words[first]?.key ?? '') === true
  const before = field.words[first - 1]
  if (before === undefined) return false
  const gap = gapBefore(field.text, before, start)
  if (gap === ' ' && isKnown && isTownsNamesake(before, mention, gazetteer)) return true
  if (!names.every(isTown) && !isKnown) return gap === ' ' && isLandsNamesake(mention, gazetteer)
  if (gap === '. ') return isInitial(before) && isGiven(field.words[first - 2], gazetteer, language)
  if (!/^[ -]$/.test(gap)) return false
  return guards['title-before']?.has(before.key) === true || isGiven(before, gazetteer, language)
}

/** "Austin Ireland": who is called like a town bears a surname of the kind; "Paris France" not. */
function isTownsNamesake(before: Word, { names }: Mention, { guards, cities }: Gazetteer): boolean {
  if (!before.isCapital || !guards['town-name']?.has(before.key)) return false
  const [largest] = cities.ofName([before.key])
  return !names.some((name) => largest?.code.startsWith(countryOf(name)))
}

/** "Luis Panama": a country behind a first name that is no word, no town and no country. */
function isLandsNamesake({ field, first, last, names }: Mention, gazetteer: Gazetteer): boolean {
  const { guards, cities } = gazetteer
  const before = field.words[first - 1]
  if (!before?.isCapital || before.isAllCaps || first !== last) return false
  if (!names.some(({ kind }) => kind === 'country') || !cities.isFirstName(before.key)) return false
  if (guards['land-name']?.has(before.key) || guards['word-name']?.has(before.key)) return false
  const [largest] = cities.ofName([before.key])
  return largest === undefined || largest.size < namesakeSizeMax
}

/** log10 of the inhabitants of a town that is a first name rather than the town. */
const namesakeSizeMax = 4.5

function isInitial({ start, end, isCapital }: Word): boolean {
  return isCapital && end - start === 1
}

/** A first name; some are words too, and no list of the gazetteer's has them. */
function isGiven(
  word: Word | undefined,
  { guards, cities }: Gazetteer,
  language: Language,
): boolean {
  if (!word?.isCapital) return false
  if (cities.isFirstName(word.key) || guards['first-name']?.has(word.key)) return true
  return guards[`first-name-${language}`]?.has(word.key) === true
}

/** Endings and beginnings that only surnames have. */
const surnamePattern =
  /^(?:mc\p{L}{3,}|\p{L}{2,}(?:sson|nsson|ovic|wicz|ewski|owski|enko|opoulos))$/u

/**
 * "Paris Hilton", "Sydney McClain", "Israel Santos": a town or a country that is a first name, and
 * a surname behind it.
 */
export function isFirstName(mention: Mention, guards: Guards): boolean {
  const { field, first, last, end, names } = mention
  const after = field.words[last + 1]
  if (first !== last || !after?.isCapital || field.text.slice(end, after.start) !== ' ')
    return false
  const key = field.words[first]?.key ?? ''
  const isLand = guards['land-name']?.has(key) === true
  if (!isLand && !(names.every(isTown) && guards['town-name']?.has(key))) return false
  if (isRole(field.words[first - 1], mention, guards) || isFamilyName(after, isLand, guards))
    return true
  // "Sydney Ortlow, 18, of …": who has an age is a person.
  return /^, \d{1,2},/.test(field.text.slice(after.end, after.end + agePartChars))
}

/** Of a country's namesake no word: "India Green Energy" is none, "India Jones" is. */
function isFamilyName({ key }: Word, isLand: boolean, guards: Guards): boolean {
  if (guards['family-name']?.has(key)) return !isLand || !guards['word-name']?.has(key)
  return surnamePattern.test(key) || (!isLand && guards['town-surname']?.has(key) === true)
}

/** "Singer Kenya Grace", "midfielder Jordan Veretout". */
function isRole(before: Word | undefined, { field, start }: Mention, guards: Guards): boolean {
  if (before === undefined || gapBefore(field.text, before, start) !== ' ') return false
  return guards['role']?.has(before.key) === true
}

const agePartChars = 6
