import { isMasked } from '../fields.js'
import type { Language } from '../languages.js'
import type { Mention } from './find.js'
import type { Gazetteer, Guards } from './gazetteer.js'
import { countryOf, type RegionName } from './name.js'
import { priorsOf } from './priors.js'
import { gapBefore, isRefused } from './refuse.js'
import { isSure, type JudgedMention, type Looked, resolve } from './resolve.js'

/**
 * Takes out what only looks like a region: streets, "New Berlin", people named Florence; and
 * decides what a shared or doubtful name means by what stands beside it and what else the item
 * names.
 */
export function judge(
  mentions: readonly Mention[],
  gazetteer: Gazetteer,
  language: Language,
): JudgedMention[] {
  const { guards } = gazetteer
  const standing = mentions.filter(
    (each) => !isRefused(each, gazetteer) && !isMasked(each.field, each.start),
  )
  const looked = standing.map((mention, index) => {
    // A country is one, whatever stands beside it.
    if (mention.names.some(isSure)) return certain(mention)
    return lookedAt(mention, standing[index + 1], guards, language)
  })
  return resolve(looked, priorsOf(standing, gazetteer.cues, language)).filter(
    ({ name }) => name.kind !== 'nothing',
  )
}

const nothingBeside = {
  isHeld: false,
  isInDateline: false,
  hasPlaceBeside: false,
  runsOn: false,
  isTail: false,
}

function certain(mention: Mention): Looked {
  const { names } = mention
  return { mention, names, ...nothingBeside }
}

/** What stands behind the comma overrules the rest: "Paris, Texas" is in Texas. */
function lookedAt(
  mention: Mention,
  next: Mention | undefined,
  guards: Guards,
  language: Language,
): Looked {
  const holders = holdersOf(mention, next)
  const names = holders.length > 0 ? heldBy(mention.names, holders) : mention.names
  return {
    mention,
    names,
    isHeld: holders.length > 0,
    isInDateline: isInDateline(mention),
    hasPlaceBeside: isInDateline(mention) || hasPlaceBeside(mention, guards),
    runsOn: runsOn(mention, language),
    isTail: isTail(mention),
  }
}

function isInDateline({ field, start }: Mention): boolean {
  return field.name === 'dateline' || start < field.datelineTo
}

/** "in Essen": words that only stand beside places. */
function hasPlaceBeside({ field, first, start }: Mention, guards: Guards): boolean {
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

/** What "Texas" is in "Paris, Texas": a region after a comma that the name before may lie in. */
function holdersOf(mention: Mention, next: Mention | undefined): readonly RegionName[] {
  if (!next || next.field !== mention.field || next.first !== mention.last + 1) return []
  if (!mention.names.every(({ kind }) => kind === 'city')) return []
  if (mention.field.text.slice(mention.end, next.start) !== ', ') return []
  const holders = next.names.filter(
    ({ kind }) => kind === 'subdivision' || kind === 'abbreviation' || kind === 'country',
  )
  return holders.length === next.names.length || holders.some(({ kind }) => kind !== 'country')
    ? holders
    : []
}

function heldBy(
  names: readonly RegionName[],
  holders: readonly RegionName[],
): readonly RegionName[] {
  return names.filter((name) =>
    holders.some(
      ({ code }) => name.code === code || (code.length === 2 && countryOf(name) === code),
    ),
  )
}

/** The end of a longer name that nobody knows: "Port Washington", "Lake Charles". */
function isTail({ field, first, start }: Mention): boolean {
  const before = field.words[first - 1]
  const earlier = field.words[first - 2]
  if (!before?.isCapital || gapBefore(field.text, before, start) !== ' ') return false
  // At the start of a sentence the capital says nothing.
  return earlier !== undefined && /^,? $/.test(gapBefore(field.text, earlier, before.start))
}
