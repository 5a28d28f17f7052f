import type { DeliveryPage, DeliveryPlace, DeliveryQuery, LoggedDelivery } from './delivery-log.js'
import { deliveryReadLimits as limits } from './limits.js'
import { letterOf, lettersOf } from './pack.js'

export function passes(query: DeliveryQuery, delivery: LoggedDelivery): boolean {
  const { endpoint, item, state } = query
  return (
    (endpoint === undefined || delivery.endpoint === endpoint) &&
    (item === undefined || delivery.item === item) &&
    (state === undefined || lettersOf(state).includes(letterOf[delivery.state])) &&
    isWithin(query, delivery.plannedAt)
  )
}

export function hasTime({ from, to }: DeliveryQuery): boolean {
  return from !== undefined || to !== undefined
}

export function isWithin({ from, to }: DeliveryQuery, plannedAt: Date): boolean {
  return (from === undefined || plannedAt >= from) && (to === undefined || plannedAt < to)
}

/** So old that nothing before it in the ledger can be within the time, whoever's clock it was. */
export function isBeforeAll({ from }: DeliveryQuery, plannedAt: Date): boolean {
  return from !== undefined && plannedAt.getTime() < from.getTime() - limits.clockSkewMs
}

/** So new that nothing after it in the ledger can be within the time. */
export function isAfterAll({ to }: DeliveryQuery, plannedAt: Date): boolean {
  return to !== undefined && plannedAt.getTime() >= to.getTime() + limits.clockSkewMs
}

/** One more than the limit tells that there is a next page. */
export function cutPage<T extends LoggedDelivery>(
  found: readonly T[],
  limit: number,
  placeOf: (last: T) => DeliveryPlace,
): DeliveryPage {
  const last = found[limit - 1]
  if (found.length <= limit || last === undefined) return { deliveries: found }
  return { deliveries: found.slice(0, limit), next: placeOf(last) }
}
