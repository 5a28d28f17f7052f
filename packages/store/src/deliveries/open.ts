import type { Redis } from 'ioredis'
import { deliveryKeys } from './delivery-keys.js'
import type { DeliveryLog } from './delivery-log.js'
import { deliveryReadLimits as limits } from './limits.js'
import { readPlans } from './load.js'
import { openLetters } from './pack.js'

/** Told by the counts of the blocks of plans; of the oldest block with an open one, its plans. */
export async function readOpen(redis: Redis): ReturnType<DeliveryLog['open']> {
  const rows = await Promise.all(
    openLetters.map((letter) => redis.hgetall(deliveryKeys.blocksPrefix + letter)),
  )
  const blocks = rows.flatMap((row) => Object.entries(row))
  const count = blocks.reduce((sum, [, deliveries]) => sum + Number(deliveries), 0)
  if (count === 0) return { count }
  const oldest = blocks.reduce((least, [block]) => Math.min(least, Number(block)), Infinity)
  const [floor, top] = [oldest * limits.blockPlaces, (oldest + 1) * limits.blockPlaces - 1]
  const places = await redis.zrangebyscore(deliveryKeys.order, floor, top)
  const plans = await readPlans(redis, places.map(Number))
  const open = [...plans.values()].find(({ states }) =>
    openLetters.some((letter) => states.includes(letter)),
  )
  return open === undefined ? { count } : { count, oldestAt: open.head.plannedAt }
}
