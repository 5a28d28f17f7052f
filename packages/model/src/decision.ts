import { z } from 'zod'

const reason = z.string().trim().min(1).max(500)
const item = z.string().min(1).max(200)

/**
 * What a person decides of an item. It comes in like any release does, through stream RAW, so that
 * its place among the versions is as sure as theirs.
 */
export const decisionSchema = z.discriminatedUnion('action', [
  /** Takes the item back; only a `release` brings it out again. */
  z.object({ action: z.literal('withdraw'), item, reason }),
  /** Ends an embargo or a hold before its time, or a person's withdrawal. */
  z.object({ action: z.literal('release'), item, reason: reason.optional() }),
  /** The text of `by`, which came in as an item of its own, is the next version of `item`. */
  z.object({ action: z.literal('correct'), item, by: item }),
  /** The item tells the same release as `story`; null: it tells none but its own. */
  z.object({ action: z.literal('story'), item, story: item.nullable() }),
  /** By law: no word of any version stays anywhere. */
  z.object({
    action: z.literal('erase'),
    item,
    reason,
    /** Up to where stream RAW was searched by the decisions before this one; 0 for the first. */
    after: z.number().int().nonnegative().default(0),
  }),
])

export type Decision = z.infer<typeof decisionSchema>
