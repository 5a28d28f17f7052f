import type { Chance } from './chance.js'
import { makeRelease, type Release } from './release.js'
import { languages } from './words/index.js'

/** What happens to the wire at one moment. */
export type Act =
  | { readonly kind: 'release'; readonly release: Release }
  /** Comes by a poll, not by a push. */
  | { readonly kind: 'feed-entry'; readonly release: Release }
  | { readonly kind: 'embargo'; readonly release: Release; readonly until: Date }
  | {
      readonly kind: 'correction' | 'update' | 'withdrawal'
      readonly release: Release
      readonly version: number
    }
  | { readonly kind: 'broken'; readonly number: number }

export interface Script {
  /** One release and what else comes with it. */
  next(now: Date): readonly Act[]
}

/** Of so many beats one brings it, beginning with beat `at`: ten beats show everything. */
const beats = {
  embargo: { at: 6, of: 20 },
  feedEntry: { at: 3, of: 4 },
  correction: { at: 5, of: 10 },
  update: { at: 9, of: 10 },
  withdrawal: { at: 8, of: 20 },
  broken: { at: 7, of: 30 },
} as const

const embargoMs = 20_000
/** Releases that may still be corrected, updated or withdrawn. */
const livingMax = 30

/** A wire without end: five languages in turn, and now and then something special. */
export function createScript(chance: Chance): Script {
  const living: { readonly release: Release; version: number }[] = []
  let beat = -1
  const isTime = ({ at, of }: { at: number; of: number }) => beat % of === at

  function fresh(now: Date): Act {
    const language = languages[beat % languages.length] ?? 'en'
    const release = makeRelease({ chance, number: beat + 1, language, published: now })
    if (isTime(beats.embargo)) {
      return { kind: 'embargo', release, until: new Date(now.getTime() + embargoMs) }
    }
    if (isTime(beats.feedEntry)) return { kind: 'feed-entry', release }
    living.push({ release, version: 1 })
    if (living.length > livingMax) living.shift()
    return { kind: 'release', release }
  }

  /** Of those that are long out: the last one may be on its way still. */
  function changed(kind: 'correction' | 'update' | 'withdrawal'): Act | undefined {
    const at = chance.below(Math.max(1, living.length - 1))
    const one = living[at]
    if (one === undefined) return undefined
    one.version += 1
    if (kind === 'withdrawal') living.splice(at, 1)
    return { kind, release: one.release, version: one.version }
  }

  return {
    next(now) {
      beat += 1
      const acts: (Act | undefined)[] = [
        fresh(now),
        isTime(beats.correction) ? changed('correction') : undefined,
        isTime(beats.update) ? changed('update') : undefined,
        isTime(beats.withdrawal) ? changed('withdrawal') : undefined,
        isTime(beats.broken) ? { kind: 'broken', number: beat + 1 } : undefined,
      ]
      return acts.filter((act) => act !== undefined)
    },
  }
}
