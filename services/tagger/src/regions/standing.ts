import { isMasked } from '../fields.js'
import type { Language } from '../languages.js'
import { hasPlaceBeside, isInDateline, isTold, wordAfter } from './beside.js'
import { isBird, isDish, isKitchen, isTownsDish, isTurkey } from './dishes.js'
import type { Mention } from './find.js'
import type { Gazetteer, Guards } from './gazetteer.js'
import { refusalOf } from './refuse.js'
import { keyOf } from './resolve.js'

/**
 * Without what only looks like a region. Who is named in full once is meant by the surname alone
 * too ("Steve French … French said"), and so is an illness that is called by a town.
 */
export function withoutRefused(
  mentions: readonly Mention[],
  gazetteer: Gazetteer,
  language: Language,
): Mention[] {
  const { guards } = gazetteer
  const refused = new Set<string>()
  const isAllBirds = isKitchen(mentions, guards)
  const standing = withoutWords(mentions, guards, language).filter((mention) => {
    if (isMasked(mention.field, mention.start) || isDish(mention, guards, language)) return false
    if (isTownsDish(mention, guards, language)) return false
    if (isTurkey(mention) && (isAllBirds || isBird(mention, guards))) return false
    const refusal = refusalOf(mention, gazetteer, language)
    if (refusal === 'person' || refusal === 'illness') refused.add(keyOf(mention))
    return refusal === undefined
  })
  if (refused.size === 0) return standing
  const isPlace = (each: Mention) =>
    isInDateline(each) || isTold(each, guards, language) || hasPlaceBeside(each, guards, language)
  const places = new Set(standing.filter(isPlace).map(keyOf))
  return standing.filter((each) => {
    if (!refused.has(keyOf(each)) || isPlace(each)) return true
    return !isNamesake(each, places.has(keyOf(each)))
  })
}

/**
 * A town that the text names elsewhere as one is rather that than a surname; and what is doubtful
 * anyway needs a second cue already.
 */
function isNamesake({ names }: Mention, isPlaceElsewhere: boolean): boolean {
  if (names.every(({ kind }) => kind === 'people')) return true
  const isPlainTown = names.some(({ isDoubtful }) => !isDoubtful)
  return !isPlaceElsewhere && isPlainTown && names.every(({ kind }) => kind === 'city')
}

/**
 * "Derby" is a match in every language: the town where the item says so once, "in Derby", "Derby
 * City Council", "Derby, England".
 */
function withoutWords(
  mentions: readonly Mention[],
  guards: Guards,
  language: Language,
): readonly Mention[] {
  const isWord = ({ field, first, last }: Mention) =>
    first === last && guards['match-word']?.has(field.words[first]?.key ?? '') === true
  const words = mentions.filter(isWord)
  if (words.length === 0) return mentions
  const isTownHere = (each: Mention) =>
    isInDateline(each) || isTold(each, guards, language) || hasPlaceBeside(each, guards, language)
  const isTown = (each: Mention) =>
    isTownHere(each) || isOffice(each, guards, language) || isBeforeRegion(each, mentions)
  return words.some(isTown) ? mentions : mentions.filter((each) => !isWord(each))
}

/** "Derby City Council". */
function isOffice(mention: Mention, guards: Guards, language: Language): boolean {
  const after = wordAfter(mention)
  return after !== undefined && guards[`telling-${language}`]?.has(after.key) === true
}

function isBeforeRegion({ field, end }: Mention, mentions: readonly Mention[]): boolean {
  if (field.text.slice(end, end + 2) !== ', ') return false
  return mentions.some((other) => other.field === field && other.start === end + 2)
}
