import type { Redis } from 'ioredis'
import { deliveryKeys } from './delivery-keys.js'
import type { DeliveryStand } from './delivery-log.js'
import { readLines } from './find-in-plans.js'
import { readPlans } from './load.js'
import { letterOf } from './pack.js'

/** By the letters of the plans alone, unless the version was planned more than once. */
export async function readStand(
  redis: Redis,
  item: string,
  version: number,
): Promise<DeliveryStand> {
  const text = (await redis.hget(deliveryKeys.items, item)) ?? ''
  const rows = await readPlans(redis, text.split(' ').filter(Boolean).map(Number))
  const plans = [...rows.values()].filter(({ head }) => head.version >= version)
  const [only] = plans
  if (only === undefined) return countOf([])
  if (plans.length === 1) return countOf([...only.states])
  const lines = await readLines(redis, new Set(plans.map(({ plan }) => plan)))
  const newest = new Map<string, string>()
  for (const { plan, states } of plans.toSorted((a, b) => a.plan - b.plan)) {
    for (const [at, { endpoint }] of (lines.get(plan) ?? []).entries()) {
      const letter = states[at] ?? '-'
      if (letter !== letterOf.superseded && letter !== '-') newest.set(endpoint, letter)
    }
  }
  return countOf([...newest.values()])
}

/** What gave way to a newer version, or is not kept, counts for nobody. */
function countOf(letters: readonly string[]): DeliveryStand {
  const of = (...wanted: string[]) => letters.filter((letter) => wanted.includes(letter)).length
  const acknowledged = of(letterOf.delivered)
  const pending = of(letterOf.waiting, letterOf.retry)
  const failed = of(letterOf.failed)
  return { receivers: acknowledged + pending + failed, acknowledged, pending, failed }
}
