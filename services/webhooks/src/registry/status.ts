import type { WebhookChange } from './requests.js'
import type { WebhookRow } from './webhook-row.js'

/** The owner's wish, which waits until there is something to pause. */
export function isPaused({ status, paused }: WebhookRow): boolean {
  return status === 'paused' || (status !== 'active' && paused === true)
}

/** Whether the address as it stands has answered its challenge, or was spared it by an admin. */
export function isAddressVerified({ status, verifiedAt }: WebhookRow): boolean {
  if (status === 'active' || status === 'paused') return true
  return status === 'disabled' && verifiedAt !== undefined
}

type Status = Pick<WebhookRow, 'status' | 'reason' | 'pendingSince' | 'activeSince' | 'paused'>

export function pendingSince(now: string): Status {
  const reason = 'Waits for its endpoint to answer webhook.verify with the challenge.'
  return { status: 'pending', reason, pendingSince: now }
}

/** What a webhook is whose address is verified: at work, or paused as its owner wishes. */
export function verified(
  { activeSince, paused }: Pick<WebhookRow, 'activeSince' | 'paused'>,
  now: string,
): Status {
  if (paused === true) return { status: 'paused' }
  return { status: 'active', activeSince: activeSince ?? now }
}

/**
 * Another address verifies again, and so does what was disabled or never answered: a disabled
 * webhook by whatever address it is given, be it the one that it has.
 */
export function withStatus(row: WebhookRow, wish: WebhookChange, now: string): WebhookRow {
  const { reason: _, pendingSince: __, ...rest } = row
  const paused = pauseOf(wish) ?? isPaused(row)
  const isWaiting = row.status === 'pending' || row.status === 'disabled'
  const isMoved = wish.url !== undefined && (wish.url !== row.url || row.status === 'disabled')
  if (isMoved || (wish.status === 'active' && isWaiting)) {
    const { verifiedAt: ___, ...unverified } = rest
    return { ...unverified, ...pendingSince(now), paused }
  }
  if (isWaiting) return { ...row, paused }
  return { ...rest, ...verified({ ...rest, paused }, now), paused }
}

/** `status` wishes the same as `paused` does; the request schema sees to it that both agree. */
function pauseOf({ status, paused }: WebhookChange): boolean | undefined {
  return status === undefined ? paused : status === 'paused'
}
