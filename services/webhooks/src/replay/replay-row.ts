import { z } from 'zod'

/** What an endpoint was sent of an item, as far as a replay needs it. */
export const missedSchema = z.object({
  item: z.string(),
  wire: z.string(),
  /** Of the last delivery of the item that was planned before the wish. */
  sequence: z.number().int().positive(),
  /** The lowest version that the endpoint acknowledged. */
  acknowledged: z.number().int().positive().optional(),
  /** It may have acknowledged a version before what the ledger was looked over for. */
  knew: z.boolean(),
})
export type Missed = z.infer<typeof missedSchema>

/** What a person asked for. */
export const replayWishSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('delivery'), delivery: z.string(), missed: missedSchema }),
  z.object({
    kind: z.literal('range'),
    status: z.enum(['failed', 'all']),
    /** Planned at or after, and before, these instants. */
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
    /** Sequences above, and up to. */
    after: z.number().int().nonnegative().optional(),
    upTo: z.number().int().positive().optional(),
  }),
])
export type ReplayWish = z.infer<typeof replayWishSchema>

export const replaySchema = z.object({
  id: z.string(),
  wish: replayWishSchema,
  requestedAt: z.iso.datetime(),
  /** The newest entry of the ledger when it was asked for: what comes later is not replayed. */
  end: z.number().int().nonnegative(),
  /** `stopped`: it can't go on, and `reason` says why. */
  state: z.enum(['planning', 'sending', 'done', 'stopped']),
  /** Up to this sequence (`Missed`) all is planned. */
  cursor: z.number().int().nonnegative(),
  /** Items that it is about; absent until they are counted. */
  total: z.number().int().nonnegative().optional(),
  planned: z.number().int().nonnegative(),
  delivered: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  /** Not sent: a newer version was planned meanwhile, or the endpoint may not have the item. */
  superseded: z.number().int().nonnegative(),
  finishedAt: z.iso.datetime().optional(),
  reason: z.string().optional(),
})
export type Replay = z.infer<typeof replaySchema>

/** All that is asked for at one endpoint. Register `replays`, key: the endpoint's id. */
export const replayRowSchema = z.object({
  endpoint: z.string(),
  /** Newest last. */
  replays: z.array(replaySchema),
  /** A fire drill runs until this instant, at most. */
  drillUntil: z.iso.datetime().optional(),
})
export type ReplayRow = z.infer<typeof replayRowSchema>

export function isUnfinished({ state }: Replay): boolean {
  return state === 'planning' || state === 'sending'
}
