import { Problem } from '@newswire/http'
import type { SecretBox } from '@newswire/runtime'
import { newKeyPair } from '../deliver/key-pair.js'
import { newSecret } from '../deliver/signature.js'
import { isOnBus } from '../onto-bus/subscription.js'
import { signingKeyContext } from './sealed.js'
import type { WebhookRow } from './webhook-row.js'

/** What was rotated goes on signing beside the new for this long. */
const oldKeysMs = 24 * 60 * 60 * 1_000
/** Rotations within that time: each adds to every signature and to every attempt. */
const oldKeysMax = 3

type SigningKey = NonNullable<WebhookRow['signingKey']>

export function hasKeyPair(signature: WebhookRow['signature']): boolean {
  return signature === 'ed25519' || signature === 'both'
}

export function freshSigningKey(id: string, secrets: SecretBox): SigningKey {
  const pair = newKeyPair()
  return { private: secrets.seal(pair.private, signingKeyContext(id)), public: pair.public }
}

/**
 * New keys of all kinds that the row has; those that stood sign too for `oldKeysMs`. Problem 409
 * where so many do so already that one of them would have to end before its time.
 */
export function rotationOf(
  id: string,
  { now, secrets }: { readonly now: Date; readonly secrets: SecretBox },
): (row: WebhookRow) => WebhookRow {
  const secret = secrets.seal(newSecret(), id)
  const signingKey = freshSigningKey(id, secrets)
  const until = new Date(now.getTime() + oldKeysMs).toISOString()
  return (row) => {
    const valid = (row.oldKeys ?? []).filter((old) => Date.parse(old.until) > now.getTime())
    const [oldest] = valid.slice(oldKeysMax - 1)
    if (oldest) throw tooOften(oldest.until)
    const pair = row.signingKey === undefined ? {} : { signingKey: row.signingKey }
    return {
      ...row,
      secret,
      ...(row.signingKey === undefined ? {} : { signingKey }),
      oldKeys: [{ secret: row.secret, ...pair, until }, ...valid],
      updatedAt: now.toISOString(),
    }
  }
}

/** The secret as it is shown; undefined where it does not sign. */
export function shownSecret(row: WebhookRow, secrets: SecretBox): string | undefined {
  return row.signature === 'ed25519' || isOnBus(row) ? undefined : secrets.open(row.secret, row.id)
}

/** What was rotated and still signs. */
export interface OldKey {
  /** RFC 3339. */
  readonly until: string
  /** Absent where only the key pair signs. */
  readonly secret?: string
  readonly publicKey?: string
}

/** As they are shown to who rotates: whoever holds the new one may see the old ones too. */
export function shownOldKeys(row: WebhookRow, secrets: SecretBox): OldKey[] {
  const { signature = 'hmac', oldKeys = [] } = row
  return oldKeys.map(({ secret, signingKey, until }) => ({
    until,
    ...(signature === 'ed25519' ? {} : { secret: secrets.open(secret, row.id) }),
    ...(signature === 'hmac' || !signingKey ? {} : { publicKey: signingKey.public }),
  }))
}

function tooOften(until: string): Problem {
  return new Problem({
    status: 409,
    slug: 'rotated-too-often',
    title: 'The secret was rotated too often',
    detail: `Old secrets sign for 24 hours, and ${oldKeysMax} of them do. Rotate again after ${until}.`,
  })
}
