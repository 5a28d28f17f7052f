import { type TaggedItem, toNinjs } from '@newswire/model'

/** What an endpoint can be told of an item. */
export const eventTypes = [
  'item.published',
  'item.updated',
  'item.corrected',
  'item.withdrawn',
] as const
export type EventType = (typeof eventTypes)[number]

/**
 * The type is what *this* endpoint knows: the first version that it acknowledges was published to
 * it, even where the release calls itself a correction.
 */
export function eventTypeOf(
  item: Pick<TaggedItem, 'status' | 'change'>,
  knows: boolean,
): EventType {
  if (item.status === 'canceled') return 'item.withdrawn'
  if (!knows) return 'item.published'
  return item.change === 'correction' ? 'item.corrected' : 'item.updated'
}

/** The body of a call, Standard Webhooks 1.0, "Payload". */
export function renderEvent(type: string, timestamp: Date, data: unknown): string {
  return JSON.stringify({ type, timestamp: timestamp.toISOString(), data })
}

/** `happened` is when the version became public: the same over all attempts. */
export function renderItemEvent(type: EventType, item: TaggedItem, happened: Date): string {
  return renderEvent(type, happened, toNinjs(item))
}
