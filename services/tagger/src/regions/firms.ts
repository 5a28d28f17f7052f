import type { Language } from '../languages.js'
import type { Word } from '../words.js'
import { wordAfter, wordBefore } from './beside.js'
import type { Mention } from './find.js'
import type { Guards } from './gazetteer.js'
import type { RegionName } from './name.js'

/** Words of a firm's name behind the town in it. */
const firmWordsMax = 4

/** What a firm is called by: a town, whose own name may stand for it, or a country. */
export type FirmsPlace = 'town' | 'land'

/**
 * "Boston Dynamics", "Lincoln Electric raises", "China Mobile", "Air France": the place that a firm
 * is called by says little of where it is, and nothing of where its news is.
 */
export function firmsPlaceOf(
  mention: Mention,
  guards: Guards,
  language: Language,
): FirmsPlace | undefined {
  if (mention.names.every(isTownOrState)) {
    return isFirm(mention, guards) || isClub(mention, guards, language) ? 'town' : undefined
  }
  return isLandsFirm(mention, guards) ? 'land' : undefined
}

function isTownOrState({ kind }: RegionName): boolean {
  return kind === 'city' || kind === 'subdivision'
}

function isFirm({ field: { words, text }, last, end }: Mention, guards: Guards): boolean {
  let from = end
  let isNoun = false
  for (let at = last + 1; at <= last + firmWordsMax; at += 1) {
    const word = words[at]
    if (!word?.isCapital || !/^(?: | & )$/.test(text.slice(from, word.start))) break
    // Headlines write verbs with a capital too.
    if (guards['firm-verb']?.has(word.key)) break
    isNoun = guards['firm-noun']?.has(word.key) || guards['firm-after']?.has(word.key) || false
    from = word.end
  }
  return isNoun
}

/** "El Granada", "il Como": towns have no article there, their clubs do; nor "Como beat Lecce". */
function isClub(mention: Mention, guards: Guards, language: Language): boolean {
  const { field, first } = mention
  if (!mention.names.every(({ kind }) => kind === 'city')) return false
  if (guards['article-town']?.has(field.words[first]?.key ?? '')) return false
  const before = wordBefore(mention)
  if (before && guards[`club-article-${language}`]?.has(before.key)) return true
  const verbs = guards[`match-verb-${language}`]
  const after = wordAfter(mention)
  return verbs !== undefined && ((before && verbs.has(before.key)) || verbs.has(after?.key ?? ''))
}

/** "American Airlines", "Deutsche Bank", "Air France", "Bank of China". */
function isLandsFirm(mention: Mention, guards: Guards): boolean {
  const { field, first } = mention
  const after = wordAfter(mention)
  const own = isDeutsche(field.words[first]) ? 'land-firm-deutsche' : 'land-firm'
  if (after?.isCapital && guards[own]?.has(after.key)) return true
  const before = wordBefore(mention)
  if (before?.isCapital && guards['firm-before']?.has(before.key)) return true
  if (before?.key !== 'of' || field.words[first - 2]?.key !== 'bank') return false
  return guards['bank-of']?.has(field.words[first]?.key ?? '') === true
}

/** "Deutsche Bank", "der Deutschen Bahn": small it is an adjective, "die deutsche Bank". */
function isDeutsche(word: Word | undefined): boolean {
  return word?.isCapital === true && /^deutschen?$/.test(word.key)
}
