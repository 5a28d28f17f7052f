import type { Redis } from 'ioredis'
import { deliveryKeys } from './delivery-keys.js'
import type { DeliveryPage, DeliveryPlace, DeliveryQuery, LoggedDelivery } from './delivery-log.js'
import { deliveryReadLimits as limits } from './limits.js'
import { type DeliveryRef, loadDeliveries, readPlans } from './load.js'
import { lettersOf, type PlanRow, unpackLines } from './pack.js'
import { hasTime, isAfterAll, isBeforeAll, isWithin, passes } from './query.js'

/** A delivery by its place: a plan, and where it stands there, from 1. */
type Place = DeliveryPlace

const { order } = deliveryKeys
const most = limits.plansAtOnceMax
/** As Redis spells a score. */
const textOf = (place: number) => (Number.isFinite(place) ? String(place) : '+inf')

/**
 * Deliveries of all endpoints, newest plan first: those of one item, or of all. What does not fit
 * is told by the plans alone, so only what is shown is read.
 */
export async function findInPlans(redis: Redis, query: DeliveryQuery): Promise<DeliveryPage> {
  const found: Found[] = []
  let looked = 0
  for await (const plans of plansDown(redis, query)) {
    const standing = await standingOf(redis, plans)
    for await (const some of deliveriesOf(redis, query, standing)) {
      found.push(...some)
      const end = found[query.limit - 1]
      if (found.length > query.limit && end) return pageOf(found.slice(0, query.limit), end.place)
    }
    if (isPastTime(query, standing)) break
    looked += plans.length
    // Of the plan itself nothing is left: the next page begins before it.
    if (looked >= limits.scanPlansMax) return pageOf(found, [plans.at(-1) ?? 0, 1])
  }
  return pageOf(found)
}

function isPastTime(query: DeliveryQuery, plans: readonly PlanRow[]): boolean {
  return hasTime(query) && plans.some(({ head }) => isBeforeAll(query, head.plannedAt))
}

async function standingOf(redis: Redis, plans: readonly number[]): Promise<PlanRow[]> {
  const rows = await readPlans(redis, plans)
  return plans.flatMap((plan) => rows.get(plan) ?? [])
}

/** The deliveries of an item, oldest first. */
export async function deliveriesOfItem(
  redis: Redis,
  item: string,
  endpoint?: string,
): Promise<LoggedDelivery[]> {
  const query = { item, limit: 1, ...(endpoint === undefined ? {} : { endpoint }) }
  const found: Found[] = []
  for await (const plans of plansDown(redis, query)) {
    const standing = await standingOf(redis, plans)
    for await (const some of deliveriesOf(redis, query, standing)) found.push(...some)
  }
  return found.map(({ delivery }) => delivery).reverse()
}

interface Found {
  readonly delivery: LoggedDelivery
  readonly place: Place
}

function pageOf(found: readonly Found[], next?: Place): DeliveryPage {
  const deliveries = found.map(({ delivery }) => delivery)
  return next === undefined ? { deliveries } : { deliveries, next }
}

/** Plans from the place on that is asked for, newest first. */
function plansDown(redis: Redis, query: DeliveryQuery): AsyncGenerator<number[]> {
  return query.item === undefined ? plansOfAll(redis, query) : plansOfItem(redis, query, query.item)
}

async function* plansOfItem(
  redis: Redis,
  { before }: DeliveryQuery,
  item: string,
): AsyncGenerator<number[]> {
  const text = (await redis.hget(deliveryKeys.items, item)) ?? ''
  const plans = text.split(' ').filter(Boolean).map(Number).reverse()
  const left = plans.filter((plan) => before === undefined || plan <= before[0])
  for (let from = 0; from < left.length; from += most) yield left.slice(from, from + most)
}

async function* plansOfAll(redis: Redis, query: DeliveryQuery): AsyncGenerator<number[]> {
  const ceiling = query.before?.[0] ?? (await newestBefore(redis, query))
  if (query.state === undefined) yield* plansUpTo(redis, ceiling)
  else yield* plansWith(redis, lettersOf(query.state), ceiling)
}

async function* plansUpTo(redis: Redis, ceiling: number): AsyncGenerator<number[]> {
  for (let from = textOf(ceiling), isMore = true; isMore; ) {
    const found = await redis.zrevrangebyscore(order, from, 0, 'LIMIT', 0, most)
    if (found.length > 0) yield found.map(Number)
    isMore = found.length === most
    from = `(${found.at(-1)}`
  }
}

