import type { Language } from '../languages.js'
import type { Mention } from './find.js'
import { homes, homeWeight } from './homes.js'
import { cues, type Meaning, meaningsOf } from './meanings.js'
import { countryOf, isSure, type RegionName } from './name.js'

/** A mention and the one region that it is taken to name. */
export interface JudgedMention extends Mention {
  readonly name: RegionName
  /** A firm is called by it. */
  readonly isFirms: boolean
  /** An adjective of an office: "the Israeli prime minister". */
  readonly isOffice: boolean
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
  /** "Stadt Essen", or between countries: what stands beside it leaves no doubt. */
  readonly isTold: boolean
  /** "Boston Dynamics": a firm is called by it. */
  readonly isFirms: boolean
  readonly isOffice: boolean
  /** A capital follows or precedes at once, as in a person's name. */
  readonly runsOn: boolean
  /** The end of a longer name that nobody knows. */
  readonly isTail: boolean
  /** Its capital says nothing: every noun has one, or it is the first word of a sentence. */
  readonly isUnmarked: boolean
  /** Of the text. */
  readonly language: Language
}

/** What speaks for a country or a subdivision, by code. */
export type Support = ReadonlyMap<string, number>

/** Towns below this count only with a cue: log10 of their inhabitants. */
const plainSizeMin = 4.85
/** The end of an unknown name is a city only from here on. */
const tailSizeMin = 5.9
/** A hamlet that is also a word, or the first of several capitals, is none. */
const hamletSizeMax = 4.3
/** A smaller one is a word, whatever noun stands before it: "la ville de demain". */
const toldSizeMin = 4
/** A place that a word of the language names needs a cue beside it, and this size or a cue more. */
const wordSizeMin = 5.5
/** A smaller one in a German text needs a place's cue beside it, unless German is spoken there. */
const farSizeMin = 4.9
/** What a cue must weigh to back a name that is a word or a person's name too. */
const backedMin = 0.7

/**
 * Decides what each mention means. First by what the item names beyond doubt, then once more with
 * the cities that this settled: neighbours speak for each other.
 */
export function resolve(mentions: readonly Looked[], priors: Support): JudgedMention[] {
  const readings = mentions.map(readingOf)
  const named = namedSupport(readings, priors)
  const settled = settledOf(readings, named)
  const judgements: JudgedMention[] = []
  for (const reading of readings) {
    const name = nameOf(reading, named, settled)
    if (name) judgements.push(judged(reading.looked, name))
  }
  return judgements
}

/** A mention with all that it may mean, looked up once. */
interface Reading {
  readonly looked: Looked
  readonly sure: RegionName | undefined
  readonly meanings: readonly Meaning[]
  readonly key: string
}

function readingOf(looked: Looked): Reading {
  const { names, mention } = looked
  const sure = names.find(isSure)
  if (sure) return { looked, sure, meanings: [], key: '' }
  return { looked, sure, meanings: meaningsOf(names), key: keyOf(mention) }
}

/** Copied by hand: mentions are many, and a spread takes as long as all the rest. */
function judged(
  { mention: { field, first, last, start, end, names }, isFirms, isOffice }: Looked,
  name: RegionName,
): JudgedMention {
  return { field, first, last, start, end, names, name, isFirms, isOffice }
}

function namedSupport(readings: readonly Reading[], priors: Support): Support {
  const named = new Map(priors)
  for (const { sure, looked } of readings) {
    if (!sure || looked.isFirms) continue
    const country = sure.kind === 'people' ? cues.namedPeople : cues.namedCountry
    raise(named, countryOf(sure), country + homeLead(looked.language, countryOf(sure)))
    if (sure.scheme === 'iso3166-2') raise(named, sure.code, cues.namedSubdivision)
  }
  return named
}

/** Of two countries that are named, the one at home still comes first. */
function homeLead(language: Language, country: string): number {
  return homes[language].includes(country) ? homeWeight : 0
}

function raise(support: Map<string, number>, code: string, to: number): void {
  if (code !== '') support.set(code, Math.max(support.get(code) ?? 0, to))
}

