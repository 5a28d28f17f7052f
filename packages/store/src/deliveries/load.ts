import type { Redis } from 'ioredis'
import { deliveryKeys } from './delivery-keys.js'
import type { LoggedDelivery } from './delivery-log.js'
import { type EndpointRow, type PlanRow, unpackEndpoint, unpackPlan, unpackRecord } from './pack.js'

/** A delivery as its endpoint knows it. */
export interface DeliveryRef {
  readonly endpoint: string
  readonly sequence: number
}

export async function readEndpoint(
  redis: Redis,
  endpoint: string,
): Promise<EndpointRow | undefined> {
  const text = await redis.hget(deliveryKeys.endpoints, endpoint)
  return text === null ? undefined : unpackEndpoint(text)
}

/** Those that stand, by plan. */
export async function readPlans(
  redis: Redis,
  plans: readonly number[],
): Promise<ReadonlyMap<number, PlanRow>> {
  if (plans.length === 0) return new Map()
  const texts = await redis.hmget(deliveryKeys.plans, ...plans.map(String))
  const rows = plans.flatMap((plan, at) => {
    const text = texts[at]
    return text ? [[plan, unpackPlan(plan, text)] as const] : []
  })
  return new Map(rows)
}

/** Whole, in the order of the references; undefined for those that are not kept. */
export async function loadDeliveries(
  redis: Redis,
  refs: readonly DeliveryRef[],
): Promise<(LoggedDelivery | undefined)[]> {
  const texts = await Promise.all(
    refs.map(({ endpoint, sequence }) =>
      redis.hget(deliveryKeys.ofPrefix + endpoint, String(sequence)),
    ),
  )
  const records = texts.map((text) => (text === null ? undefined : unpackRecord(text)))
  const plans = new Set(records.flatMap((record) => (record ? [record.plan] : [])))
  const rows = await readPlans(redis, [...plans])
  return refs.map(({ endpoint, sequence }, at) => {
    const record = records[at]
    const head = record && rows.get(record.plan)?.head
    if (!record || !head) return undefined
    const { id, previous, state, attempts } = record
    const before = previous === undefined ? {} : { previous }
    return { id, endpoint, ...head, sequence, ...before, state, attempts }
  })
}
