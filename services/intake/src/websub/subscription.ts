import type { HubSubscription } from '@newswire/model'
import { backOff, intakeLimits } from '../limits.js'

/** What is to be done about a subscription now. */
export type Step =
  | { readonly kind: 'ask' }
  | { readonly kind: 'rest'; readonly ms: number }
  | { readonly kind: 'forget' }

const secondMs = 1_000

/**
 * ```
 * subscribe    never asked            ask
 *              asked, not confirmed   ask again after 10 min, 20, 40 … 6 h
 *              confirmed              ask again at 80 % of the lease
 *              denied                 ask again after a day
 * unsubscribe  hub knows nothing, or its lease is over, or it was asked three times: forget
 *              else                   ask, and again after 10 min, 20
 * ```
 */
export function stepOf(row: HubSubscription, now: Date): Step {
  const at = now.getTime()
  if (row.wish === 'unsubscribe' && isForgettable(row, at)) return { kind: 'forget' }
  const dueAt = dueAtOf(row)
  return dueAt <= at ? { kind: 'ask' } : { kind: 'rest', ms: dueAt - at }
}

/** Whether the hub pushes now, as far as we know. */
export function isActive(row: HubSubscription, now: Date): boolean {
  return row.wish === 'subscribe' && row.deniedAt === undefined && leaseEnd(row) > now.getTime()
}

/** When the hub forgets us; 0 where it never confirmed. Milliseconds since 1970. */
export function leaseEnd({ verifiedAt, leaseSeconds = 0 }: HubSubscription): number {
  return verifiedAt === undefined ? 0 : Date.parse(verifiedAt) + leaseSeconds * secondMs
}

/** Whether a confirmation of the hub is one that we wait for: what was asked, and not long ago. */
export function isAwaited(row: HubSubscription, mode: string, topic: string, now: Date): boolean {
  if (row.askedAt === undefined || mode !== row.wish || topic !== row.topic) return false
  return now.getTime() <= Date.parse(row.askedAt) + waitMs(row.tries)
}

function isForgettable(row: HubSubscription, at: number): boolean {
  const isUnknown = leaseEnd(row) <= at
  const { unsubscribeTriesMax } = intakeLimits
  return isUnknown || (row.tries >= unsubscribeTriesMax && dueAtOf(row) <= at)
}

function dueAtOf(row: HubSubscription): number {
  const { deniedRestMs, leaseRenewShare } = intakeLimits
  if (row.deniedAt !== undefined) return Date.parse(row.deniedAt) + deniedRestMs
  if (row.askedAt === undefined) return 0
  const isConfirmed = row.tries === 0 && row.verifiedAt !== undefined
  if (!isConfirmed) return Date.parse(row.askedAt) + waitMs(row.tries)
  const lifeMs = (row.leaseSeconds ?? 0) * secondMs
  return Date.parse(row.verifiedAt ?? row.askedAt) + lifeMs * leaseRenewShare
}

function waitMs(tries: number): number {
  return Math.min(intakeLimits.verifyMs * 2 ** Math.max(0, tries - 1), backOff.lastMs)
}