interface Settled {
  /** What each name of a city was taken for. */
  readonly byName: ReadonlyMap<string, RegionName>
  /** How many different names lie in a country or a subdivision. */
  readonly counts: ReadonlyMap<string, number>
}

function settledOf(readings: readonly Reading[], named: Support): Settled {
  const byName = new Map<string, RegionName>()
  const counts = new Map<string, number>()
  for (const reading of readings) {
    if (reading.sure || reading.looked.isFirms || byName.has(reading.key)) continue
    const name = nameOf(reading, named)
    if (name?.kind !== 'city') continue
    byName.set(reading.key, name)
    const country = countryOf(name)
    counts.set(country, (counts.get(country) ?? 0) + 1)
    if (name.code !== country) counts.set(name.code, (counts.get(name.code) ?? 0) + 1)
  }
  return { byName, counts }
}

/** A name does not speak for itself. */
function neighbourWeight(code: string, { counts }: Settled, own: RegionName | undefined): number {
  const isOwn = own !== undefined && (own.code === code || countryOf(own) === code)
  const others = (counts.get(code) ?? 0) - Number(isOwn)
  return code.includes('-')
    ? Math.min(others * cues.neighbour, cues.neighboursMax)
    : Math.min(others * cues.compatriot, cues.compatriotsMax)
}

/** The words of a mention, as vocabularies write them. */
export function keyOf({ field, first, last }: Mention): string {
  let key = field.words[first]?.key ?? ''
  for (let at = first + 1; at <= last; at += 1) key += ` ${field.words[at]?.key}`
  return key
}

function nameOf(reading: Reading, named: Support, settled?: Settled): RegionName | undefined {
  if (reading.sure) return reading.sure
  const own = settled?.byName.get(reading.key)
  let best: Meaning | undefined
  let backing = 0
  let most = Number.NEGATIVE_INFINITY
  for (const meaning of reading.meanings) {
    const support = supportOf(meaning, named, settled, own)
    if (meaning.size + support <= most) continue
    best = meaning
    backing = support
    most = meaning.size + support
  }
  return best && isTaken(reading.looked, best, backing) ? best.name : undefined
}

function supportOf(
  { name, country }: Meaning,
  named: Support,
  settled: Settled | undefined,
  own: RegionName | undefined,
): number {
  let sum = named.get(country) ?? 0
  if (settled) sum += neighbourWeight(country, settled, own)
  if (name.code === country) return sum
  sum += named.get(name.code) ?? 0
  return settled ? sum + neighbourWeight(name.code, settled, own) : sum
}

function isTaken(looked: Looked, meaning: Meaning, backing: number): boolean {
  if (isSettledBeside(looked, meaning)) return true
  const { hasPlaceBeside, runsOn } = looked
  const { size, isDoubtful } = meaning
  if (isPartOfName(looked, meaning)) return false
  const isBacked = backing >= backedMin
  // A German noun looks like a name: a small town far away must stand where places stand.
  if (isFar(looked, meaning)) return hasPlaceBeside
  if (!isDoubtful) return size >= plainSizeMin || hasPlaceBeside || isBacked
  if (meaning.isWord && looked.isUnmarked)
    return hasPlaceBeside && (isBacked || size >= wordSizeMin)
  return hasPlaceBeside ? isBacked || size >= plainSizeMin : isBacked && !runsOn
}

/** "Paris, Texas", "Stadt Essen"; but in "Messe Ende" a German word names no town abroad. */
function isSettledBeside(looked: Looked, { name, size, isWord }: Meaning): boolean {
  if (looked.isHeld) return true
  if (!looked.isTold || size < toldSizeMin) return false
  return !isWord || looked.language !== 'de' || homes.de.includes(countryOf(name))
}

function isFar({ language }: Looked, { name, size }: Meaning): boolean {
  return language === 'de' && size < farSizeMin && !homes.de.includes(countryOf(name))
}

/** Names of people and firms are full of hamlets and of the ends of longer names. */
function isPartOfName(looked: Looked, { size, isDoubtful }: Meaning): boolean {
  if (looked.isTail && size < tailSizeMin) return true
  if (size >= hamletSizeMax || looked.isInDateline) return false
  return isDoubtful || (looked.runsOn && !looked.hasPlaceBeside)
}
