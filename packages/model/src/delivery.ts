import { z } from 'zod'

/** One endpoint's share of a plan. */
export const plannedDeliverySchema = z.object({
  /** The `webhook-id`: the same over all attempts. */
  id: z.string(),
  endpoint: z.string(),
  /** Gapless per endpoint, from 1. */
  sequence: z.number().int().positive(),
  /** The sequence of the last delivery of this item at this endpoint. */
  previous: z.number().int().positive().optional(),
  /** Whether the endpoint has acknowledged an earlier version of the item, where that is sure. */
  knows: z.boolean().optional(),
  /** It was disabled, and never sent the item: no attempt is made. */
  unsent: z.literal(true).optional(),
})

/** A shard's owner decided who gets an item version; written before the first attempt. */
export const planSchema = z.object({
  type: z.literal('plan'),
  shard: z.number().int().nonnegative(),
  item: z.object({
    id: z.string(),
    wire: z.string(),
    version: z.number().int().positive(),
    revision: z.string(),
    status: z.enum(['usable', 'withheld', 'canceled']),
    /** Where the version stands in stream TAGGED. */
    sequence: z.number().int().positive(),
  }),
  /** The instant of the plan, RFC 3339. */
  at: z.iso.datetime(),
  /** The replay that asked for it: the version may have been planned before. */
  replay: z.string().optional(),
  deliveries: z.array(plannedDeliverySchema),
})

export const attemptSchema = z.object({
  delivery: z.string(),
  endpoint: z.string(),
  item: z.string(),
  revision: z.string(),
  sequence: z.number().int().positive(),
  /** 1, 2, …; 0 where no attempt was made (superseded before its first). */
  attempt: z.number().int().nonnegative(),
  startedAt: z.iso.datetime().optional(),
  latencyMs: z.number().nonnegative().optional(),
  /** HTTP status of the answer. */
  status: z.number().int().optional(),
  /** The first kB of the answer, until it is stored apart. */
  answer: z.string().optional(),
  /** Where stream ANSWERS holds the answer, unless its item was erased. */
  answerAt: z.number().int().positive().optional(),
  error: z.string().optional(),
  /** `delivered`, `failed` and `superseded` are final; `retry` has a next attempt at `nextAt`. */
  result: z.enum(['delivered', 'retry', 'failed', 'superseded']),
  nextAt: z.iso.datetime().optional(),
})

export const outcomesSchema = z.object({
  type: z.literal('outcomes'),
  shard: z.number().int().nonnegative(),
  at: z.iso.datetime(),
  attempts: z.array(attemptSchema),
})

/** What attempts for one item were answered; gone with the item when it is erased. */
export const answersSchema = z.object({
  item: z.string(),
  at: z.iso.datetime(),
  answers: z.array(
    z.object({
      delivery: z.string(),
      attempt: z.number().int().positive(),
      /** The first kB of the answer. */
      text: z.string(),
    }),
  ),
})

export const deliveryFactSchema = z.discriminatedUnion('type', [planSchema, outcomesSchema])

/** Who was ever sent the item. An entry means that a plan named the endpoint. */
export const receiversSchema = z.object({
  id: z.string(),
  wire: z.string(),
  endpoints: z.record(
    z.string(),
    z.object({
      sequence: z.number().int().positive(),
      revision: z.string(),
      /** All that was planned for it was planned while it was disabled. */
      unsent: z.literal(true).optional(),
    }),
  ),
})

export type PlannedDelivery = z.infer<typeof plannedDeliverySchema>
export type Plan = z.infer<typeof planSchema>
export type Attempt = z.infer<typeof attemptSchema>
export type Outcomes = z.infer<typeof outcomesSchema>
export type DeliveryFact = z.infer<typeof deliveryFactSchema>
export type Receivers = z.infer<typeof receiversSchema>
