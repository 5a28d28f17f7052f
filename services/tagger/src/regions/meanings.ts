import { countryOf, type RegionName } from './name.js'

/** All in powers of ten of inhabitants: a cue of 1 outweighs a namesake ten times as large. */
export const cues = {
  /** What a city of our own files is taken for at least, and what it has before namesakes. */
  ownSize: 5.8,
  ownLead: 1,
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

/** What a name may mean, with its weight before all cues. */
export interface Meaning {
  readonly name: RegionName
  /** ISO 3166-1. */
  readonly country: string
  /** log10 of inhabitants, or what it is taken for. */
  readonly size: number
  readonly isDoubtful: boolean
  readonly isWord: boolean
}

/**
 * A city that our own files name too is at least well known, and no more doubtful than they say;
 * they may know the country alone where the gazetteer knows the subdivision.
 */
export function meaningsOf(names: readonly RegionName[]): Meaning[] {
  const own = names.filter(({ size }) => size === undefined)
  const placed: Meaning[] = []
  for (const name of names) if (name.size !== undefined) placed.push(placedMeaning(name, own))
  const alone = own.filter(({ code }) => !placed.some(({ name }) => name.code.startsWith(code)))
  return [...alone.map(ownMeaning), ...placed]
}

function placedMeaning(name: RegionName, own: readonly RegionName[]): Meaning {
  const { size = 0, isDoubtful, isWord = false } = name
  const country = countryOf(name)
  const same = own.find(({ code }) => name.code.startsWith(code))
  if (!same) return { name, country, size, isDoubtful, isWord }
  return {
    name,
    country,
    size: Math.max(size, cues.ownSize) + cues.ownLead,
    isDoubtful: same.isDoubtful,
    isWord: same.isDoubtful && isWord,
  }
}

function ownMeaning(name: RegionName): Meaning {
  const size = cues.ownSize + cues.ownLead
  return { name, country: countryOf(name), size, isDoubtful: name.isDoubtful, isWord: false }
}
