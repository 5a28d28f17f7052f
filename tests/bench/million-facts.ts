import type { Attempt, DeadLetter, Plan, TaggedItem } from '@newswire/model'
import { deliveryIdOf } from '@newswire/model'
import { publicItem } from './feeds-items.js'

/** What stands in the house when its window is asked. */
export interface Amounts {
  readonly deliveries: number
  readonly webhooks: number
  readonly perItem: number
  readonly deadLetters: number
  readonly audits: number
}

export const itemCountOf = ({ deliveries, perItem }: Amounts) => Math.floor(deliveries / perItem)

const dayMs = 24 * 60 * 60 * 1_000
/** Over so long the deliveries are spread, up to the start of the bench. */
const spreadMs = 30 * dayMs
const retryInMs = 6 * 60 * 60 * 1_000
/** One item in so many is a correction. */
export const correctionEvery = 250

/** One webhook rests, so that all its deliveries wait. */
export const restingWebhook = 13
/** What few endpoints answer: one failed delivery in fifty. */
export const rareStatus = 418

/** As many as a house has. */
export const shardCount = 16

export const endpointId = (n: number) => `wh_bench${n}`

export function millionItem(n: number): TaggedItem {
  const item = publicItem(n)
  return n % correctionEvery === 0 ? { ...item, change: 'correction' } : item
}

/** A number below 2^32 that looks like chance, and is the same at each run. */
const scattered = (k: number) => Math.imul(k + 1, 0x9e3779b1) >>> 0

/**
 * What came of delivery number k. The rare states lie scattered over all the time and all
 * endpoints, which is the hardest to find.
 */
export function resultOf(k: number, webhooks: number): Attempt['result'] | 'waiting' {
  if (k % webhooks === restingWebhook) return 'waiting'
  const n = scattered(k)
  if (n % 400 === 7) return 'failed'
  if (n % 500 === 11) return 'retry'
  return n % 333 === 5 ? 'superseded' : 'delivered'
}

function answerOf(k: number, result: Attempt['result']): Partial<Attempt> {
  if (result === 'delivered') return { status: 200 }
  if (result === 'superseded') return {}
  const n = Math.floor(scattered(k) / 4_000)
  if (result === 'failed' && n % 50 === 0) return { status: rareStatus, error: 'HTTP 418' }
  return n % 3 === 0 ? { error: 'no answer within 15 s' } : { status: 503, error: 'HTTP 503' }
}

export function plannedAt(n: number, amounts: Amounts, nowMs: number): Date {
  return new Date(nowMs - spreadMs + Math.floor((n * spreadMs) / itemCountOf(amounts)))
}

export interface Planned {
  readonly plan: Plan
  readonly attempts: readonly Attempt[]
}

/** The plans of item number n, one for each shard, and what came of their deliveries. */
export function plansOf(
  n: number,
  { amounts, itemSequence, nowMs }: { amounts: Amounts; itemSequence: number; nowMs: number },
): Planned[] {
  const { webhooks, perItem } = amounts
  const { id, wire, version } = millionItem(n)
  const revision = `${version}.1`
  const at = plannedAt(n, amounts, nowMs)
  const item = { id, wire, version, revision, status: 'usable', sequence: itemSequence } as const
  const byShard = new Map<number, { deliveries: Plan['deliveries']; attempts: Attempt[] }>()
  for (let k = n * perItem; k < (n + 1) * perItem; k += 1) {
    const endpoint = endpointId(k % webhooks)
    const sequence = Math.floor(k / webhooks) + 1
    const delivery = deliveryIdOf(endpoint, id, revision)
    // By chance, as endpoints are dealt to them.
    const shard = scattered(k % webhooks) % shardCount
    const own = byShard.get(shard) ?? { deliveries: [], attempts: [] }
    byShard.set(shard, own)
    own.deliveries.push({ id: delivery, endpoint, sequence })
    const attempt = { delivery, endpoint, item: id, revision, sequence }
    own.attempts.push(...attemptsOf(k, { attempt, webhooks, at, nowMs }))
  }
  return [...byShard].map(([shard, { deliveries, attempts }]) => ({
    plan: { type: 'plan', shard, item, at: at.toISOString(), deliveries },
    attempts,
  }))
}

type Named = Pick<Attempt, 'delivery' | 'endpoint' | 'item' | 'revision' | 'sequence'>

function attemptsOf(
  k: number,
  { attempt, webhooks, at, nowMs }: { attempt: Named; webhooks: number; at: Date; nowMs: number },
): Attempt[] {
  const result = resultOf(k, webhooks)
  if (result === 'waiting') return []
  const told = { ...attempt, ...answerOf(k, result), result }
  if (result === 'superseded') return [{ ...told, attempt: 0 }]
  const startedAt = new Date(at.getTime() + 20).toISOString()
  const next =
    result === 'retry' ? { nextAt: new Date(nowMs + retryInMs).toISOString() } : undefined
  return [{ ...told, attempt: 1, startedAt, latencyMs: 20 + (k % 80), ...next }]
}

/** The oldest ten are of a stage that no younger one is of. */
export function deadLetter(n: number, nowMs: number): DeadLetter {
  const stage = n < 10 ? 'webhooks' : n % 10 === 0 ? 'tagger' : 'normalizer'
  const { id, headline, body, source } = publicItem(n)
  const error = { name: 'PermanentError', message: `Entry ${n} cannot be read.` }
  const [fact, stream] = ['item.raw', 'RAW']
  return {
    ...{ stage, fact, stream, sequence: n + 1, subject: 'item.raw.bench', error, deliveries: 6 },
    input: { id, headline, source, body: body.text },
    at: new Date(nowMs).toISOString(),
  }
}
