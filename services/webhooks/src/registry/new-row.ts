import { randomBytes } from 'node:crypto'
import { type Caller, Problem } from '@newswire/http'
import type { SecretBox } from '@newswire/runtime'
import { type EventType, eventTypes } from '../deliver/events.js'
import { isOnBus } from '../onto-bus/subscription.js'
import { filterOf } from './filter-of.js'
import { given } from './given.js'
import { sealHeaders, withKept } from './own-headers.js'
import { type NewWebhook, secretOf } from './requests.js'
import { freshSigningKey, hasKeyPair } from './rotation.js'
import { pendingSince, verified } from './status.js'
import type { WebhookRow } from './webhook-row.js'

const idBytes = 12

export function newWebhookId(wish: Pick<NewWebhook, 'target'>): string {
  return `${isOnBus(wish) ? 'bus' : 'wh'}_${randomBytes(idBytes).toString('base64url')}`
}

interface NewRowOptions {
  readonly id: string
  /** Checked; empty on the bus. */
  readonly url: string
  readonly caller: Caller
  readonly now: string
  readonly since: number
  readonly secrets: SecretBox
}

/** The row of a registration. Problem 422 where its filter, secret or headers cannot be used. */
export function newRow(
  wish: NewWebhook,
  { id, url, caller, now, since, secrets }: NewRowOptions,
): WebhookRow {
  const { name, description, ratePerSecond, concurrency, paused, signature } = wish
  const headers = wish.headers && withKept(sealHeaders(wish.headers, { id, secrets }))
  const signingKey = hasKeyPair(signature) ? freshSigningKey(id, secrets) : undefined
  const { target } = wish
  const isVerified = isOnBus(wish) || wish.verify === false
  return {
    id,
    owner: caller.keyId,
    url,
    ...given({ target }),
    filter: filterOf(wish.filter ?? {}),
    events: eventsOf(wish),
    format: wish.format ?? 'newswire',
    secret: secrets.seal(secretOf(wish.secret), id),
    ...given({ name, description, headers, ratePerSecond, concurrency, paused }),
    ...given({ signature, signingKey }),
    ...(isVerified ? { ...verified(given({ paused }), now), verifiedAt: now } : pendingSince(now)),
    createdAt: now,
    updatedAt: now,
    since,
    seesPrivate: caller.role === 'admin',
  }
}

/** The first that anybody is told of an item is that it was published; all else comes behind it. */
function eventsOf({ events = [...eventTypes] }: NewWebhook): EventType[] {
  if (events.includes('item.published')) return events
  throw new Problem({
    status: 422,
    slug: 'nothing-published',
    title: 'The webhook would never get anything',
    detail:
      'Add item.published to `events`: corrections, updates and withdrawals are told only to who was sent the item before.',
  })
}
