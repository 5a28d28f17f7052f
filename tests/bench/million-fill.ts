import process from 'node:process'
import type { Bus } from '@newswire/bus'
import { connectBus } from '@newswire/bus'
import { connectJobs } from '@newswire/jobs'
import type { TestServer } from '@newswire/kit'
import { type Attempt, endpointSchema, sourceSchema } from '@newswire/model'
import { createLogger, createSecretBox } from '@newswire/runtime'
import { connectStore, createDeliveriesProjector, createTaggedProjector } from '@newswire/store'
import { forEachOf, pause } from './figures.js'
import {
  type Amounts,
  deadLetter,
  endpointId,
  itemCountOf,
  millionItem,
  plansOf,
  restingWebhook,
  shardCount,
} from './million-facts.js'

export const millionSecretsKey = 'one-key-for-the-window-of-the-bench-house'
/** Where what is to be tried again has its jobs. */
export const queueNames = Array.from({ length: shardCount }, (_, n) => `deliveries-${n}`)
const jobsPerQueue = 125
const jobDelayMs = 6 * 60 * 60 * 1_000
/** Publishes that wait for their acknowledgement at a time. */
const inFlight = 512
/** Items whose plans are on their way at a time. */
const itemsInFlight = 64
const outcomesMax = 100
/** Of these the timeline is asked: they have their inside too. */
export const withInsideEvery = 50
const sourceCount = 50
const streamBytesMax = 4 * 1_024 ** 3

interface Ground {
  readonly nats: TestServer
  readonly redis: TestServer
  readonly amounts: Amounts
}

/** Seconds that each part took. */
export type Filled = Readonly<Record<'items' | 'deliveries' | 'rest' | 'readModels', number>>

/**
 * Writes all facts to the streams as the house's stages do, and lets the read models' own
 * projectors read them.
 */
export async function fillMillion({ nats, redis, amounts }: Ground): Promise<Filled> {
  const log = createLogger({ name: 'bench', level: 'error', destination: process.stderr })
  const streamLimits = {
    DELIVERIES: { bytesMax: streamBytesMax },
    TAGGED: { bytesMax: streamBytesMax },
  }
  await using bus = await connectBus({ url: nats.url, name: 'bench', log, streamLimits })
  const to = { url: redis.url, bus, log }
  const fail = (error: Error) => {
    throw error
  }
  const running = [
    await createTaggedProjector(to).start({ fail }),
    await createDeliveriesProjector(to).start({ fail }),
  ]
  const store = await connectStore(to)
  const [items, sequences] = await timed(() => appendItems(bus, amounts))
  const [deliveries, last] = await timed(() => appendDeliveries(bus, amounts, sequences))
  const [rest] = await timed(async () => {
    await appendRest(bus, amounts)
    await addJobs({ url: redis.url, log }, amounts)
  })
  const [readModels] = await timed(async () => {
    while ((await store.deliveries.position()) < last) await pause(50)
    while ((await store.positions()).tagged < Math.max(...sequences)) await pause(50)
  })
  for (const worker of running) await worker.stop()
  await store.close()
  return { items, deliveries, rest, readModels }
}

async function timed<T>(work: () => Promise<T>): Promise<[seconds: number, made: T]> {
  const startedAt = performance.now()
  const made = await work()
  return [(performance.now() - startedAt) / 1_000, made]
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n)

/** Gives each item's place in TAGGED. */
async function appendItems(bus: Bus, amounts: Amounts): Promise<number[]> {
  const sequences: number[] = []
  await forEachOf(upTo(itemCountOf(amounts)), inFlight, async (n) => {
    const item = millionItem(n)
    const id = `${item.id}:1.1`
    if (n % withInsideEvery === 0) await bus.publish('item.normalized', item, item, { id })
    sequences[n] = (await bus.publish('item.tagged', item, item, { id })).sequence
  })
  return sequences
}

