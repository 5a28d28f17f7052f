import { z } from 'zod'
import { answersSchema, deliveryFactSchema, receiversSchema } from './delivery.js'
import { toToken } from './identity.js'
import { normalizedItemSchema, taggedItemSchema } from './item.js'
import { rawItemSchema } from './raw.js'

/** Input that a stage gave up on, whole, with the error. */
export const deadLetterSchema = z.object({
  stage: z.string(),
  /** The fact that the input was: its name, stream and sequence. */
  fact: z.string(),
  stream: z.string(),
  sequence: z.number().int().positive(),
  subject: z.string(),
  /** The input as it stood in the stream. */
  input: z.unknown(),
  error: z.object({ name: z.string(), message: z.string(), stack: z.string().optional() }),
  deliveries: z.number().int().nonnegative(),
  at: z.iso.datetime(),
})

/** What became of a raw item that made no version. */
export const receiptSchema = z.object({
  rawSequence: z.number().int().positive(),
  state: z.enum(['unchanged', 'superseded']),
  id: z.string(),
  version: z.number().int().positive(),
  reason: z.string(),
})

export const auditSchema = z.object({
  /** Id of the key that acted. */
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  at: z.iso.datetime(),
  detail: z.unknown(),
})

/**
 * What a subscription on the bus is given: the body that a webhook of the same format is sent. Its
 * headers are those of the webhook.
 */
export const outEventSchema = z.looseObject({
  type: z
    .string()
    .describe('item.published, item.updated, item.corrected, item.withdrawn or webhook.test.'),
  timestamp: z.string().optional().describe('When the version became public; RFC 3339.'),
  data: z.unknown().optional().describe('The item as ninjs 3.1 with _newswire.'),
})

/** A kind of fact: the stream that keeps it, its shape, and its subject. */
interface FactKind<S extends z.ZodType, K> {
  readonly stream: StreamName
  readonly schema: S
  /** Where a fact of these keys stands. Tokens are safe whatever the keys hold. */
  readonly subject: (keys: K) => string
  /** All facts of this kind. */
  readonly pattern: string
}

export const streamNames = [
  'RAW',
  'ITEMS',
  'TAGGED',
  'DELIVERIES',
  'ANSWERS',
  'RECEIVERS',
  'OUT',
  'RECEIPTS',
  'DEAD',
  'AUDIT',
] as const
export type StreamName = (typeof streamNames)[number]

interface ItemKeys {
  wire: string
  id: string
}

function fact<S extends z.ZodType, K>(kind: FactKind<S, K>): FactKind<S, K> {
  return kind
}

/** Every fact of the house: its name → stream, schema, subject. AsyncAPI is written from this. */
export const facts = {
  'item.raw': fact({
    stream: 'RAW',
    schema: rawItemSchema,
    subject: ({ source }: { source: string }) => `item.raw.${toToken(source)}`,
    pattern: 'item.raw.*',
  }),
  'item.normalized': fact({
    stream: 'ITEMS',
    schema: normalizedItemSchema,
    subject: ({ wire, id }: ItemKeys) => `item.normalized.${toToken(wire)}.${toToken(id)}`,
    pattern: 'item.normalized.*.*',
  }),
  'item.tagged': fact({
    stream: 'TAGGED',
    schema: taggedItemSchema,
    subject: ({ wire, id }: ItemKeys) => `item.tagged.${toToken(wire)}.${toToken(id)}`,
    pattern: 'item.tagged.*.*',
  }),
  delivery: fact({
    stream: 'DELIVERIES',
    schema: deliveryFactSchema,
    subject: ({ shard }: { shard: number }) => `delivery.${shard}`,
    pattern: 'delivery.*',
  }),
  answer: fact({
    stream: 'ANSWERS',
    schema: answersSchema,
    subject: ({ item }: { item: string }) => `answer.${toToken(item)}`,
    pattern: 'answer.*',
  }),
  receiver: fact({
    stream: 'RECEIVERS',
    schema: receiversSchema,
    subject: ({ wire, id }: ItemKeys) => `receiver.${toToken(wire)}.${toToken(id)}`,
    pattern: 'receiver.*.*',
  }),
  out: fact({
    stream: 'OUT',
    schema: outEventSchema,
    subject: ({ subscription, item }: { subscription: string; item: string }) =>
      `out.${toToken(subscription)}.${toToken(item)}`,
    pattern: 'out.*.*',
  }),
  receipt: fact({
    stream: 'RECEIPTS',
    schema: receiptSchema,
    subject: ({ rawSequence }: { rawSequence: number }) => `receipt.${rawSequence}`,
    pattern: 'receipt.*',
  }),
  dead: fact({
    stream: 'DEAD',
    schema: deadLetterSchema,
    subject: ({ stage, sequence }: { stage: string; sequence: number }) =>
      `dead.${toToken(stage)}.${sequence}`,
    pattern: 'dead.*.*',
  }),
  audit: fact({
    stream: 'AUDIT',
    schema: auditSchema,
    subject: ({ actor }: { actor: string }) => `audit.${toToken(actor)}`,
    pattern: 'audit.*',
  }),
} as const

export type FactName = keyof typeof facts
export type Fact<N extends FactName> = z.infer<(typeof facts)[N]['schema']>
export type FactKeys<N extends FactName> = Parameters<(typeof facts)[N]['subject']>[0]
export type DeadLetter = z.infer<typeof deadLetterSchema>
export type Receipt = z.infer<typeof receiptSchema>
export type Audit = z.infer<typeof auditSchema>
