import type { Redis } from 'ioredis'
import { deliveryKeys } from './delivery-keys.js'
import type { DeliveryPage, DeliveryQuery } from './delivery-log.js'
import { deliveryReadLimits as limits } from './limits.js'
import { loadDeliveries, readEndpoint } from './load.js'
import { lettersOf } from './pack.js'
import { cutPage, isAfterAll, isBeforeAll, passes } from './query.js'

/** An endpoint's deliveries, newest first: a place is a sequence. */
export async function findAtEndpoint(
  redis: Redis,
  endpoint: string,
  query: DeliveryQuery,
): Promise<DeliveryPage> {
  const row = await readEndpoint(redis, endpoint)
  if (row === undefined) return { deliveries: [] }
  const { first, last } = row
  let top = Math.min(last, query.before === undefined ? last : query.before[0] - 1)
  if (query.to !== undefined) top = await newestBefore(redis, endpoint, first, top, query)
  const wanted = query.limit + 1
  const found = []
  while (top >= first && found.length < wanted) {
    const count = Math.min(
      Math.max(wanted - found.length, limits.rowsAtOnceMax),
      limits.lookAtOnceMax,
    )
    const look = await lookDown(redis, endpoint, { top, first, count, state: query.state })
    const refs = look.sequences.map((sequence) => ({ endpoint, sequence }))
    const loaded = (await loadDeliveries(redis, refs)).filter((each) => each !== undefined)
    found.push(...loaded.filter((delivery) => passes(query, delivery)))
    if (loaded.some((delivery) => isBeforeAll(query, delivery.plannedAt))) break
    top = look.next
  }
  return cutPage(found, query.limit, ({ sequence }) => [sequence, 0])
}

interface Look {
  readonly top: number
  readonly first: number
  readonly count: number
  readonly state: DeliveryQuery['state']
}

/** The next sequences downwards that are worth reading, and where to go on. */
async function lookDown(
  redis: Redis,
  endpoint: string,
  { top, first, count, state }: Look,
): Promise<{ sequences: number[]; next: number }> {
  if (state === undefined) {
    const bottom = Math.max(first, top - count + 1)
    const sequences = Array.from({ length: top - bottom + 1 }, (_, ago) => top - ago)
    return { sequences, next: bottom - 1 }
  }
  const newest = Math.floor(top / limits.rowSequences)
  const oldest = Math.max(
    Math.floor(first / limits.rowSequences),
    newest - limits.rowsAtOnceMax + 1,
  )
  const fields = Array.from({ length: newest - oldest + 1 }, (_, ago) => newest - ago)
  const rows = await redis.hmget(deliveryKeys.statesPrefix + endpoint, ...fields.map(String))
  const letters = lettersOf(state)
  const sequences: number[] = []
  for (const [at, states] of rows.entries()) {
    const base = (fields[at] ?? 0) * limits.rowSequences
    for (let place = Math.min(top - base, limits.rowSequences - 1); place >= 0; place -= 1) {
      if (letters.includes(states?.[place] ?? '')) sequences.push(base + place)
      if (sequences.length === count) return { sequences, next: base + place - 1 }
    }
  }
  return { sequences, next: oldest * limits.rowSequences - 1 }
}

/** The newest sequence that may lie before the end of the time that is asked for. */
async function newestBefore(
  redis: Redis,
  endpoint: string,
  first: number,
  top: number,
  query: DeliveryQuery,
): Promise<number> {
  let low = first - 1
  let high = top
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const [delivery] = await loadDeliveries(redis, [{ endpoint, sequence: middle }])
    if (delivery && isAfterAll(query, delivery.plannedAt)) high = middle - 1
    else low = middle
  }
  return low
}