/** Gives where DELIVERIES ends. */
async function appendDeliveries(
  bus: Bus,
  amounts: Amounts,
  itemSequences: readonly number[],
): Promise<number> {
  const nowMs = Date.now()
  const waiting: Attempt[][] = upTo(shardCount).map(() => [])
  let [batches, last] = [0, 0]
  const flush = async (shard: number) => {
    const attempts = waiting[shard]?.splice(0) ?? []
    if (attempts.length === 0) return
    batches += 1
    const at = attempts.at(-1)?.startedAt ?? new Date(nowMs).toISOString()
    const outcomes = { type: 'outcomes', shard, at, attempts } as const
    const { sequence } = await bus.publish('delivery', outcomes, { shard }, { id: `o:${batches}` })
    last = Math.max(last, sequence)
  }
  await forEachOf(itemSequences, itemsInFlight, async (itemSequence, n) => {
    const planned = plansOf(n, { amounts, itemSequence, nowMs })
    await Promise.all(
      planned.map(async ({ plan, attempts }) => {
        const { shard } = plan
        const of = { id: `p:${shard}:${n}` }
        const stored = bus.publish('delivery', plan, { shard }, of)
        waiting[shard]?.push(...attempts)
        if ((waiting[shard]?.length ?? 0) >= outcomesMax) await flush(shard)
        const { sequence } = await stored
        last = Math.max(last, sequence)
      }),
    )
  })
  await Promise.all(upTo(shardCount).map(flush))
  return last
}

async function appendRest(bus: Bus, { webhooks, deadLetters, audits }: Amounts): Promise<void> {
  const nowMs = Date.now()
  const at = new Date(nowMs).toISOString()
  const endpoints = await bus.register('endpoints', endpointSchema.loose())
  const secrets = createSecretBox(millionSecretsKey)
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  await forEachOf(upTo(webhooks), inFlight, async (n) => {
    const id = endpointId(n)
    const status = n === restingWebhook ? 'paused' : 'active'
    await endpoints.put(id, {
      ...{ id, owner: 'bench', url: `https://receiver-${n}.example.org/hook`, format: 'newswire' },
      // What is asked are the deliveries that stand: nothing more is planned.
      filter: { issuer: ['nobody'] },
      events: ['item.published', 'item.updated', 'item.corrected', 'item.withdrawn'],
      secret: secrets.seal(secret, id),
      ...{ status, paused: status === 'paused', createdAt: at, updatedAt: at, activeSince: at },
      ...{ since: 0, seesPrivate: false },
    })
  })
  const sources = await bus.register('sources', sourceSchema)
  for (const n of upTo(sourceCount)) {
    const url = `https://wire-${n}.example.org/feed`
    const of = { id: `source-${n}`, kind: 'rss', name: `Wire ${n}`, url, wire: 'na' } as const
    await sources.put(of.id, { ...of, rights: 'full', intervalSeconds: 600, enabled: false })
  }
  // The oldest first: pages go backwards.
  await forEachOf(upTo(deadLetters), inFlight, async (n) => {
    const letter = deadLetter(n, nowMs)
    await bus.publish('dead', letter, letter, { id: `dead:${n}` })
  })
  await forEachOf(upTo(audits), inFlight, async (n) => {
    const subject = endpointId(n % webhooks)
    const entry = { actor: 'bench', at, action: 'webhook.change', subject, detail: null }
    await bus.publish('audit', entry, entry, { id: `audit:${n}` })
  })
}

async function addJobs(
  to: Parameters<typeof connectJobs>[0],
  { webhooks }: Amounts,
): Promise<void> {
  await using jobs = await connectJobs(to)
  for (const [shard, name] of queueNames.entries()) {
    const all = upTo(jobsPerQueue).map((n) => {
      const endpoint = endpointId((shard * jobsPerQueue + n) % webhooks)
      return { key: `look-${endpoint}`, data: { endpoint }, delayMs: jobDelayMs }
    })
    await jobs.queue(name).addAll(all)
  }
}
