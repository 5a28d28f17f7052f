import type { Word } from '../words.js'
import type { CityTable } from './cities.js'
import type { Mention } from './find.js'
import type { Gazetteer, Guards } from './gazetteer.js'
import type { RegionName } from './name.js'

/** What a name is rather than a place: a person's, or part of another name. */
export type Refusal = 'person' | 'part'

/** What stands right beside a name may make it no place. */
export function refusalOf(mention: Mention, { guards, cities }: Gazetteer): Refusal | undefined {
  const { field, first, last, start, end } = mention
  // US$ is money.
  if (field.text.charAt(end) === '$') return 'part'
  const before = field.words[first - 1]
  const after = field.words[last + 1]
  const isFollowed = after !== undefined && /^[ -]$/.test(field.text.slice(end, after.start))
  if (isFollowed && isEndOfMore(mention, after, guards)) return 'part'
  if (before === undefined || !/^[ -]$/.test(gapBefore(field.text, before, start))) return undefined
  if (isPerson(mention, before, guards, cities)) return 'person'
  return isStartOfMore(mention, before, guards) ? 'part' : undefined
}

/** "Paris Hilton", "Frankfurter Allee", "Metz Fresh LLC", "Guernsey County". */
function isEndOfMore({ names }: Mention, after: Word, guards: Guards): boolean {
  if (guards['street-after']?.has(after.key)) return names.every(isTown)
  if (guards['illness-after']?.has(after.key)) return names.every(isTown)
  if (guards['water-after']?.has(after.key)) return names.every(isTown)
  if (guards['firm-after']?.has(after.key)) return names.every(isTown)
  if (guards['county-after']?.has(after.key)) return after.isCapital
  return guards['organisation']?.has(after.key) === true
}

/** "Rue de Paris", "New Berlin". */
function isStartOfMore({ names }: Mention, before: Word, guards: Guards): boolean {
  if (guards['street-before']?.has(before.key)) return names.every(isTown)
  return before.isCapital && guards['prefix']?.has(before.key) === true && names.every(isTown)
}

/** "Michael Jackson", "Officer French". */
function isPerson(
  { field, first, names }: Mention,
  before: Word,
  guards: Guards,
  cities: CityTable,
): boolean {
  const isSurname = guards['surname']?.has(field.words[first]?.key ?? '') === true
  if (!names.every(isTown) && !isSurname) return false
  if (guards['title-before']?.has(before.key)) return true
  return before.isCapital && cities.isFirstName(before.key)
}

function isTown({ kind, isDoubtful }: RegionName): boolean {
  return kind === 'city' || kind === 'subdivision' || isDoubtful
}

/** What stands between the word before and a name that begins at `start`. */
export function gapBefore(text: string, before: Word, start: number): string {
  return text.slice(before.end, start)
}
