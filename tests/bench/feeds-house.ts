import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { type Bus, connectBus } from '@newswire/bus'
import {
  askRedis,
  type Role,
  startNats,
  startRedis,
  startRole,
  type TestServer,
  temporaryFolder,
} from '@newswire/kit'
import { createLogger } from '@newswire/runtime'
import { publicItem } from './feeds-items.js'
import { forEachOf, pause } from './figures.js'

/** Publishes that wait for their acknowledgement at a time. */
const inFlight = 256
/** As much as a million items take; the bench's streams are gone with its folder. */
const streamBytesMax = 40 * 1024 ** 3

/** The feeds' server as a container runs it, on a NATS and a Redis of its own. */
export interface FeedsHouse extends AsyncDisposable {
  readonly url: string
  /** Of the feeds' process. */
  readonly pid: number
  readonly nats: TestServer
  readonly redis: TestServer
  readonly bus: Bus
  /** Appends items to TAGGED; resolves once the read model and the local items have them all. */
  fill(first: number, count: number): Promise<Filled>
  /** A new process, which has rendered nothing. */
  restart(): Promise<void>
  /** The same without local items. Gives the seconds in which it makes them again. */
  restartAnew(): Promise<number>
  /** Bytes of the local items on the disk. */
  localBytes(): number
}

export interface Filled {
  readonly publishSeconds: number
  /** From the first append to the last item in the read model. */
  readonly seconds: number
}

export async function startFeedsHouse(): Promise<FeedsHouse> {
  const [nats, redis] = await Promise.all([startNats(), startRedis()])
  const log = createLogger({ name: 'bench', level: 'error', destination: process.stderr })
  const streamLimits = { TAGGED: { bytesMax: streamBytesMax } }
  const bus = await connectBus({ url: nats.url, name: 'bench', log, streamLimits })
  const items = join(temporaryFolder('bench-items'), 'items')
  const start = () => startFeeds(nats, redis, items)
  let role = await start()
  let last = 0

  async function untilRead(sequence: number): Promise<void> {
    const position = () => askRedis(redis, 'HGET', 'nw:tagged:mark', 'position')
    while (Number(await position()) < sequence) await pause(20)
  }
  async function untilLocal(sequence: number): Promise<void> {
    while (localPosition(items) < sequence) await pause(20)
  }
  async function end(): Promise<void> {
    role.signal('SIGKILL')
    await role.exited
  }
  return {
    nats,
    redis,
    bus,
    get url() {
      return role.url() ?? ''
    },
    get pid() {
      return role.pid
    },
    async fill(first, count) {
      const startedAt = performance.now()
      const numbers = Array.from({ length: count }, (_, n) => first + n)
      await forEachOf(numbers, inFlight, async (n) => {
        last = Math.max(last, await append(bus, n))
      })
      const publishSeconds = (performance.now() - startedAt) / 1_000
      await untilRead(last)
      const seconds = (performance.now() - startedAt) / 1_000
      await untilLocal(last)
      return { publishSeconds, seconds }
    },
    async restart() {
      await end()
      role = await start()
    },
    async restartAnew() {
      await end()
      rmSync(items, { recursive: true })
      const startedAt = performance.now()
      role = await start()
      await untilLocal(last)
      return (performance.now() - startedAt) / 1_000
    },
    localBytes: () =>
      readdirSync(items).reduce((sum, name) => sum + statSync(join(items, name)).size, 0),
    async [Symbol.asyncDispose]() {
      await end()
      await bus.close()
      await Promise.all([nats.stop(), redis.stop()])
    },
  }
}

/** Gives the item's place in TAGGED. */
export async function append(bus: Bus, n: number): Promise<number> {
  const item = publicItem(n)
  const { sequence } = await bus.publish('item.tagged', item, item, { id: `${item.id}:1.1` })
  return sequence
}

/** As the mark tells it, which is written every second. */
function localPosition(folder: string): number {
  return (JSON.parse(readFileSync(join(folder, 'mark.json'), 'utf8')) as LocalMark).position
}

interface LocalMark {
  readonly position: number
}

async function startFeeds(nats: TestServer, redis: TestServer, items: string): Promise<Role> {
  const role = startRole('feeds', {
    ...{ NATS_URL: nats.url, REDIS_URL: redis.url, HOST: '127.0.0.1', PORT: '0' },
    ...{ PUBLIC_URL: 'http://wire.example.org', LOG_LEVEL: 'info' },
    ...{ ITEMS_DIR: items, SECRETS_KEY: 'one-key-for-the-feeds-of-the-bench-house' },
  })
  while (role.url() === undefined) {
    const end = await Promise.race([role.exited, pause(20)])
    if (end) throw new Error(`The feeds' server ended:\n${role.written()}`)
  }
  return role
}

/** Resident memory of a process, from Linux' /proc. NaN where the kernel does not tell. */
export function residentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024
  } catch {
    return Number.NaN
  }
}

/** What the scheduler gave all threads of a process, to the nanosecond. */
export function cpuSeconds(pid: number): number {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`)
    const spent = tasks.map((task) => readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8'))
    return spent.reduce((sum, text) => sum + Number(text.split(' ')[0]) / 1e9, 0)
  } catch {
    return Number.NaN
  }
}

export async function redisBytes(redis: TestServer): Promise<number> {
  const told = await askRedis(redis, 'INFO', 'memory')
  return Number(/^used_memory:(\d+)/m.exec(told)?.[1])
}
