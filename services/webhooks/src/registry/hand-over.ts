import type { Register } from '@newswire/bus'
import { type Caller, isRevoked, type KeyRow, Problem } from '@newswire/http'
import type { WebhookChange } from './requests.js'
import type { WebhookRow } from './webhook-row.js'

/** The key behind an id; undefined where none stands under it. */
export type KeyOf = (id: string) => Promise<Caller | undefined>

/** Asks the register itself: what a server remembers may have ended a moment ago. */
export function createKeyOf(keys: Pick<Register<KeyRow>, 'get'>): KeyOf {
  return async (key) => {
    const row = (await keys.get(key))?.value
    if (!row || isRevoked(row)) return undefined
    return { keyId: row.id, role: row.role, name: row.name }
  }
}

/**
 * Whom a change hands the webhook to; undefined where it stays. Problem 403 where the caller is no
 * admin, 422 where no key that may have webhooks stands under the id.
 */
export async function newOwnerOf(
  { owner }: Pick<WebhookChange, 'owner'>,
  caller: Caller,
  keyOf: KeyOf,
): Promise<Caller | undefined> {
  if (owner === undefined) return undefined
  if (caller.role !== 'admin') throw notYours()
  const found = owner === caller.keyId ? caller : await keyOf(owner)
  if (found && found.role !== 'ingest') return found
  throw new Problem({
    status: 422,
    slug: 'unknown-owner',
    title: 'The webhook cannot be handed over',
    detail: `No key that may have webhooks stands under the id ${JSON.stringify(owner)}: name an admin's or a subscriber's from GET /api/v1/keys.`,
  })
}

/** Private items never come to an address by its new owner: it was not theirs to look into. */
export function handedTo(owner: Caller | undefined): (row: WebhookRow) => Partial<WebhookRow> {
  if (!owner) return () => ({})
  const { keyId, role } = owner
  return ({ seesPrivate }) => ({ owner: keyId, seesPrivate: seesPrivate && role === 'admin' })
}

/** Problem 409 where a change wakes what stopped with its key, and leaves it to that key. */
export async function requireOwner(
  wish: WebhookChange,
  row: WebhookRow,
  keyOf: KeyOf,
): Promise<void> {
  const wakes = wish.status === 'active' || wish.url !== undefined
  if (!wakes || wish.owner !== undefined || row.status !== 'disabled') return
  if (row.disabled?.because !== 'revoked' || (await keyOf(row.owner))) return
  throw new Problem({
    status: 409,
    slug: 'key-revoked',
    title: 'The key of the webhook was revoked',
    detail: 'Hand it to a key that stands: send the id of that key as `owner` along.',
  })
}

function notYours(): Problem {
  return new Problem({
    status: 403,
    slug: 'wrong-role',
    title: 'The key may not do this',
    detail: 'Only an admin may hand a webhook to another key. Leave `owner` out.',
  })
}
