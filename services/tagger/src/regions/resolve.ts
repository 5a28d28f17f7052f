import type { Mention } from './find.js'
import { countryOf, type RegionName } from './name.js'

/** A mention and the one region that it is taken to name. */
export interface JudgedMention extends Mention {
  readonly name: RegionName
}

/** A mention with what stands beside it. */
export interface Looked {
  readonly mention: Mention
  /** Those of its names that what stands behind it leaves. */
  readonly names: readonly RegionName[]
  /** The region behind the comma has settled where it lies. */
  readonly isHeld: boolean
  readonly isInDateline: boolean
  /** "in Essen", a dateline. */
  readonly hasPlaceBeside: boolean
  /** A capital follows or precedes at once, as in a person's name. */
  readonly runsOn: boolean
  /** The end of a longer name that nobody knows. */
  readonly isTail: boolean
}

/** What speaks for a country or a subdivision, by code. */
export type Support = ReadonlyMap<string, number>

/** All in powers of ten of inhabitants: a cue of 1 outweighs a namesake ten times as large. */
export const cues = {
  /** What a city of our own files is taken for at least, and what it has before namesakes. */
  ownSize: 5.8,
  ownLead: 0.8,
  namedCountry: 1.6,
  namedPeople: 0.8,
  namedSubdivision: 2.2,
  /** Another city in the same subdivision, and at most so much for all. */
  neighbour: 0.7,
  neighboursMax: 1.4,
  /** Another city in the same country. */
  compatriot: 0.35,
  compatriotsMax: 1,
} as const

/** Towns below this count only with a cue: log10 of their inhabitants. */
const plainSizeMin = 4.85
/** The end of an unknown name is a city only from here on. */
const tailSizeMin = 5.9
/** A hamlet that is also a word, or the first of several capitals, is none. */
const hamletSizeMax = 4.3
/** What a cue must weigh to back a name that is a word or a person's name too. */
const backedMin = 0.7

/**
 * Decides what each mention means. First by what the item names beyond doubt, then once more with
 * the cities that this settled: neighbours speak for each other.
 */
export function resolve(mentions: readonly Looked[], priors: Support): JudgedMention[] {
  const named = namedSupport(mentions, priors)
  const settled = settledOf(
    mentions,
    mentions.map((each) => meaningOf(each, { named })),
  )
  return mentions.flatMap((each) => {
    const own = settled.byName.get(keyOf(each.mention))
    const neighbours = (code: string) => neighbourWeight(code, settled, own)
    const name = meaningOf(each, { named, neighbours })
    return name ? [judged(each.mention, name)] : []
  })
}

/** Copied by hand: mentions are many, and a spread takes as long as all the rest. */
function judged(
  { field, first, last, start, end, names }: Mention,
  name: RegionName,
): JudgedMention {
  return { field, first, last, start, end, names, name }
}

interface Backing {
  /** By country and subdivision: names beyond doubt, and what the text takes for granted. */
  readonly named: Support
  /** What the other cities weigh for a country or a subdivision. */
  readonly neighbours?: (code: string) => number
}

function namedSupport(mentions: readonly Looked[], priors: Support): Support {
  const named = new Map(priors)
  const raise = (code: string, to: number) => {
    if (code !== '') named.set(code, Math.max(named.get(code) ?? 0, to))
  }
  for (const { names } of mentions) {
    const sure = names.find(isSure)
    if (!sure) continue
    raise(countryOf(sure), sure.kind === 'people' ? cues.namedPeople : cues.namedCountry)
    if (sure.scheme === 'iso3166-2') raise(sure.code, cues.namedSubdivision)
  }
  return named
}

/** Stands for itself, whatever else the item says: no city has so few namesakes. */
export function isSure({ isDoubtful, kind }: RegionName): boolean {
  return !isDoubtful && kind !== 'city'
}

interface Settled {
  /** What each name of a city was taken for. */
  readonly byName: ReadonlyMap<string, RegionName>
  /** How many different names lie in a country or a subdivision. */
  readonly counts: ReadonlyMap<string, number>
}

