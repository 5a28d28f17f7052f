import { faultsOfType, Problem } from '@newswire/http'
import { webhookFormats } from '@newswire/model'
import { z } from 'zod'
import { eventTypes } from '../deliver/events.js'
import { newSecret, secretBytes, secretKeyOf } from '../deliver/signature.js'
import { headerLimits, maskedValue } from './own-headers.js'
import { signatureKinds } from './webhook-row.js'

/** Limits of what a registration may say. */
const textLimits = {
  urlCharsMax: 2_000,
  nameCharsMax: 100,
  descriptionCharsMax: 500,
  ownerCharsMax: 200,
} as const
const paceLimits = { ratePerSecondMax: 1_000, concurrencyMax: 32 } as const
const pageLimits = { listMax: 200, cursorCharsMax: 200 } as const

const url = z.string().min(1).max(textLimits.urlCharsMax)
const filter = z
  .record(z.string(), z.unknown())
  .describe('region, topic, lang, source, issuer, q, and not: {…}; {} takes everything.')
const events = z.array(z.enum(eventTypes)).min(1)
const format = z
  .enum(webhookFormats)
  .describe('newswire: ninjs 3.1 in {type, timestamp, data}; cloudevents: 1.0; thin: ids and link.')
const name = z.string().max(textLimits.nameCharsMax)
const description = z.string().max(textLimits.descriptionCharsMax)
const headers = z
  .record(z.string(), z.string())
  .describe(
    `Own request headers, at most ${headerLimits.headersMax}. Values are never shown again: they read "${maskedValue}".`,
  )
const ratePerSecond = z.number().int().min(1).max(paceLimits.ratePerSecondMax)
const concurrency = z.number().int().min(1).max(paceLimits.concurrencyMax)
const signature = z
  .enum(signatureKinds)
  .describe('hmac: v1 by the secret; ed25519: v1a by a key pair, whose public key is shown; both.')
const atMost = 'At most so many attempts'

export const newWebhookSchema = z.strictObject({
  url: url.optional().describe('Where items are posted to: https, without user and password.'),
  target: z
    .literal('bus')
    .optional()
    .describe('Instead of url: stores items in stream OUT, for readers in the house; admins only.'),
  filter: filter.optional(),
  events: events
    .optional()
    .describe('Default: all; item.published among them. What takes an item back always comes.'),
  format: format.optional(),
  name: name.optional(),
  description: description.optional(),
  headers: headers.optional(),
  ratePerSecond: ratePerSecond.optional().describe(`${atMost} start in a second.`),
  concurrency: concurrency.optional().describe(`${atMost} are in flight.`),
  paused: z.boolean().optional().describe('true: what matches waits until it is set to false.'),
  signature: signature.optional(),
  secret: z
    .string()
    .optional()
    .describe(
      `whsec_ and base64 of ${secretBytes.min} to ${secretBytes.max} bytes; else one is made.`,
    ),
  verify: z.boolean().optional().describe('false spares the challenge; admins only.'),
})
export type NewWebhook = z.infer<typeof newWebhookSchema>

export const webhookChangeSchema = z.strictObject({
  url: url
    .optional()
    .describe(
      'Verified anew. At another origin own headers are dropped unless they are sent along.',
    ),
  filter: filter.optional(),
  events: events.optional(),
  format: format.optional(),
  name: name.nullable().optional().describe('null clears it.'),
  description: description.nullable().optional().describe('null clears it.'),
  headers: headers
    .optional()
    .describe(`All of them anew; the value "${maskedValue}" keeps the one that stands.`),
  ratePerSecond: ratePerSecond.nullable().optional().describe('null lifts the limit.'),
  concurrency: concurrency.nullable().optional().describe('null lifts the limit.'),
  paused: z.boolean().optional(),
  signature: signature.optional(),
  owner: z
    .string()
    .max(textLimits.ownerCharsMax)
    .optional()
    .describe('Id of the key that it is handed to; admins only.'),
  status: z
    .enum(['active', 'paused'])
    .optional()
    .describe('active has a pending or disabled webhook asked for its challenge again.'),
})
export type WebhookChange = z.infer<typeof webhookChangeSchema>

/** For the API description and the check of the header. */
export const idempotencyHeaders = {
  type: 'object',
  properties: {
    'idempotency-key': {
      type: 'string',
      pattern: '^[!-~]{1,255}$',
      description: 'The same key with the same body registers one webhook, for 24 hours.',
    },
  },
} as const

export function idempotencyKeyOf(headers: Readonly<Record<string, unknown>>): string | undefined {
  const key = headers['idempotency-key']
  return typeof key === 'string' ? key : undefined
}

export const listQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(pageLimits.listMax).default(pageLimits.listMax),
  cursor: z.string().max(pageLimits.cursorCharsMax).optional(),
})

/** A body in its shape. The server has checked it by the same schema already. */
export function bodyOf<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const read = schema.safeParse(body ?? {})
  if (read.success) return read.data
  throw new Problem({
    status: 422,
    slug: 'invalid-webhook',
    title: 'The webhook cannot be read',
    detail: `${z.prettifyError(read.error)}.`,
    extra: { faults: faultsOfType(read.error, body) },
  })
}

/** The given secret, or a new one. */
export function secretOf(given: string | undefined): string {
  if (given === undefined) return newSecret()
  if (secretKeyOf(given)) return given
  throw new Problem({
    status: 422,
    slug: 'invalid-secret',
    title: 'The secret cannot be used',
    detail: `A secret is whsec_ and the base64 of ${secretBytes.min} to ${secretBytes.max} random bytes. Leave it out, and one is made.`,
  })
}
