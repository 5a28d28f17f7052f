import type { Chance } from '../chance.js'
import { type Release, releaseOf, type Wire } from './release.js'
import type { Language } from './words.js'

/** How the life of a release goes. */
export const lifeKinds = [
  /** One text, for good. */
  'plain',
  /** Silent edits under the same guid. */
  'edited',
  /** The full text is pushed behind the teaser. */
  'completed',
  /** The full text is pushed before any feed has the teaser. */
  'pushed',
  /** A correction comes as an entry of its own. */
  'corrected',
  /** The same guid comes back under the title of a correction. */
  'retitled',
  /** A notice takes it back. */
  'disregarded',
  /** A push takes it back. */
  'canceled',
  /** A notice of a correction whose release nobody ever saw. */
  'unlinked',
  /** Embargoed far beyond the end of the world. */
  'held',
  /** Embargoed by a sentence in its text. */
  'held-by-sentence',
  /** Embargoed, and taken back while it is held. */
  'held-canceled',
  /** Embargoed, and let out early by the source. */
  'held-moved',
] as const
export type LifeKind = (typeof lifeKinds)[number]

/** Of a thousand releases. */
const shares: Readonly<Record<LifeKind, number>> = {
  ...{ plain: 480, edited: 170, completed: 70, pushed: 30, corrected: 80, retitled: 20 },
  ...{ disregarded: 40, canceled: 25, unlinked: 20, held: 20, 'held-by-sentence': 15 },
  ...{ 'held-canceled': 15, 'held-moved': 15 },
}

export interface Life {
  readonly release: Release
  readonly kind: LifeKind
  /** The round in which it begins. */
  readonly start: number
  /** How often its text is edited. */
  readonly edits: number
  /** The feeds that show it, by their place among those of its wire. */
  readonly feeds: readonly number[]
}

export interface LivesOptions {
  readonly chance: Chance
  readonly stories: number
  readonly rounds: number
  /** Noon of the first round; each later one is five minutes on. */
  readonly firstRound: Date
}

/** The last rounds begin nothing, so that all lives come to their end. */
const quietRounds = 3
const roundMs = 300_000

export function livesOf({ chance, stories, rounds, firstRound }: LivesOptions): Life[] {
  return Array.from({ length: stories }, (_, number) => {
    const kind = kindFor(chance)
    const start = Math.floor((number / stories) * Math.max(1, rounds - quietRounds))
    const wire = wireFor(chance, kind)
    const language = languageFor(chance, wire, kind)
    const published = new Date(firstRound.getTime() + start * roundMs + (number % 290) * 1_000)
    const release = releaseOf({ number, wire, language, published })
    const feeds = [0, 1, 2].filter((place) => place === 0 || chance.is(0.5))
    return { release, kind, start, edits: 1 + chance.below(2), feeds }
  })
}

function kindFor(chance: Chance): LifeKind {
  let left = chance.below(1_000)
  for (const kind of lifeKinds) {
    if (left < shares[kind]) return kind
    left -= shares[kind]
  }
  return 'plain'
}

function wireFor(chance: Chance, kind: LifeKind): Wire {
  if (kind === 'retitled' || kind === 'held-by-sentence') return 'prn'
  return chance.is(0.6) ? 'na' : 'prn'
}

function languageFor(chance: Chance, wire: Wire, kind: LifeKind): Language {
  if (wire === 'na') return 'de'
  // The form that keeps the guid is PR Newswire's own.
  return kind !== 'retitled' && chance.is(0.25) ? 'fr' : 'en'
}
