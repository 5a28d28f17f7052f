import type { Language } from '../languages.js'
import type { Word } from '../words.js'
import { gapBefore } from './beside.js'
import type { Mention } from './find.js'
import type { Gazetteer, Guards } from './gazetteer.js'
import { isTown } from './name.js'

/** "Michael Jackson", "Officer French", "Jack M. London". */
export function isSurname(
  { field, first, start, names }: Mention,
  gazetteer: Gazetteer,
  language: Language,
): boolean {
  const { guards } = gazetteer
  const isKnown = guards['surname']?.has(field.words[first]?.key ?? '') === true
  if (!names.every(isTown) && !isKnown) return false
  const before = field.words[first - 1]
  if (before === undefined) return false
  const gap = gapBefore(field.text, before, start)
  if (gap === '. ') return isInitial(before) && isGiven(field.words[first - 2], gazetteer, language)
  if (!/^[ -]$/.test(gap)) return false
  return guards['title-before']?.has(before.key) === true || isGiven(before, gazetteer, language)
}

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

/** "Paris Hilton", "Sydney McClain": a town that is a first name, and a surname behind it. */
export function isFirstName({ field, first, last, end, names }: Mention, guards: Guards): boolean {
  if (first !== last || !names.every(isTown)) return false
  if (!guards['town-name']?.has(field.words[first]?.key ?? '')) return false
  const after = field.words[last + 1]
  if (!after?.isCapital || field.text.slice(end, after.start) !== ' ') return false
  if (guards['family-name']?.has(after.key) || surnamePattern.test(after.key)) return true
  // "Sydney Ortlow, 18, of …": who has an age is a person.
  return /^, \d{1,2},/.test(field.text.slice(after.end, after.end + agePartChars))
}

const agePartChars = 6
