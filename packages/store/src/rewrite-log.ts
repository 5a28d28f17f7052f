import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { rewriteLimits as limits } from './limits.js'

interface Places {
  readonly items: number
  readonly tagged: number
}

/**
 * BGREWRITEAOF, once the read models are so far. A file that was begun before does not count: it
 * may hold what was gone only later.
 */
export async function rewriteLog(
  redis: Redis,
  positions: () => Promise<Places>,
  places: Places,
): Promise<boolean> {
  const areThere = async () => {
    const { items, tagged } = await positions()
    return items >= places.items && tagged >= places.tagged
  }
  if (!(await within(limits.positionsMsMax, areThere))) return false
  if (!(await within(limits.fileMsMax, async () => !(await isRewriting(redis))))) return false
  try {
    await redis.bgrewriteaof()
  } catch {
    // Some hosts of Redis keep the command to themselves.
    return false
  }
  return await within(limits.fileMsMax, async () => !(await isRewriting(redis)))
}

async function isRewriting(redis: Redis): Promise<boolean> {
  const info = await redis.info('persistence')
  return /^aof_rewrite_(?:in_progress|scheduled):1/m.test(info)
}

/** Looks until it is so, or the time is over. */
async function within(msMax: number, isSo: () => Promise<boolean>): Promise<boolean> {
  for (let waited = 0; waited < msMax; waited += limits.lookEveryMs) {
    if (await isSo()) return true
    await delay(limits.lookEveryMs)
  }
  return false
}
