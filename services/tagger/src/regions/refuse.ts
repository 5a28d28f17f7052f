import type { Language } from '../languages.js'
import type { Word } from '../words.js'
import { gapBefore } from './beside.js'
import type { Mention } from './find.js'
import type { Gazetteer, Guards } from './gazetteer.js'
import { isTown, type RegionName } from './name.js'
import { isFirstName, isSurname } from './persons.js'

/** What a name is rather than a place: a person's, an illness's, or part of another name. */
export type Refusal = 'person' | 'illness' | 'part'

/** What stands right beside a name may make it no place. */
export function refusalOf(
  mention: Mention,
  gazetteer: Gazetteer,
  language: Language,
): Refusal | undefined {
  const { guards } = gazetteer
  const { field, first, last, start, end } = mention
  // US$ is money.
  if (field.text.charAt(end) === '$') return 'part'
  const after = field.words[last + 1]
  const isFollowed = after !== undefined && /^[ -]$/.test(field.text.slice(end, after.start))
  if (isFollowed && isIllness(mention, after, guards)) return 'illness'
  if (isFollowed && isEndOfMore(mention, after, guards)) return 'part'
  if (isSurname(mention, gazetteer, language) || isFirstName(mention, guards)) return 'person'
  const before = field.words[first - 1]
  if (before === undefined || !/^[ -]$/.test(gapBefore(field.text, before, start))) return undefined
  return isStartOfMore(mention, before, guards) ? 'part' : undefined
}

/** "Marburg virus". */
function isIllness({ names }: Mention, after: Word, guards: Guards): boolean {
  return guards['illness-after']?.has(after.key) === true && names.every(isTown)
}

/** "Frankfurter Allee", "Metz Fresh LLC", "Guernsey County", "San Pietro". */
function isEndOfMore({ field, first, last, names }: Mention, after: Word, guards: Guards): boolean {
  const isPrefix = first === last && guards['prefix']?.has(field.words[first]?.key ?? '') === true
  if (isPrefix && after.isCapital) return names.every(isTown)
  if (isLandPart(after, guards) && names.every(isLand)) return true
  if (guards['street-after']?.has(after.key)) return names.every(isTown)
  if (guards['water-after']?.has(after.key)) return names.every(isTown)
  if (guards['firm-after']?.has(after.key)) return names.every(isTown)
  if (guards['county-after']?.has(after.key)) return after.isCapital
  return guards['organisation']?.has(after.key) === true
}

/** "China Lake", "Cuba Street": called by a country, and not there; "a Russia drive" is neither. */
function isLandPart({ key, isCapital }: Word, guards: Guards): boolean {
  return isCapital && guards['land-part']?.has(key) === true
}

function isLand({ kind }: RegionName): boolean {
  return kind === 'country' || kind === 'city'
}

/** "Rue de Paris", "New Berlin". */
function isStartOfMore({ names }: Mention, before: Word, guards: Guards): boolean {
  if (guards['street-before']?.has(before.key)) return names.every(isTown)
  return before.isCapital && guards['prefix']?.has(before.key) === true && names.every(isTown)
}
