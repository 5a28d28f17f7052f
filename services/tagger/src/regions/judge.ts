import type { Language } from '../languages.js'
import { gapBefore, hasPlaceBeside, isInDateline, isListed, isOfState, isTold } from './beside.js'
import type { Mention } from './find.js'
import { firmsPlaceOf } from './firms.js'
import type { Gazetteer, Guards } from './gazetteer.js'
import { countryOf, isSure, type RegionName } from './name.js'
import { localCountry, priorsOf, townsInstead } from './priors.js'
import { type JudgedMention, keyOf, type Looked, resolve } from './resolve.js'
import { withSharedSettled } from './same-name.js'
import { withoutRefused } from './standing.js'

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
  const kept = withSharedSettled(withoutRefused(mentions, gazetteer, language))
  const standing = asLocalNews(kept, gazetteer, language)
  const firms = firmsOf(standing, guards, language)
  const looked = standing.flatMap((mention, index) => {
    const next = standing[index + 1]
    const isFirms = firms.has(mention)
    // A country is one, whatever stands beside it, but for a state that has a town of its name.
    if (mention.names.some(isSure) && !isTownOf(mention, next))
      return [certain(mention, guards, language, isFirms)]
    const asCountry = isListed(mention, standing[index - 1], next) ? countriesOf(mention) : mention
    return lookedAt(asCountry, next, guards, language).map((each) => ({
      ...each,
      isTold: each.isTold || asCountry !== mention,
      isFirms,
      isOffice: false,
    }))
  })
  return resolve(looked, priorsOf(standing, gazetteer.cues, language)).filter(
    ({ name }) => name.kind !== 'nothing',
  )
}

function countriesOf(mention: Mention): Mention {
  return { ...mention, names: mention.names.filter(({ kind }) => kind === 'country') }
}

/** Mentions that a firm is called by, in full or by the first word of its name. */
function firmsOf(
  mentions: readonly Mention[],
  guards: Guards,
  language: Language,
): ReadonlySet<Mention> {
  const isPlace = (each: Mention) => isInDateline(each) || isTold(each, guards, language)
  const firms = new Set<Mention>()
  const keys = new Set<string>()
  for (const each of mentions) {
    const place = firmsPlaceOf(each, guards, language)
    if (place === undefined || isPlace(each)) continue
    firms.add(each)
    // "China" alone is not China Mobile.
    if (place === 'town') keys.add(keyOf(each))
  }
  const short = mentions.filter(
    (each) => keys.has(keyOf(each)) && !isPlace(each) && !hasPlaceBeside(each, guards, language),
  )
  return new Set([...firms, ...short])
}

/** What local news calls by a country's name is a town nearby. */
function asLocalNews(
  mentions: readonly Mention[],
  { cues }: Gazetteer,
  language: Language,
): readonly Mention[] {
  const local = localCountry(mentions, cues, language)
  if (local === undefined) return mentions
  return mentions.map((mention) => {
    const names = mention.names.some(isSure) ? townsInstead(mention, local) : undefined
    return names ? { ...mention, names } : mention
  })
}

const nothingBeside = {
  isHeld: false,
  isInDateline: false,
  hasPlaceBeside: false,
  runsOn: false,
  isTail: false,
  isUnmarked: false,
  isTold: false,
}

function certain(mention: Mention, guards: Guards, language: Language, isFirms: boolean): Looked {
  const { names } = mention
  const isOffice = !isFirms && isOfState(mention, guards, language)
  return { mention, names, language, isFirms, isOffice, ...nothingBeside }
}

/** None where what stands behind the comma overrules it: "Paris, Texas" is in Texas. */
function lookedAt(
  mention: Mention,
  next: Mention | undefined,
  guards: Guards,
  language: Language,
): Omit<Looked, 'isFirms' | 'isOffice'>[] {
  const holders = holdersOf(mention, next)
  const names = holders.length > 0 ? heldBy(mention.names, holders) : mention.names
  if (names.length === 0) return []
  return [
    {
      mention,
      names,
      isHeld: holders.length > 0,
      isInDateline: isInDateline(mention),
      hasPlaceBeside: isInDateline(mention) || hasPlaceBeside(mention, guards, language),
      runsOn: runsOn(mention, language),
      isTail: isTail(mention),
      isUnmarked: language === 'de' || isFirst(mention),
      isTold: isTold(mention, guards, language),
      language,
    },
  ]
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

/** "Lebanon, Pa.", "Peru, Indiana": the state behind the comma has a town of the country's name. */
function isTownOf(mention: Mention, next: Mention | undefined): boolean {
  const states = statesBehind(mention, next)
  const towns = mention.names.filter(({ kind }) => kind === 'city')
  return states.length > 0 && heldBy(towns, states).length > 0
}

function statesBehind(mention: Mention, next: Mention | undefined): readonly RegionName[] {
  if (!next || !isBehindComma(mention, next)) return []
  return next.names.filter(({ kind }) => kind === 'subdivision' || kind === 'abbreviation')
}

function isBehindComma(mention: Mention, next: Mention): boolean {
  if (next.field !== mention.field || next.first !== mention.last + 1) return false
  return mention.field.text.slice(mention.end, next.start) === ', '
}

/** What "Texas" is in "Paris, Texas": a region after a comma that the name before may lie in. */
function holdersOf(mention: Mention, next: Mention | undefined): readonly RegionName[] {
  if (!next || !isBehindComma(mention, next)) return []
  if (!mention.names.every(({ kind }) => kind === 'city')) return statesBehind(mention, next)
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

/** Whether a sentence begins with it. */
function isFirst({ field, first, start }: Mention): boolean {
  const before = field.words[first - 1]
  return before === undefined || /[.!?:\n]/.test(gapBefore(field.text, before, start))
}

/** The end of a longer name that nobody knows: "Port Washington", "Lake Charles". */
function isTail({ field, first, start }: Mention): boolean {
  const before = field.words[first - 1]
  const earlier = field.words[first - 2]
  if (!before?.isCapital || gapBefore(field.text, before, start) !== ' ') return false
  // At the start of a sentence the capital says nothing.
  return earlier !== undefined && /^,? $/.test(gapBefore(field.text, earlier, before.start))
}
