import type { Log } from '@newswire/runtime'
import { RedisConnection, type RedisOptions } from 'bullmq'
import { jobLimits } from './limits.js'

const versionMin = [6, 2] as const

/** What BullMQ needs to make a connection of its own, for a worker that blocks on it. */
export function workerConnection(url: string): RedisOptions {
  return {
    url,
    connectionName: 'newswire-jobs',
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 50, jobLimits.reconnectMsMax),
  }
}

/** The connection that all queues of a process share. Errors say what to do. */
export async function openConnection(url: string, log: Log): Promise<RedisConnection> {
  let wasReady = false
  const connection = new RedisConnection(
    {
      url,
      connectionName: 'newswire-jobs',
      // An add must not wait for ever: its caller has a retry of its own.
      maxRetriesPerRequest: jobLimits.retriesPerAddMax,
      retryStrategy: (times: number) =>
        wasReady || times < jobLimits.connectTriesMax
          ? Math.min(times * 50, jobLimits.reconnectMsMax)
          : null,
      // Its own check only prints; ours stops the process.
      skipVersionCheck: true,
    },
    { blocking: false },
  )
  connection.on('error', reportOutages(log, 'queues'))
  try {
    const client = await connection.client
    wasReady = true
    checkServer(await client.info())
  } catch (error) {
    await connection.close(true)
    if (error instanceof UnfitServerError) throw error
    const place = new URL(url).host
    throw new Error(`Redis at ${place} does not answer. Start it, or correct REDIS_URL.`, {
      cause: error,
    })
  }
  return connection
}

/** The server answers, but queues would not be safe on it. */
export class UnfitServerError extends Error {
  override readonly name = 'UnfitServerError'
}

/** Reads the answer of `INFO`. */
export function checkServer(info: string): void {
  const figure = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1] ?? ''
  const policy = figure('maxmemory_policy')
  if (policy !== 'noeviction') {
    throw new UnfitServerError(
      `Redis may throw jobs away when its memory is full (maxmemory-policy is "${policy}"). ` +
        'Run: redis-cli CONFIG SET maxmemory-policy noeviction, and write it into redis.conf.',
    )
  }
  const version = figure('redis_version')
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < versionMin[0] || (major === versionMin[0] && minor < versionMin[1])) {
    throw new UnfitServerError(
      `Redis ${version} is too old for the queues. Install Redis ${versionMin.join('.')} or newer.`,
    )
  }
}

/** A listener to errors that logs one line per outage; BullMQ repeats them with every attempt. */
export function reportOutages(log: Log, of: string): (error: Error) => void {
  let last = ''
  return (error) => {
    if (error.message === last) return
    last = error.message
    log.warn({ err: error, of }, 'redis connection of the jobs has an error')
  }
}
