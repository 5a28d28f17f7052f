import { type Register, WrongSequenceError } from '@newswire/bus'
import { type Caller, Problem } from '@newswire/http'
import type { WebhookLimits } from '../limits.js'
import type { Owned } from './owned.js'
import type { WebhookRow } from './webhook-row.js'

/*
 * Each webhook may have any address called: of those who may not spare it, few have many.
 */

export interface RoomOptions {
  readonly endpoints: Pick<Register<WebhookRow>, 'create'>
  readonly owned: Pick<Owned, 'countOf' | 'giveBack' | 'note' | 'take'>
  readonly limits: Pick<WebhookLimits, 'webhooksPerKeyMax'>
}

/** Problem 409 where the key has as many as it may. */
export async function requireRoom({ owned, limits }: RoomOptions, caller: Caller): Promise<void> {
  if ((await owned.countOf(caller.keyId)) >= maxOf(limits, caller)) throw tooMany(limits)
}

/**
 * Stores a webhook and gives its revision. It is counted before it stands, so that those who come
 * at once are not all let in. Errors: Problem 409, WrongSequenceError where a row stands there.
 */
export async function storeInRoom(
  { endpoints, owned, limits }: RoomOptions,
  row: WebhookRow,
  caller: Caller,
): Promise<number> {
  if (!(await owned.take(row, maxOf(limits, caller)))) throw tooMany(limits)
  try {
    const revision = await endpoints.create(row.id, row)
    owned.note(row)
    return revision
  } catch (error) {
    // Where the bus did not answer it may stand nevertheless.
    if (!(error instanceof WrongSequenceError)) owned.giveBack(row.id)
    throw error
  }
}

function maxOf({ webhooksPerKeyMax }: RoomOptions['limits'], { role }: Caller): number {
  return role === 'admin' ? Number.POSITIVE_INFINITY : webhooksPerKeyMax
}

function tooMany({ webhooksPerKeyMax }: RoomOptions['limits']): Problem {
  return new Problem({
    status: 409,
    slug: 'too-many-webhooks',
    title: 'The key has too many webhooks',
    detail: `A key has at most ${webhooksPerKeyMax}. Delete those that are not needed, or ask an admin to register more.`,
  })
}