function settledOf(
  mentions: readonly Looked[],
  names: readonly (RegionName | undefined)[],
): Settled {
  const byName = new Map<string, RegionName>()
  const counts = new Map<string, number>()
  mentions.forEach(({ mention }, at) => {
    const name = names[at]
    if (name?.kind !== 'city') return
    const key = keyOf(mention)
    if (byName.has(key)) return
    byName.set(key, name)
    for (const code of codesOf(name)) counts.set(code, (counts.get(code) ?? 0) + 1)
  })
  return { byName, counts }
}

/** A name does not speak for itself. */
function neighbourWeight(code: string, { counts }: Settled, own: RegionName | undefined): number {
  const others = (counts.get(code) ?? 0) - Number(own !== undefined && codesOf(own).includes(code))
  return code.includes('-')
    ? Math.min(others * cues.neighbour, cues.neighboursMax)
    : Math.min(others * cues.compatriot, cues.compatriotsMax)
}

function codesOf(name: RegionName): readonly string[] {
  const country = countryOf(name)
  return name.code === country ? [country] : [country, name.code]
}

function keyOf({ field, first, last }: Mention): string {
  let key = field.words[first]?.key ?? ''
  for (let at = first + 1; at <= last; at += 1) key += ` ${field.words[at]?.key}`
  return key
}

function meaningOf(looked: Looked, backing: Backing): RegionName | undefined {
  const { names } = looked
  const sure = names.find(isSure)
  if (sure) return sure
  let best: Meaning | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const meaning of meaningsOf(names)) {
    const weight = meaning.size + backingOf(meaning.name, backing)
    if (weight > most) [best, most] = [meaning, weight]
  }
  return best && isTaken(looked, best, backingOf(best.name, backing)) ? best.name : undefined
}

/** What a name may mean, with its weight before all cues. */
interface Meaning {
  readonly name: RegionName
  readonly size: number
  readonly isDoubtful: boolean
}

/**
 * A city that our own files name too is at least well known, and no more doubtful than they say;
 * they may know the country alone where the gazetteer knows the subdivision.
 */
function meaningsOf(names: readonly RegionName[]): Meaning[] {
  const own = names.filter(({ size }) => size === undefined)
  const placed = names.flatMap((name): Meaning[] => {
    if (name.size === undefined) return []
    const same = own.find(({ code }) => name.code.startsWith(code))
    if (!same) return [{ name, size: name.size, isDoubtful: name.isDoubtful }]
    const size = Math.max(name.size, cues.ownSize) + cues.ownLead
    return [{ name, size, isDoubtful: same.isDoubtful }]
  })
  const alone = own.filter(({ code }) => !placed.some(({ name }) => name.code.startsWith(code)))
  const size = cues.ownSize + cues.ownLead
  return [...alone.map((name) => ({ name, size, isDoubtful: name.isDoubtful })), ...placed]
}

function backingOf(name: RegionName, { named, neighbours }: Backing): number {
  let sum = 0
  for (const code of codesOf(name)) sum += (named.get(code) ?? 0) + (neighbours?.(code) ?? 0)
  return sum
}

function isTaken(looked: Looked, meaning: Meaning, backing: number): boolean {
  if (looked.isHeld) return true
  const { hasPlaceBeside, runsOn } = looked
  const { size, isDoubtful } = meaning
  if (isPartOfName(looked, meaning)) return false
  const isBacked = backing >= backedMin
  if (!isDoubtful) return size >= plainSizeMin || hasPlaceBeside || isBacked
  return hasPlaceBeside ? isBacked || size >= plainSizeMin : isBacked && !runsOn
}

/** Names of people and firms are full of hamlets and of the ends of longer names. */
function isPartOfName(looked: Looked, { size, isDoubtful }: Meaning): boolean {
  if (looked.isTail && size < tailSizeMin) return true
  if (size >= hamletSizeMax || looked.isInDateline) return false
  return isDoubtful || (looked.runsOn && !looked.hasPlaceBeside)
}
