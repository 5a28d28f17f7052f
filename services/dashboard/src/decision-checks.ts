import { Problem } from '@newswire/http'
import { type Alias, isEmbargoed } from '@newswire/model'
import type { ItemState, PublicItem } from '@newswire/store'

/** What can't be decided is refused at once, with what to do instead. */

export function noItem(id: string): Problem {
  return new Problem({
    status: 404,
    slug: 'unknown-item',
    title: 'There is no such item',
    detail: `No item has the id ${id}. Check it, or look the item up in GET /api/v1/items.`,
  })
}

export function isJoined({ item }: Alias, todo: string): Problem {
  return new Problem({
    status: 409,
    slug: 'joined-item',
    title: 'The item was joined to another one',
    detail: `It came in as a notice about ${item}: ${todo}.`,
    extra: { item },
  })
}

export function checkNotErased({ lineage }: ItemState): void {
  if (!lineage.at(-1)?.erased) return
  throw new Problem({
    status: 409,
    slug: 'erased',
    title: 'The item was erased by law',
    detail: 'Nothing can be done to it any more.',
  })
}

/** Something must hold the item: an embargo, or a person who withdrew it. */
export function checkReleasable(item: ItemState, now: Date): void {
  checkNotErased(item)
  const { status, embargoUntil, lineage } = item
  const isHeld = embargoUntil !== undefined && isEmbargoed({ embargoUntil }, now)
  if (status === 'canceled' ? lineage.at(-1)?.byPerson : isHeld) return
  const detail =
    status === 'canceled'
      ? 'The source withdrew it, and only a newer version of the source brings it back.'
      : 'No embargo holds it, and no person withdrew it.'
  throw new Problem({
    status: 409,
    slug: 'nothing-to-release',
    title: 'There is nothing to release',
    detail,
  })
}

/** Exactly one of the two can be said at a time. */
export function checkLink<T extends { corrects?: unknown; story?: unknown }>(body: T): T {
  if ((body.corrects === undefined) !== (body.story === undefined)) return body
  throw new Problem({
    status: 422,
    slug: 'invalid-body',
    title: 'The body is not as it must be',
    detail:
      'Send either {"corrects": "<id>"}, the item that this notice speaks of, or {"story": "<id>"}, null for none.',
  })
}

export function checkJoinable(item: ItemState, alias: Alias | undefined): void {
  checkNotErased(item)
  if (alias) throw isJoined(alias, 'use that one')
}

export function checkOther(id: string, target: string): void {
  if (id !== target) return
  throw new Problem({
    status: 409,
    slug: 'same-item',
    title: 'The item can’t be a notice about itself',
    detail: 'The path names the notice; name in `corrects` the other item, of which it speaks.',
  })
}

export function checkUsable({ status }: ItemState): void {
  if (status !== 'canceled') return
  throw new Problem({
    status: 409,
    slug: 'withdrawn',
    title: 'The item is withdrawn',
    detail: 'It tells nothing any more. Release it first, where a person withdrew it.',
  })
}

/** The id of a held or a private item must not get out as the story of another one. */
export function checkStory(
  id: string,
  story: string,
  { own, other }: { readonly own: PublicItem | undefined; readonly other: PublicItem | undefined },
): void {
  const detail = whyNoStory(id === story, own?.item, other?.item)
  if (detail === undefined) return
  const title = 'The item can’t tell this story'
  throw new Problem({ status: 409, slug: 'no-story', title, detail })
}

type Seen = PublicItem['item'] | undefined

function whyNoStory(isItself: boolean, own: Seen, other: Seen): string | undefined {
  if (isItself) return 'It is itself: send null.'
  if (other === undefined) return 'The other item is not public yet.'
  if (other.rights !== 'private') return undefined
  if (own?.rights === 'private' && own.source === other.source) return undefined
  return 'The other item is private: only items of its own source may name it.'
}
