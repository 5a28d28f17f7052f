import type { Stored } from '@newswire/bus'
import type { TaggedItem } from '@newswire/model'
import type { Redis } from 'ioredis'
import { taggedKeys } from './keys.js'
import { readLimits } from './limits.js'
import type { PublicItem } from './store.js'

/**
 * Notes which items were corrected or taken back. Written before the batch itself: what a crash
 * leaves out comes again, and a repeat ends as the stream does.
 */
export async function noteRecalls(
  redis: Redis,
  batch: readonly Stored<TaggedItem>[],
): Promise<void> {
  const newest = new Map(batch.map((fact) => [fact.value.id, fact]))
  const facts = [...newest.values()]
  const recalled = facts.filter(isRecall)
  const gone = facts.filter((fact) => !isRecall(fact)).map(({ value }) => value.id)
  if (gone.length > 0) await redis.zrem(taggedKeys.recalls, ...gone)
  if (recalled.length === 0) return
  const members = recalled.flatMap(({ value, sequence }) => [sequence, value.id])
  await redis.zadd(taggedKeys.recalls, ...members)
  await redis.zremrangebyrank(taggedKeys.recalls, 0, -readLimits.recallsMax - 1)
}

function isRecall({ value }: Stored<TaggedItem>): boolean {
  return value.status === 'canceled' || value.change === 'correction'
}

export async function readRecalls(
  redis: Redis,
  read: (id: string) => Promise<PublicItem | undefined>,
  limit: number,
): Promise<PublicItem[]> {
  const ids = await redis.zrevrange(taggedKeys.recalls, 0, limit - 1)
  const items = await Promise.all(ids.map((id) => read(id)))
  return items.filter((item) => item !== undefined)
}
