import { isMasked } from '../fields.js'
import type { Language } from '../languages.js'
import type { Word } from '../words.js'
import type { Mention } from './find.js'
import type { Guards } from './gazetteer.js'
import { countryOf, type RegionName } from './name.js'

/** A mention and the one region that it is taken to name. */
export interface JudgedMention extends Mention {
  readonly name: RegionName
}

/**
 * Takes out what only looks like a region: streets, "New Berlin", people named Florence; and
 * decides what a shared or doubtful name means by what stands beside it and what else the item
 * names.
 */
export function judge(
  mentions: readonly Mention[],
  guards: Guards,
  language: Language,
): JudgedMention[] {
  const standing = mentions.filter(
    (each) => !isRefused(each, guards) && !isMasked(each.field, each.start),
  )
  const corrected = standing.filter((each, index) => !isOverruled(each, standing[index + 1]))
  const support = certainCountries(corrected)
  return corrected.flatMap((each) => {
    const name = meaningOf(each, support, guards, language)
    return name && name.kind !== 'nothing' ? [{ ...each, name }] : []
  })
}

/** Countries that the item names beyond doubt. */
function certainCountries(mentions: readonly Mention[]): ReadonlySet<string> {
  const sure = mentions.flatMap(({ names }) => names.filter((name) => !name.isDoubtful))
  return new Set(sure.map(countryOf).filter((code) => code !== ''))
}

function meaningOf(
  mention: Mention,
  support: ReadonlySet<string>,
  guards: Guards,
  language: Language,
): RegionName | undefined {
  const sure = mention.names.find(({ isDoubtful }) => !isDoubtful)
  if (sure) return sure
  const backed = mention.names.find((name) => support.has(countryOf(name)))
  const hasPlace = hasPlaceBeside(mention, guards)
  if (backed && (hasPlace || !runsOn(mention, language))) return backed
  return hasPlace ? mention.names.at(-1) : undefined
}

/** "in Essen", a dateline: words that only stand beside places. */
function hasPlaceBeside({ field, first, start }: Mention, guards: Guards): boolean {
  if (field.name === 'dateline' || start < field.datelineTo) return true
  const before = field.words[first - 1]
  if (!before) return false
  return (
    guards['locative']?.has(before.key) === true && gapBefore(field.text, before, start) === ' '
  )
}

/**
 * Whether a capital follows or precedes at once, as in a person's name. German nouns have one too.
 */
function runsOn({ field, first, last, start, end }: Mention, language: Language): boolean {
  const before = field.words[first - 1]
  const after = field.words[last + 1]
  if (before?.isCapital && gapBefore(field.text, before, start) === ' ') return true
  if (language === 'de' || !after?.isCapital) return false
  return field.text.slice(end, after.start) === ' '
}

function isRefused({ field, first, last, start, end, names }: Mention, guards: Guards): boolean {
  const before = field.words[first - 1]
  const after = field.words[last + 1]
  const isBeside = before !== undefined && /^[ -]$/.test(gapBefore(field.text, before, start))
  const isFollowed = after !== undefined && /^[ -]$/.test(field.text.slice(end, after.start))
  if (isFollowed && guards['street-after']?.has(after.key)) return names.every(isTown)
  if (!isBeside) return isFollowed && guards['organisation']?.has(after.key) === true
  if (guards['street-before']?.has(before.key)) return names.every(isTown)
  if (before.isCapital && guards['prefix']?.has(before.key)) return names.every(isTown)
  if (before.isCapital && guards['given']?.has(before.key)) return !names.every(isPeople)
  return isFollowed && guards['organisation']?.has(after.key) === true
}

function isTown({ kind, isDoubtful }: RegionName): boolean {
  return kind === 'city' || kind === 'subdivision' || isDoubtful
}

function isPeople({ kind }: RegionName): boolean {
  return kind === 'people'
}

/** "Paris, Texas" is in Texas: a region after a comma overrules a city of another country. */
function isOverruled(mention: Mention, next: Mention | undefined): boolean {
  if (!next || next.field !== mention.field || next.first !== mention.last + 1) return false
  if (!mention.names.every(({ kind }) => kind === 'city')) return false
  if (!/^, $/.test(mention.field.text.slice(mention.end, next.start))) return false
  const holders = next.names.filter(
    ({ kind }) => kind === 'subdivision' || kind === 'abbreviation' || kind === 'country',
  )
  if (holders.length === 0 || holders.length < next.names.length) return false
  const isHeld = holders.some((holder) =>
    mention.names.some((name) => countryOf(name) === countryOf(holder)),
  )
  return !isHeld
}

function gapBefore(text: string, before: Word, start: number): string {
  return text.slice(before.end, start)
}
