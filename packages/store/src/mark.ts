import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { createScript } from './redis.js'

/**
 * How far a read model is complete, and in which life of Redis. The epoch is made with the model's
 * first write: another one, or none, says that Redis was emptied since.
 */
export interface Mark {
  readonly epoch: string
  /** Sequence in the model's stream up to which everything is applied. */
  readonly position: number
}

/** A mark as it stands before anything is written. */
export interface OpenMark extends Mark {
  /** Another number than its code has: the model was written in another form. */
  readonly shape: number
}

/** What a batch covers: the facts after `after` up to `upTo`, read in the life `epoch`. */
export interface Span {
  readonly epoch: string
  readonly after: number
  readonly upTo: number
}

/** Redis holds less than this projector wrote: emptied, or restarted from an older file. */
export class FellBackError extends Error {
  override readonly name = 'FellBackError'
}

/**
 * Opens every script that writes. KEYS[1] is the mark; ARGV[1..3] are a span. Several projectors
 * may write side by side, so the stored position may be ahead of this one's, but never behind.
 */
export const fenceLua = `
local mark = redis.call('HMGET', KEYS[1], 'epoch', 'position')
if mark[1] ~= ARGV[1] or tonumber(mark[2]) < tonumber(ARGV[2]) then return 'fell-back' end
if tonumber(mark[2]) < tonumber(ARGV[3]) then redis.call('HSET', KEYS[1], 'position', ARGV[3]) end
`

const openScript = createScript(`
if redis.call('HSETNX', KEYS[1], 'epoch', ARGV[1]) == 1 then
  redis.call('HSET', KEYS[1], 'position', 0, 'shape', ARGV[2])
end
return redis.call('HMGET', KEYS[1], 'epoch', 'position', 'shape')
`)

/** The mark, made now if there is none. */
export async function openMark(redis: Redis, key: string, shape: number): Promise<OpenMark> {
  const reply = (await openScript.run(redis, [key], [randomUUID(), shape])) as (string | null)[]
  const mark = markOf(reply)
  if (mark === undefined) throw new FellBackError(`${key} vanished while it was opened`)
  return { ...mark, shape: Number(reply[2] ?? 0) }
}

export async function readMark(redis: Redis, key: string): Promise<Mark | undefined> {
  return markOf(await redis.hmget(key, 'epoch', 'position'))
}

function markOf([epoch, position]: readonly (string | null)[]): Mark | undefined {
  if (!epoch || !position) return undefined
  return { epoch, position: Number(position) }
}
