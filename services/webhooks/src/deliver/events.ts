import type { TaggedItem } from '@newswire/model'
import type { WebhookRow } from '../registry/webhook-row.js'

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
  // Withheld is not for publication: whoever has the text is to let go of it.
  if (item.status !== 'usable') return 'item.withdrawn'
  if (!knows) return 'item.published'
  return item.change === 'correction' ? 'item.corrected' : 'item.updated'
}

/** What a webhook is told of an item; undefined where it is told nothing. */
export function eventFor(
  row: Pick<WebhookRow, 'events' | 'seesPrivate'>,
  item: Pick<TaggedItem, 'status' | 'change' | 'rights'>,
  knows: boolean,
): EventType | undefined {
  const type = eventTypeOf(item, knows)
  if (type === 'item.withdrawn') return type
  if (!row.events.includes(type)) return undefined
  return item.rights === 'private' && !row.seesPrivate ? undefined : type
}

/** The body of a call, Standard Webhooks 1.0, "Payload". */
export function renderEvent(type: string, timestamp: Date, data: unknown): string {
  return JSON.stringify({ type, timestamp: timestamp.toISOString(), data })
}