/** Those with a delivery in the state, as the marks of blocks tell: no others are read. */
async function* plansWith(
  redis: Redis,
  letters: readonly string[],
  ceiling: number,
): AsyncGenerator<number[]> {
  const size = limits.blockPlaces
  const named = await Promise.all(
    letters.map((letter) => redis.hkeys(deliveryKeys.blocksPrefix + letter)),
  )
  const all = [...new Set(named.flat().map(Number))]
  const blocks = all.filter((block) => block * size <= ceiling).sort((a, b) => b - a)
  let found: number[] = []
  for (let from = 0; from < blocks.length; from += limits.blocksAtOnceMax) {
    const some = blocks.slice(from, from + limits.blocksAtOnceMax)
    const rows = await marksOf(redis, letters, some)
    found.push(...some.flatMap((block, at) => markedIn(block * size, rows[at] ?? [], ceiling)))
    for (; found.length >= most; found = found.slice(most)) yield found.slice(0, most)
  }
  if (found.length > 0) yield found
}

/** Of each block the marks of all these states. */
async function marksOf(
  redis: Redis,
  letters: readonly string[],
  blocks: readonly number[],
): Promise<string[][]> {
  const fields = blocks.map(String)
  const rows = await Promise.all(
    letters.map((letter) => redis.hmget(deliveryKeys.marksPrefix + letter, ...fields)),
  )
  return fields.map((_, at) => rows.map((row) => row[at] ?? ''))
}

/** Newest first. */
function markedIn(floor: number, rows: readonly string[], ceiling: number): number[] {
  const plans: number[] = []
  for (let at = Math.max(...rows.map(({ length }) => length)) - 1; at >= 0; at -= 1) {
    if (floor + at <= ceiling && rows.some((row) => row[at] === '+')) plans.push(floor + at)
  }
  return plans
}

/** Where the plans begin that may lie before the end of the time that is asked for. */
async function newestBefore(redis: Redis, query: DeliveryQuery): Promise<number> {
  if (query.to === undefined) return Number.POSITIVE_INFINITY
  let low = -1
  let high = (await redis.zcard(order)) - 1
  const planAt = async (rank: number) => Number((await redis.zrange(order, rank, String(rank)))[0])
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const plan = await planAt(middle)
    const row = (await readPlans(redis, [plan])).get(plan)
    if (row && isAfterAll(query, row.head.plannedAt)) high = middle - 1
    else low = middle
  }
  return low < 0 ? -1 : await planAt(low)
}

/** What of these plans is asked for, newest first, some at a time. */
async function* deliveriesOf(
  redis: Redis,
  query: DeliveryQuery,
  plans: readonly PlanRow[],
): AsyncGenerator<Found[]> {
  let some: Place[] = []
  for (const row of plans) {
    if (hasTime(query) && !isWithin(query, row.head.plannedAt)) continue
    for (const index of indexesOf(query, row)) {
      some.push([row.plan, index])
      if (some.length < limits.lookAtOnceMax) continue
      yield await read(redis, query, some)
      some = []
    }
  }
  if (some.length > 0) yield await read(redis, query, some)
}

/** The places in a plan, last first, whose state may be asked for and which are not shown yet. */
function indexesOf({ state, before }: DeliveryQuery, { plan, states }: PlanRow): number[] {
  const letters = state && lettersOf(state)
  const indexes: number[] = []
  const top = before?.[0] === plan ? before[1] - 1 : states.length
  for (let index = top; index >= 1; index -= 1) {
    const own = states[index - 1]
    if (letters ? letters.includes(own ?? '-') : own !== '-') indexes.push(index)
  }
  return indexes
}

async function read(
  redis: Redis,
  query: DeliveryQuery,
  places: readonly Place[],
): Promise<Found[]> {
  const lines = await readLines(redis, new Set(places.map(([plan]) => plan)))
  const wanted = places.flatMap((place) => {
    const ref = lines.get(place[0])?.[place[1] - 1]
    const isWanted = query.endpoint === undefined || ref?.endpoint === query.endpoint
    return ref && isWanted ? [{ place, ref }] : []
  })
  const refs = wanted.map(({ ref }) => ref)
  const loaded = await loadDeliveries(redis, refs)
  return wanted.flatMap(({ place }, at) => {
    const delivery = loaded[at]
    return delivery && passes(query, delivery) ? [{ delivery, place }] : []
  })
}

export async function readLines(
  redis: Redis,
  plans: ReadonlySet<number>,
): Promise<ReadonlyMap<number, DeliveryRef[]>> {
  const texts = await redis.hmget(deliveryKeys.lines, ...[...plans].map(String))
  return new Map([...plans].map((plan, at) => [plan, unpackLines(texts[at] ?? '')]))
}
