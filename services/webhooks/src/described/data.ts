import { schemaOf } from '@newswire/http'
import { changes, datelineSchema, mediaSchema, statuses, tagSchema } from '@newswire/model'
import { z } from 'zod'

/*
 * What the calls of a webhook carry, as schemas for the API description. A test holds real calls
 * against them: whatever a call carries stands here.
 */

const instant = z.iso.datetime({ offset: true })
const named = z.looseObject({ name: z.string() })

const newswire = z.object({
  id: z.string(),
  wire: z.string(),
  source: z.string().describe('Id of the source that it came through.'),
  version: z.int().min(1),
  revision: z.string().describe('<version>.<tagging>: 3.1.'),
  change: z.enum(changes),
  status: z.enum(statuses),
  complete: z.boolean().describe('false: a teaser.'),
  headline: z.string(),
  dateline: datelineSchema.nullable(),
  issuer: z.object({ name: z.string(), id: z.string().optional(), url: z.string().optional() }),
  credit: z.string().describe('The line that must be shown with the item.'),
  contact: z.string().nullable(),
  tickers: z.array(z.string()),
  links: z.array(z.string()),
  media: z.array(mediaSchema),
  sourceUrl: z.string().nullable(),
  published: instant,
  updated: instant,
  received: instant,
  embargoUntil: instant.nullable(),
  story: z.string().nullable().describe('Id of the first item that tells the same release.'),
  corrects: z.string().nullable(),
  vocabulary: z.string(),
  tags: z.array(tagSchema),
  drill: z.literal(true).optional().describe('Of a fire drill: publish nothing of it.'),
})

const item = z
  .object({
    uri: z.string().describe('The same over all versions.'),
    standard: z.object({ name: z.literal('ninjs'), version: z.literal('3.1') }),
    type: z.literal('text'),
    representationType: z.enum(['full', 'partial']),
    version: z.string(),
    firstCreated: instant,
    versionCreated: instant,
    embargoedUntil: instant.optional(),
    pubStatus: z.enum(statuses),
    language: z.string(),
    headlines: z.array(z.object({ role: z.string(), value: z.string() })),
    bodies: z
      .array(z.object({ role: z.string(), contentType: z.string(), value: z.string() }))
      .describe('Sanitised HTML, and text; empty of an item that was taken back.'),
    subjects: z.array(named),
    places: z.array(named),
    organisations: z.array(named),
    located: z.string().optional(),
    copyrightNotice: z.string(),
    altIds: z.array(z.object({ role: z.string(), value: z.string() })).optional(),
    _newswire: newswire,
  })
  .describe('An item as ninjs 3.1 (IPTC), with more of it in _newswire.')

const thin = z
  .object({
    id: z.string(),
    uri: z.string(),
    version: z.int().min(1),
    revision: z.string(),
    status: z.enum(statuses),
    link: z.string().nullable().describe('Where the item is read; null of a fire drill.'),
    drill: z.literal(true).optional(),
  })
  .describe('Of format thin: which item and version it is, and no word of it.')

const verify = z.object({ challenge: z.string().describe('To be answered, see the responses.') })
const test = z.object({ webhook: z.string().describe('Id of the webhook.') })
const disabled = z.object({
  webhook: z.string().describe('Id of the webhook.'),
  reason: z.string(),
  since: instant.describe('Every attempt has failed since, or when its key was revoked.'),
  missed: z.int().min(0).describe('Deliveries that were given up; a replay brings them.'),
})

/** By their names in the description's components. */
export const dataSchemas = {
  WebhookItem: schemaOf(item),
  WebhookThinItem: schemaOf(thin),
  WebhookChallenge: schemaOf(verify),
  WebhookTest: schemaOf(test),
  WebhookDisabled: schemaOf(disabled),
}

export type DataSchema = keyof typeof dataSchemas
