import type { TaggedItem } from '@newswire/model'

/** What the token in an address lets its reader see, beside what is public. */
export interface Access {
  /** The token's row, never its text: fit for a cache key. */
  readonly id: string
  /** Register ids of sources, or all of them, also those that come later. */
  readonly sources: 'all' | readonly string[]
}

/**
 * Whether a reader may have the item, in any format. Private ones only by a token for the very
 * source that it came through: a wire's name would open more than somebody meant.
 */
export function mayRead(
  { rights, source }: Pick<TaggedItem, 'rights' | 'source'>,
  access: Access | undefined,
): boolean {
  if (rights !== 'private') return true
  if (access === undefined) return false
  return access.sources === 'all' || access.sources.includes(source)
}
