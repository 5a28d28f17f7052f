import type { Chance } from '@newswire/kit'

/** A small random world with an oracle: the same seed always makes the same stories. */

export interface Arrival {
  readonly story: number
  /** The source's own version. */
  readonly version: number
  readonly isWithdrawal: boolean
}

export interface Story {
  readonly story: number
  readonly versions: readonly Arrival[]
  /** The oracle's word: the newest version is where the story ends, whatever came when. */
  readonly end: Arrival
}

/** Lives of one to four versions, every third with a withdrawal somewhere. */
export function makeStories(chance: Chance, count: number): Story[] {
  return Array.from({ length: count }, (_, story) => {
    const length = 1 + chance.below(4)
    const withdrawal = chance.below(3) === 0 ? 1 + chance.below(length) : 0
    const versions = Array.from({ length }, (__, at) => {
      return { story, version: at + 1, isWithdrawal: at + 1 === withdrawal }
    })
    const end = versions[length - 1]
    if (!end) throw new Error('A story has at least one version.')
    return { story, versions, end }
  })
}

/** Everything that is pushed: each arrival once or twice, in any order. */
export function arrivalsOf(chance: Chance, stories: readonly Story[]): Arrival[] {
  const once = stories.flatMap(({ versions }) => versions)
  const again = once.filter(() => chance.below(3) === 0)
  return chance.shuffled([...once, ...again])
}

export const textOf = ({ story, version }: Arrival) => `Satz${story}x${version}y steht hier.`

/** The arrival as ninjs. */
export function ninjsOf(arrival: Arrival): string {
  const { story, version, isWithdrawal } = arrival
  return JSON.stringify({
    uri: `urn:acme:story:${story}`,
    version: String(version),
    versionCreated: new Date(Date.UTC(2026, 0, 1, version)).toISOString(),
    language: 'de',
    headlines: [{ role: 'main', value: `Geschichte ${story}` }],
    bodies: [{ role: 'main', contentType: 'text/plain', value: textOf(arrival) }],
    organisations: [{ name: 'Acme AG' }],
    ...(isWithdrawal ? { pubStatus: 'canceled' } : {}),
  })
}
