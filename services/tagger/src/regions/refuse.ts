import type { Word } from '../words.js'
import type { Mention } from './find.js'
import type { Gazetteer, Guards } from './gazetteer.js'
import type { RegionName } from './name.js'

/** Whether what stands right beside a name makes it no place. */
export function isRefused(mention: Mention, { guards, cities }: Gazetteer): boolean {
  const { field, first, last, start, end } = mention
  // US$ is money.
  if (field.text.charAt(end) === '$') return true
  const before = field.words[first - 1]
  const after = field.words[last + 1]
  const isBeside = before !== undefined && /^[ -]$/.test(gapBefore(field.text, before, start))
  const isFollowed = after !== undefined && /^[ -]$/.test(field.text.slice(end, after.start))
  return (
    (isFollowed && isEndOfMore(mention, after, guards)) ||
    (isBeside && isStartOfMore(mention, before, guards, cities.firstNames))
  )
}

/** "Paris Hilton", "Frankfurter Allee", "Metz Fresh LLC", "Guernsey County". */
function isEndOfMore({ names }: Mention, after: Word, guards: Guards): boolean {
  if (guards['street-after']?.has(after.key)) return names.every(isTown)
  if (guards['firm-after']?.has(after.key)) return names.every(isTown)
  if (guards['county-after']?.has(after.key)) return after.isCapital
  return guards['organisation']?.has(after.key) === true
}

/** "Rue de Paris", "New Berlin", "Michael Jackson", "Officer French". */
function isStartOfMore(
  { names }: Mention,
  before: Word,
  guards: Guards,
  firstNames: ReadonlySet<string>,
): boolean {
  if (guards['street-before']?.has(before.key)) return names.every(isTown)
  if (guards['title-before']?.has(before.key)) return names.every(isTown)
  if (!before.isCapital) return false
  if (guards['prefix']?.has(before.key)) return names.every(isTown)
  return firstNames.has(before.key)
}

function isTown({ kind, isDoubtful }: RegionName): boolean {
  return kind === 'city' || kind === 'subdivision' || isDoubtful
}

/** What stands between the word before and a name that begins at `start`. */
export function gapBefore(text: string, before: Word, start: number): string {
  return text.slice(before.end, start)
}
