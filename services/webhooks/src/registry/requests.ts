import { Problem } from '@newswire/http'
import { type Filter, FilterError, parseFilter } from '@newswire/model'
import { z } from 'zod'
import { eventTypes } from '../deliver/events.js'
import { newSecret, secretBytes, secretKeyOf } from '../deliver/signature.js'

/** Limits of what a registration may say. */
const textLimits = { urlCharsMax: 2_000, descriptionCharsMax: 500 } as const

const url = z.string().min(1).max(textLimits.urlCharsMax)
const filter = z
  .record(z.string(), z.unknown())
  .describe('region, topic, lang, source, issuer, q, and not: {…}; {} takes everything.')
const events = z.array(z.enum(eventTypes)).min(1)
const description = z.string().max(textLimits.descriptionCharsMax)

export const newWebhookSchema = z.strictObject({
  url: url.describe('Where items are posted to: https, without user and password.'),
  filter: filter.optional(),
  events: events.optional().describe('Default: all. What takes an item back always comes.'),
  format: z.literal('newswire').optional().describe('How bodies are written.'),
  description: description.optional(),
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
  url: url.optional(),
  filter: filter.optional(),
  events: events.optional(),
  description: description.optional(),
  status: z.enum(['active', 'paused']).optional(),
})
export type WebhookChange = z.infer<typeof webhookChangeSchema>

export const historyQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().max(100).optional(),
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
  })
}

export function filterOf(input: unknown): Filter {
  try {
    return parseFilter(input)
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    throw new Problem({
      status: 422,
      slug: 'invalid-filter',
      title: 'The filter cannot be read',
      detail: error.message,
    })
  }
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
