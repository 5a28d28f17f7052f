import { endpointSchema, shortHash } from '@newswire/model'
import { z } from 'zod'

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
  /** The secret before the last rotation; it signs too until then. */
  oldSecret: z.object({ secret: z.string(), until: z.iso.datetime() }).optional(),
})

export type WebhookRow = z.infer<typeof webhookRowSchema>

/** A fixed share of all endpoints, by a hash of the id. */
export function shardOf(endpoint: string, shards: number): number {
  const hash = Buffer.from(shortHash('shard', endpoint), 'base64url')
  return hash.readUInt32BE(0) % shards
}
