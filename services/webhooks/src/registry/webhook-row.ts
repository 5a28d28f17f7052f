import { endpointSchema, shortHash } from '@newswire/model'
import { z } from 'zod'

/**
 * What signs, by Standard Webhooks 1.0: a shared secret (`v1`), a key pair (`v1a`), or one of each.
 */
export const signatureKinds = ['hmac', 'ed25519', 'both'] as const

/** An ed25519 key pair: the private half sealed, the public one as it is shown. */
const signingKeySchema = z.object({ private: z.string(), public: z.string() })

/** What this room keeps of a webhook beside what others read. Register `endpoints`, key: `id`. */
export const webhookRowSchema = endpointSchema.extend({
  /** The newest item in stream TAGGED when it was registered: older ones are not for it. */
  since: z.number().int().nonnegative(),
  /** Registered by an admin: it may see items of private sources. */
  seesPrivate: z.boolean(),
  /** When it first took calls; without it no attempt can have been started. */
  activeSince: z.iso.datetime().optional(),
  /** Since when its address waits for its challenge. */
  pendingSince: z.iso.datetime().optional(),
  /** When its address last answered the challenge, or was spared it. */
  verifiedAt: z.iso.datetime().optional(),
  /** Whether its owner wishes it to rest; a pending or disabled one rests once it is verified. */
  paused: z.boolean().optional(),
  /**
   * How it was last disabled by its endpoint, or with its key; that it is, `status` says.
   */
  disabled: z
    .object({
      at: z.iso.datetime(),
      because: z.enum(['failing', 'gone', 'revoked']),
      /** Every attempt has failed since; the same as `at` where it was not its endpoint. */
      since: z.iso.datetime(),
      /** Deliveries that were given up until then. */
      missed: z.number().int().nonnegative(),
      /** The one `webhook.disabled`, and what came of it. */
      told: z.object({ at: z.iso.datetime(), answer: z.string() }).optional(),
    })
    .optional(),
  /** Absent: it is called. `bus`: what it gets is stored in stream OUT, and `url` is empty. */
  target: z.literal('bus').optional(),
  /** A deleted subscription on the bus, until what it was given is gone. */
  retiredAt: z.iso.datetime().optional(),
  /** Default `hmac`. */
  signature: z.enum(signatureKinds).optional(),
  signingKey: signingKeySchema.optional(),
  /** What was rotated, newest first; it signs too until then. */
  oldKeys: z
    .array(
      z.object({
        secret: z.string(),
        signingKey: signingKeySchema.optional(),
        until: z.iso.datetime(),
      }),
    )
    .optional(),
  /** Its own request headers: names in lower case, values sealed. */
  headers: z.record(z.string(), z.string()).optional(),
  /** Attempts that may start in a second; absent: as many as come. */
  ratePerSecond: z.number().int().positive().optional(),
  /** Attempts that may be in flight; absent: what the house allows. */
  concurrency: z.number().int().positive().optional(),
  /** The row of register `idempotencyKeys` that it was registered under. */
  claim: z.string().optional(),
})

export type WebhookRow = z.infer<typeof webhookRowSchema>

/** A fixed share of all endpoints, by a hash of the id. */
export function shardOf(endpoint: string, shards: number): number {
  const hash = Buffer.from(shortHash('shard', endpoint), 'base64url')
  return hash.readUInt32BE(0) % shards
}
