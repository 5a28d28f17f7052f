import { z } from 'zod'

const text = z.string()
const count = z.number().nonnegative()
const instant = z.string()

/**
 * Why an alarm stands, as a code with its facts: whoever speaks another language than the house
 * makes the sentence from them. `says` is the same in English.
 */
export const causeSchema = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('sourceSilent'),
    name: text,
    lastItemAt: instant.nullable(),
    usualPerHour: count.nullable(),
  }),
  z.object({ code: z.literal('wireSilent'), lastItemAt: instant.nullable() }),
  z.object({ code: z.literal('figuresUnread'), error: text }),
  z.object({ code: z.literal('deliveryOld'), open: count, waitedMinutes: count }),
  z.object({
    code: z.literal('killUnacknowledged'),
    ...{ item: text, open: count, receivers: count, withdrawnAt: instant },
  }),
  z.object({ code: z.literal('deadLetters'), count }),
  z.object({
    code: z.literal('consumerStalled'),
    group: text,
    stoodSince: instant,
    backlog: count,
  }),
  z.object({ code: z.literal('streamFull'), stream: text, bytes: count, bytesMax: count }),
  z.object({ code: z.literal('diskLow'), freeShare: count }),
  z.object({ code: z.literal('redisFull'), usedShare: count }),
])
export type Cause = z.infer<typeof causeSchema>
export type CauseCode = Cause['code']
export type CauseOf<C extends CauseCode> = Extract<Cause, { readonly code: C }>
