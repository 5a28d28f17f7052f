import type { NormalizedItem } from './item.js'

/**
 * What a log line may say of an item: its id and version, or, while its embargo holds, only where
 * the raw item stands in stream RAW.
 */
export function trace(
  item: Pick<NormalizedItem, 'id' | 'version' | 'embargoUntil' | 'precedence'>,
  now: Date,
): { item: string; version: number } | { raw: number } {
  if (isEmbargoed(item, now)) return { raw: item.precedence.rawSequence }
  return { item: item.id, version: item.version }
}

/** Whether the item may not be seen outside at this instant. */
export function isEmbargoed(item: Pick<NormalizedItem, 'embargoUntil'>, now: Date): boolean {
  return item.embargoUntil !== undefined && Date.parse(item.embargoUntil) > now.getTime()
}
