import { isDeepStrictEqual } from 'node:util'
import type { Tag, TaggedItem } from '@newswire/model'

/** How the tags of an item change. */
export interface Difference {
  readonly id: string
  readonly headline: string
  /** `<scheme> <code>` each, as in `iso3166-1 CN`. */
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  /** Codes that are primary and were not, or the other way round. */
  readonly moved: readonly string[]
  /** Whether a filter or a reader can notice it. */
  readonly isVisible: boolean
}

/** Undefined where every tag is the same, evidence and weights too. */
export function differenceOf(before: TaggedItem, after: TaggedItem): Difference | undefined {
  const isSame = before.language === after.language && isDeepStrictEqual(before.tags, after.tags)
  if (isSame) return undefined
  const [old, fresh] = [byName(before.tags), byName(after.tags)]
  const gained = [...fresh.keys()].filter((name) => !old.has(name))
  const lost = [...old.keys()].filter((name) => !fresh.has(name))
  const moved = [...fresh].flatMap(([name, tag]) => {
    const was = old.get(name)
    return was && was.primary !== tag.primary ? [name] : []
  })
  const isVisible =
    gained.length + lost.length + moved.length > 0 || before.language !== after.language
  return { id: before.id, headline: before.headline, gained, lost, moved, isVisible }
}

function byName(tags: readonly Tag[]): Map<string, Tag> {
  return new Map(tags.map((tag) => [`${tag.scheme} ${tag.code}`, tag]))
}
