import type { Redis } from 'ioredis'
import { deliveryKeys } from './delivery-keys.js'
import type { LoggedDelivery } from './delivery-log.js'
import { deliveryReadLimits as limits } from './limits.js'
import { loadDeliveries } from './load.js'
import { unpackLines } from './pack.js'

/** Deliveries that were answered with a status, the newest answer first. */
export async function findAnswered(
  redis: Redis,
  status: number,
  limit: number,
): Promise<LoggedDelivery[]> {
  const key = deliveryKeys.answersPrefix + status
  const most = limits.lookAtOnceMax
  const found: LoggedDelivery[] = []
  for (let from = 0; found.length < limit; from += most) {
    const lines = await redis.zrevrange(key, from, from + most - 1)
    const loaded = await loadDeliveries(redis, lines.flatMap(unpackLines))
    // What has left since, or of which so old an attempt is not kept, still stands in the set.
    const isAnswered = (each: LoggedDelivery) => each.attempts.some((at) => at.status === status)
    found.push(...loaded.filter((each) => each !== undefined).filter(isAnswered))
    if (lines.length < most) break
  }
  return found.slice(0, limit)
}
