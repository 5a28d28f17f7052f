import { createHmac, type KeyObject, randomBytes, sign } from 'node:crypto'

/** Standard Webhooks 1.0, "Signature scheme": a symmetric secret has 24 to 64 bytes. */
export const secretBytes = { min: 24, made: 32, max: 64 } as const

const prefix = 'whsec_'

/** The bytes of a secret sign as `v1` (HMAC-SHA256), a private ed25519 key as `v1a`. */
export type SigningKey = Uint8Array | KeyObject

export function newSecret(): string {
  return `${prefix}${randomBytes(secretBytes.made).toString('base64')}`
}

/** The bytes of a secret as it is shown; undefined where it is none. */
export function secretKeyOf(secret: string): Buffer | undefined {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret)) return undefined
  const text = secret.slice(prefix.length)
  const key = Buffer.from(text, 'base64')
  // Node skips what it can't read: only a text that comes out again is base64.
  const isExact = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '')
  return isExact && key.length >= secretBytes.min && key.length <= secretBytes.max ? key : undefined
}

export interface SignedHeaders {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

/**
 * The three headers of Standard Webhooks 1.0: signatures over `id.timestamp.body`, one for each
 * key, so that an old and a new one both verify while one takes the place of the other.
 */
export function signedHeaders({
  id,
  now,
  body,
  keys,
}: {
  readonly id: string
  /** The instant of the attempt. */
  readonly now: Date
  readonly body: string | Uint8Array
  readonly keys: readonly SigningKey[]
}): SignedHeaders {
  const timestamp = String(Math.floor(now.getTime() / 1_000))
  const signatures = keys.map((key) => signatureBy(key, `${id}.${timestamp}.`, body))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}

function signatureBy(key: SigningKey, head: string, body: string | Uint8Array): string {
  if (key instanceof Uint8Array) {
    return `v1,${createHmac('sha256', key).update(head).update(body).digest('base64')}`
  }
  const signed = Buffer.concat([Buffer.from(head), Buffer.from(body)])
  return `v1a,${sign(null, signed, key).toString('base64')}`
}
