import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { type Bus, connectBus } from '@newswire/bus'
import { type Role, startNats, startRedis, startRole, type TestServer } from '@newswire/kit'
import { endpointSchema, type TaggedItem } from '@newswire/model'
import { createLogger, createSecretBox } from '@newswire/runtime'
import { publicItem } from './feeds-items.js'
import { forEachOf, pause } from './figures.js'
import { heldOption } from './webhook-memory.js'
import type { SinkOrder, SinkReport } from './webhook-sink.js'

const secretsKey = 'one-key-for-the-webhooks-of-the-bench-house'
export const secretBytes = Buffer.alloc(32, 7)
const writesAtOnce = 256
/** So that an event has 5 kB. */
const textChars = 1_300
const registerReadyMsMax = 120_000

export interface HouseOptions {
  readonly endpoints: number
  /** Endpoints whose filter takes the same items. */
  readonly fanOut: number
  readonly shards: number
}

/** The built webhooks role in a process of its own, on a NATS and a Redis of its own, and sinks. */
export interface WebhookHouse extends AsyncDisposable {
  readonly nats: TestServer
  readonly redis: TestServer
  readonly role: Role
  readonly sink: Sink
  readonly bus: Bus
  /** Stores item number n as the tagger does, for the n-th group of endpoints. */
  publish(n: number, group?: number): Promise<void>
  readonly groups: number
}

export interface Sink {
  readonly pid: number
  readonly urls: readonly string[]
  order(order: SinkOrder): Promise<SinkReport>
  /** Resolves once so many calls have come. */
  received(count: number): Promise<void>
  stop(): void
}

export async function startSink(): Promise<Sink> {
  const child = fork(new URL('./webhook-sink.ts', import.meta.url))
  const [ports] = (await once(child, 'message')) as [number[]]
  let turn: Promise<unknown> = Promise.resolve()
  function order(order: SinkOrder): Promise<SinkReport> {
    const report = turn.then(async () => {
      child.send(order)
      const [told] = (await once(child, 'message')) as [SinkReport]
      return told
    })
    turn = report
    return report
  }
  return {
    pid: child.pid ?? 0,
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    order,
    async received(count) {
      while ((await order({})).received < count) await pause(10)
    },
    stop: () => stopChild(child),
  }
}

export function stopChild(child: ChildProcess): void {
  if (child.connected) child.disconnect()
}

export async function startWebhookHouse(options: HouseOptions): Promise<WebhookHouse> {
  const { endpoints, fanOut, shards } = options
  const [nats, redis, sink] = await Promise.all([startNats(), startRedis(), startSink()])
  const log = createLogger({ name: 'bench', level: 'error', destination: process.stderr })
  const bus = await connectBus({ url: nats.url, name: 'bench', log })
  const groups = Math.max(1, Math.floor(endpoints / fanOut))
  await register(bus, { endpoints, groups, urls: sink.urls })
  const role = await startWebhooks({ nats, redis, shards })
  return {
    ...{ nats, redis, role, sink, bus, groups },
    async publish(n, group = n % groups) {
      const item = itemFor(n, group)
      await bus.publish('item.tagged', item, item, { id: `${item.id}:1.1` })
    },
    async [Symbol.asyncDispose]() {
      role.signal('SIGKILL')
      await role.exited
      sink.stop()
      await bus.close()
      await Promise.all([nats.stop(), redis.stop()])
    },
  }
}

/** Item number n, of an issuer that one group of endpoints asks for. */
export function itemFor(n: number, group: number): TaggedItem {
  const item = publicItem(n)
  const text = item.body.text.slice(0, textChars)
  const body = { html: `<p>${text}</p>`, text, complete: true }
  return { ...item, body, issuer: { name: `Gruppe ${group}` } }
}

async function startWebhooks({
  nats,
  redis,
  shards,
}: {
  nats: TestServer
  redis: TestServer
  shards: number
}): Promise<Role> {
  const role = startRole('webhooks', {
    ...{ NATS_URL: nats.url, REDIS_URL: redis.url, HOST: '127.0.0.1', PORT: '0' },
    ...{ LOG_LEVEL: 'info', SECRETS_KEY: secretsKey, WEBHOOKS_SHARDS: String(shards) },
    // As the image sets it.
    ...{ OUTBOUND_ALLOW: '127.0.0.0/8', NODE_OPTIONS: `--max-semi-space-size=64 ${heldOption}` },
  })
  const taken = () => role.written().split('shard taken').length - 1
  for (let waitedMs = 0; taken() < shards; waitedMs += 20) {
    const end = await Promise.race([role.exited, pause(20)])
    if (end || waitedMs > registerReadyMsMax) throw new Error(`No webhooks:\n${role.written()}`)
  }
  return role
}

/** Rows as the registry writes them, without a call for each. */
async function register(
  bus: Bus,
  { endpoints, groups, urls }: { endpoints: number; groups: number; urls: readonly string[] },
): Promise<void> {
  const rows = await bus.register('endpoints', endpointSchema.loose())
  const secrets = createSecretBox(secretsKey)
  const at = new Date().toISOString()
  const secret = `whsec_${secretBytes.toString('base64')}`
  // One more, in a group of its own.
  const numbers = Array.from({ length: endpoints + 1 }, (_, n) => n)
  const groupOf = (n: number) => (n === endpoints ? groups : n % groups)
  await forEachOf(numbers, writesAtOnce, async (n) => {
    const id = `wh_bench${n}`
    await rows.put(id, {
      ...{ id, owner: 'bench', url: `${urls[n % urls.length]}/${n}`, format: 'newswire' },
      filter: { issuer: [`gruppe-${groupOf(n)}`] },
      events: ['item.published', 'item.updated', 'item.corrected', 'item.withdrawn'],
      secret: secrets.seal(secret, id),
      ...{ status: 'active', createdAt: at, updatedAt: at, activeSince: at },
      ...{ since: 0, seesPrivate: false },
    })
  })
}
