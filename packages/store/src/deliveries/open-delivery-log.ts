import type { Redis } from 'ioredis'
import { readMark } from '../mark.js'
import { deliveryKeys } from './delivery-keys.js'
import type { DeliveryCounts, DeliveryLog } from './delivery-log.js'
import { findAnswered } from './find-answered.js'
import { findAtEndpoint } from './find-at-endpoint.js'
import { deliveriesOfItem, findInPlans } from './find-in-plans.js'
import { loadDeliveries, readEndpoint } from './load.js'
import { readOpen } from './open.js'
import { idKeyOf, nameBucketOf, unpackEndpoint, unpackLines } from './pack.js'
import { readStand } from './stand.js'

/** The read model of stream DELIVERIES for reading. */
export function openDeliveryLog(redis: Redis): DeliveryLog {
  return {
    position: async () => (await readMark(redis, deliveryKeys.mark))?.position ?? 0,
    find: (query) =>
      query.endpoint !== undefined && query.item === undefined
        ? findAtEndpoint(redis, query.endpoint, query)
        : findInPlans(redis, query),
    async one(endpoint, delivery) {
      const found = await readNamed(redis, delivery)
      return found?.endpoint === endpoint ? found : undefined
    },
    named: (delivery) => readNamed(redis, delivery),
    answered: (status, limit) => findAnswered(redis, status, limit),
    after: (endpoint, { sequence, limit }) => readAfter(redis, endpoint, sequence, limit),
    ofItem: (item, endpoint) => deliveriesOfItem(redis, item, endpoint),
    open: () => readOpen(redis),
    stand: (item, version) => readStand(redis, item, version),
    counts: (endpoints) => readCounts(redis, endpoints),
  }
}

async function readNamed(redis: Redis, delivery: string) {
  const idKey = idKeyOf(delivery)
  const text = await redis.hget(deliveryKeys.namesPrefix + nameBucketOf(idKey), idKey)
  if (text === null) return undefined
  const [found] = await loadDeliveries(redis, unpackLines(text))
  return found?.id === delivery ? found : undefined
}

async function readAfter(redis: Redis, endpoint: string, after: number, limit: number) {
  const row = await readEndpoint(redis, endpoint)
  if (row === undefined) return { deliveries: [], first: 0, last: 0 }
  const { first, last } = row
  const count = Math.max(0, Math.min(limit, last - after))
  const refs = Array.from({ length: count }, (_, at) => ({ endpoint, sequence: after + 1 + at }))
  const found = await loadDeliveries(redis, refs)
  // What comes after a gap is told once the gap is closed.
  const gap = found.indexOf(undefined)
  const upToGap = gap === -1 ? found : found.slice(0, gap)
  return { deliveries: upToGap.filter((each) => each !== undefined), first, last }
}

async function readCounts(
  redis: Redis,
  endpoints: readonly string[],
): Promise<ReadonlyMap<string, DeliveryCounts>> {
  if (endpoints.length === 0) return new Map()
  const texts = await redis.hmget(deliveryKeys.endpoints, ...endpoints)
  const rows = endpoints.flatMap((endpoint, at) => {
    const text = texts[at]
    return text ? [[endpoint, unpackEndpoint(text).counts] as const] : []
  })
  return new Map(rows)
}
