import type { Bus } from '@newswire/bus'
import { aliasSchema, type NormalizedItem, openFlags, toToken } from '@newswire/model'
import type { Redis } from 'ioredis'
import { itemKeys } from './keys.js'
import { readLimits } from './limits.js'
import type { OpenMatter } from './store.js'

/** KEYS[3] and KEYS[4] are the open matters. An empty matter leaves the list. */
export const openWriteLua = `
local function keepOpen(limits, id, sequence, matter)
  if matter == '' then
    redis.call('ZREM', KEYS[3], id)
    redis.call('HDEL', KEYS[4], id)
    return
  end
  redis.call('ZADD', KEYS[3], sequence, id)
  redis.call('HSET', KEYS[4], id, matter)
  if redis.call('ZCARD', KEYS[3]) > limits.open then
    local oldest = redis.call('ZPOPMIN', KEYS[3])
    redis.call('HDEL', KEYS[4], oldest[1])
  end
end
`

/** What waits, as JSON; empty where nothing does. */
export function matterOf(item: NormalizedItem): string {
  const flags = item.flags.filter((flag) => (openFlags as readonly string[]).includes(flag))
  // A notice may have come in as a withdrawal; an item that was taken back later is settled.
  const isSettled = item.status === 'canceled' && item.version > 1
  if (flags.length === 0 || isSettled) return ''
  const { id, wire, version, status, headline, issuer, published, received } = item
  const { embargoUntil, notice } = item
  const matter: OpenMatter = {
    id,
    wire,
    version,
    status,
    flags,
    headline,
    issuer: issuer.name,
    published,
    received,
    ...(embargoUntil === undefined ? {} : { embargoUntil }),
    ...(notice === undefined ? {} : { notice }),
  }
  return JSON.stringify(matter)
}

/** Those that a person has joined to another item are settled, though they stand as they stood. */
export async function readOpenMatters(
  redis: Redis,
  bus: Bus,
  limit: number,
): Promise<OpenMatter[]> {
  const aliases = await bus.register('aliases', aliasSchema)
  const matters: OpenMatter[] = []
  for (let from = 0; matters.length < limit; from += readLimits.readsAtOnceMax) {
    const ids = await redis.zrevrange(itemKeys.open, from, from + readLimits.readsAtOnceMax - 1)
    if (ids.length === 0) break
    const texts = await redis.hmget(itemKeys.openFull, ...ids)
    const joined = await Promise.all(ids.map((id) => aliases.get(toToken(id))))
    const open = texts.filter((text, at) => text !== null && joined[at] === undefined)
    matters.push(...open.map((text) => JSON.parse(text ?? '') as OpenMatter))
  }
  return matters.slice(0, limit)
}
