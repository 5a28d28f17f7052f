import type { Stored } from '@newswire/bus'
import { outward, type TaggedItem } from '@newswire/model'
import { liveLimits } from './limits.js'

/** An item as it is told to readers. */
export interface LiveItem {
  readonly sequence: number
  readonly id: string
  readonly isPrivate: boolean
  readonly data: string
}

/**
 * The newest items, for readers that come back: only the newest version of each, so that nothing of
 * a text that was taken back is told again.
 */
export class ItemRing {
  readonly #items = new Map<string, LiveItem>()
  /** All that is behind this sequence is here. */
  #floor: number
  #newest: number

  constructor(after: number) {
    this.#floor = after
    this.#newest = after
  }

  get newest(): number {
    return this.#newest
  }

  add(fact: Stored<TaggedItem>): LiveItem {
    const item = liveItemOf(fact)
    this.#items.delete(item.id)
    this.#items.set(item.id, item)
    this.#newest = item.sequence
    for (const [id, { sequence }] of this.#items) {
      if (this.#items.size <= liveLimits.itemsKeptMax) break
      this.#items.delete(id)
      this.#floor = sequence
    }
    return item
  }

  /** What came behind a sequence, in order; undefined where that is not known any more. */
  after(sequence: number): LiveItem[] | undefined {
    if (sequence < this.#floor || sequence > this.#newest) return undefined
    return [...this.#items.values()].filter((item) => item.sequence > sequence)
  }
}

export function liveItemOf({ value, sequence }: Stored<TaggedItem>): LiveItem {
  const item = outward(value)
  const codes = (isWanted: (scheme: string) => boolean) =>
    item.tags.filter(({ scheme }) => isWanted(scheme)).map(({ code }) => code)
  const data = JSON.stringify({
    ...{ id: item.id, version: item.version, change: item.change },
    headline: beginningOf(item.headline),
    ...{ wire: item.wire, language: item.language, publishedAt: item.published },
    regions: codes((scheme) => scheme !== 'medtop' && scheme !== 'lang'),
    topics: codes((scheme) => scheme === 'medtop'),
    status: item.status,
  })
  return { sequence, id: item.id, isPrivate: item.rights === 'private', data }
}

/** The whole stands on the item's page. */
function beginningOf(headline: string): string {
  const { headlineCharsMax } = liveLimits
  if (headline.length <= headlineCharsMax) return headline
  // Never the first half of a character.
  return `${headline.slice(0, headlineCharsMax).replace(/[\ud800-\udbff]$/, '')} …`
}
