import { z } from 'zod'
import { failingSchema } from '../flow/failing.js'

/** Where a shard's state begins. Register `checkpoints`, key `shard-<n>`. */
export const checkpointSchema = z.object({
  /** Up to here in stream DELIVERIES everything is in, and all receivers are noted. */
  streamSequence: z.number().int().nonnegative(),
  /** The newest item in stream TAGGED that was planned. */
  itemSequence: z.number().int().nonnegative(),
  /** The oldest plan with a delivery that has no last word. */
  replayFrom: z.number().int().positive().optional(),
  /** The last sequence that each endpoint was given: they outlive the stream's retention. */
  sequences: z.record(z.string(), z.number().int().positive()),
  /** Endpoints at which every attempt fails, as of `streamSequence` or a little later. */
  failing: z.record(z.string(), failingSchema).optional(),
})

export type Checkpoint = z.infer<typeof checkpointSchema>

export const checkpointKey = (shard: number) => `shard-${shard}`
