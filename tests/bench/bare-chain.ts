import { randomBytes } from 'node:crypto'
import {
  AckPolicy,
  connect,
  DiscardPolicy,
  type JetStreamClient,
  type JetStreamManager,
  nanos,
  StorageType,
} from 'nats'
import { forEachOf } from './figures.js'

export interface BareChainOptions {
  readonly url: string
  readonly count: number
  /** Bytes of a message at each hop: raw, normalised, tagged. */
  readonly hopBytes: readonly [number, number, number]
  /** Publishes, and handlers of a stage, at a time. */
  readonly concurrency: number
}

const prefix = 'BARE'

/**
 * The least that a pipeline over JetStream can do: publish, two stages that each read a message,
 * publish another one of the same size as ours and acknowledge, and a reader at the end. No JSON,
 * no compare-and-set, no Redis. Gives seconds from the first publish to the last message read.
 */
export async function runBareChain(options: BareChainOptions): Promise<number> {
  const { url, count, hopBytes, concurrency } = options
  const connection = await connect({ servers: url, noAsyncTraces: true })
  const manager = await connection.jetstreamManager()
  const client = connection.jetstream()
  const payloads = hopBytes.map((bytes) => randomBytes(bytes))
  for (const hop of [0, 1, 2]) await makeStream(manager, hop)
  const stages = [0, 1].map((hop) =>
    relay(client, hop, payloads[hop + 1] ?? Buffer.alloc(0), concurrency, count),
  )
  const read = readAll(client, count)
  const startedAt = performance.now()
  const numbers = Array.from({ length: count }, (_, n) => n)
  await forEachOf(numbers, concurrency, async (n) => {
    await client.publish(`bare.0.${n}`, payloads[0], { msgID: `0:${n}` })
  })
  await read
  const seconds = (performance.now() - startedAt) / 1_000
  await Promise.all(stages)
  for (const hop of [0, 1, 2]) await manager.streams.delete(`${prefix}${hop}`)
  await connection.close()
  return seconds
}

async function makeStream(manager: JetStreamManager, hop: number): Promise<void> {
  await manager.streams.add({
    name: `${prefix}${hop}`,
    subjects: [`bare.${hop}.*`],
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    duplicate_window: nanos(120_000),
  })
  if (hop === 2) return
  await manager.consumers.add(`${prefix}${hop}`, {
    durable_name: 'stage',
    ack_policy: AckPolicy.Explicit,
    max_ack_pending: 10_000,
  })
}

async function relay(
  client: JetStreamClient,
  hop: number,
  payload: Uint8Array,
  concurrency: number,
  count: number,
): Promise<void> {
  const consumer = await client.consumers.get(`${prefix}${hop}`, 'stage')
  const messages = await consumer.consume({ max_messages: concurrency * 2 })
  const running = new Set<Promise<void>>()
  let seen = 0
  for await (const message of messages) {
    const n = message.subject.split('.')[2]
    const work = client
      .publish(`bare.${hop + 1}.${n}`, payload, { msgID: `${hop + 1}:${n}` })
      .then(() => message.ack())
      .finally(() => running.delete(work))
    running.add(work)
    if (running.size >= concurrency) await Promise.race(running)
    seen += 1
    if (seen === count) break
  }
  await Promise.all(running)
  messages.stop()
}

async function readAll(client: JetStreamClient, count: number): Promise<void> {
  const consumer = await client.consumers.get(`${prefix}2`)
  const messages = await consumer.consume({ max_messages: 1_000 })
  let seen = 0
  for await (const _ of messages) {
    seen += 1
    if (seen === count) break
  }
  messages.stop()
}
