import { createHash } from 'node:crypto'
import type { Log } from '@newswire/runtime'
import { Redis } from 'ioredis'

const limits = {
  /** A command without an answer for this long has failed. */
  commandTimeoutMs: 5_000,
  /** Lost connections that a command lives through before it fails. */
  retriesPerCommandMax: 3,
  reconnectMsMax: 1_000,
  connectTriesMax: 5,
} as const

export interface RedisOptions {
  readonly url: string
  readonly log: Log
  /** Shown in Redis' `CLIENT LIST`. */
  readonly name: string
}

/** A connection that is up. It reconnects by itself; commands meanwhile fail after a while. */
export async function openRedis({ url, log, name }: RedisOptions): Promise<Redis> {
  let wasReady = false
  const redis = new Redis(url, {
    connectionName: `newswire-${name}`,
    lazyConnect: true,
    // Reads come from many handlers at a time: one round trip carries all of one turn.
    enableAutoPipelining: true,
    commandTimeout: limits.commandTimeoutMs,
    maxRetriesPerRequest: limits.retriesPerCommandMax,
    retryStrategy: (times) =>
      wasReady || times < limits.connectTriesMax
        ? Math.min(times * 50, limits.reconnectMsMax)
        : null,
  })
  reportOutages(redis, log, name)
  redis.once('ready', () => {
    wasReady = true
  })
  try {
    await redis.connect()
    await redis.ping()
  } catch (cause) {
    redis.disconnect()
    const place = new URL(url).host
    throw new Error(`Redis at ${place} does not answer. Start it, or correct REDIS_URL.`, { cause })
  }
  return redis
}

/** Ends a connection, also where the server is gone. */
export async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status === 'ready') await redis.quit().catch(() => redis.disconnect())
  else redis.disconnect()
}

/** One line per outage: ioredis reports every attempt. */
function reportOutages(redis: Redis, log: Log, name: string): void {
  let down = false
  redis.on('error', (error: Error) => {
    if (!down) log.warn({ err: error, connection: name }, 'redis is not reachable')
    down = true
  })
  redis.on('ready', () => {
    if (down) log.info({ connection: name }, 'redis is reachable again')
    down = false
  })
}

/** A Lua script: all that it reads and writes is one step to everyone else. */
export interface Script {
  run(redis: Redis, keys: readonly string[], args: readonly Argument[]): Promise<unknown>
  /** The same with texts as bytes: where some are no UTF-8. */
  runBytes(redis: Redis, keys: readonly string[], args: readonly Argument[]): Promise<unknown>
}

type Argument = string | number | Buffer

/** ioredis makes a twin of every command that answers in bytes; its types leave these out. */
type Twins = Record<
  'evalshaBuffer' | 'evalBuffer',
  (script: string, keyCount: number, ...args: readonly Argument[]) => Promise<unknown>
>
const twins = (redis: Redis) => redis as Redis & Twins

export function createScript(lua: string): Script {
  const sha = createHash('sha1').update(lua).digest('hex')
  async function known(run: () => Promise<unknown>, runWhole: () => Promise<unknown>) {
    try {
      return await run()
    } catch (error) {
      // A new or restarted server does not know the script yet.
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return await runWhole()
    }
  }
  return {
    run: (redis, keys, args) =>
      known(
        () => redis.evalsha(sha, keys.length, ...keys, ...args),
        () => redis.eval(lua, keys.length, ...keys, ...args),
      ),
    runBytes: (redis, keys, args) =>
      known(
        () => twins(redis).evalshaBuffer(sha, keys.length, ...keys, ...args),
        () => twins(redis).evalBuffer(lua, keys.length, ...keys, ...args),
      ),
  }
}

/** An error reply that no later try can mend: our keys or our scripts are broken. */
export function isBrokenReply(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === 'ReplyError' &&
    /^(WRONGTYPE|ERR)\b/.test(error.message)
  )
}
