import type { FeedAddress } from '../address.js'
import type { Rendering } from '../renderings.js'
import type { Content } from './lane.js'
import type { Topics } from './topics.js'

/** What subscribers are sent of a rendering. */
export type Sent = Pick<Rendering, 'plain' | 'etag'>

export interface ContentsOptions {
  readonly renderings: { get(address: FeedAddress): Promise<Sent> }
  readonly topics: Pick<Topics, 'seen' | 'fellBack'>
  /** Up to where TAGGED is in the read model. */
  readonly position: () => Promise<number>
}

export interface Found {
  readonly rendering: Sent
  readonly content: Content
}

/** Renderings, with between which changes they were made. */
export interface Contents {
  readonly position: () => Promise<number>
  /** `undefined` where the read model fell back meanwhile: it is being made again. */
  get(address: FeedAddress): Promise<Found | undefined>
}

/**
 * A rendering may be kept from when this process was last told of a change, or hold what another
 * process has written since: so it lies between `complete` and `newest`.
 */
export function createContents({ renderings, topics, ...options }: ContentsOptions): Contents {
  async function position(): Promise<number> {
    const { seen } = topics
    const at = await options.position()
    // A change is told when the read model has it: one that has less was emptied since.
    if (at < seen) topics.fellBack()
    return at
  }

  return {
    position,
    async get(address) {
      const before = await position()
      const { seen } = topics
      const rendering = await renderings.get(address)
      const newest = await position()
      if (newest < before) return undefined
      const { etag } = rendering
      return { rendering, content: { etag, complete: Math.min(seen, before), newest } }
    },
  }
}
