import { issuerSlug, parseFilter, type TaggedItem } from '@newswire/model'
import type { Store } from '@newswire/store'
import { type Access, mayRead } from './private/access.js'

/** Newest items of the issuer that are looked at, and those of the story that are told. */
const issuerItemsMax = 200
const storyItemsMax = 20

export interface StoryOptions {
  readonly store: Pick<Store, 'query' | 'publicItem'>
  readonly access: Access | undefined
}

/** As much of an item as a link to it needs. */
export interface StoryItem {
  readonly id: string
  readonly wire: string
  readonly language: string
  readonly headline: string
  readonly published: string
  readonly status: TaggedItem['status']
}

/** Other public items that tell the same release: the first one, and its issuer's newest. */
export async function readStory(
  { store, access }: StoryOptions,
  item: TaggedItem,
): Promise<StoryItem[]> {
  const story = item.story ?? item.id
  const slug = issuerSlug(item.issuer.name)
  const [first, page] = await Promise.all([
    story === item.id ? undefined : store.publicItem(story),
    slug === ''
      ? undefined
      : store.query({ filter: parseFilter({ issuer: [slug] }), limit: issuerItemsMax }),
  ])
  const near = [...(first ? [first] : []), ...(page?.items ?? [])].map((found) => found.item)
  const others = near.filter((other) => {
    const isOther = other.id !== item.id && (other.id === story || other.story === story)
    return isOther && other.status === 'usable' && mayRead(other, access)
  })
  const told = new Map(others.map((other) => [other.id, toldOf(other)]))
  return [...told.values()].slice(0, storyItemsMax)
}

function toldOf({ id, wire, language, headline, published, status }: TaggedItem): StoryItem {
  return { id, wire, language, headline, published, status }
}
