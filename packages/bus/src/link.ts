import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '@newswire/runtime'
import {
  type ConnectionOptions,
  connect,
  Events,
  type JetStreamClient,
  type JetStreamManager,
  type NatsConnection,
  NatsError,
} from 'nats'
import { BusDownError } from './errors.js'
import {
  closeTimeoutMs,
  pingIntervalMs,
  pingsUnansweredMax,
  publishDelaysMs,
  reconnectWaitMs,
  requestTimeoutMs,
} from './limits.js'

/** The connection was lost while the server's answer was awaited. */
export class LinkLostError extends Error {
  override readonly name = 'LinkLostError'
}

/**
 * The connection, and when it is there. The client reconnects for ever, but forgets what it was to
 * send meanwhile and leaves requests to their timeout: `attempt` ends them at once instead.
 */
export class Link {
  readonly nc: NatsConnection
  readonly js: JetStreamClient
  readonly jsm: JetStreamManager
  #isUp = true
  readonly #log: Log
  readonly #waiting = new Set<(error: Error) => void>()
  readonly #upListeners = new Set<() => void>()

  constructor(nc: NatsConnection, jsm: JetStreamManager, log: Log) {
    this.nc = nc
    this.jsm = jsm
    this.js = nc.jetstream({ timeout: requestTimeoutMs })
    this.#log = log
    void this.#follow()
  }

  get isUp(): boolean {
    return this.#isUp && !this.nc.isClosed()
  }

  /** Called each time the connection is there again. Returns what ends it. */
  onUp(listener: () => void): () => void {
    this.#upListeners.add(listener)
    return () => this.#upListeners.delete(listener)
  }

  /** The request's answer; LinkLostError as soon as the connection is lost. */
  attempt<T>(request: () => Promise<T>): Promise<T> {
    if (!this.#isUp) return Promise.reject(new LinkLostError('The connection is down.'))
    return new Promise<T>((resolve, reject) => {
      this.#waiting.add(reject)
      request().then(
        (answer) => {
          this.#waiting.delete(reject)
          resolve(answer)
        },
        (error: unknown) => {
          this.#waiting.delete(reject)
          reject(error)
        },
      )
    })
  }

  /** The same for whoever looks something up: BusDownError where no answer comes. */
  async ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await this.attempt(request)
    } catch (cause) {
      const isUnanswered = cause instanceof NatsError && cause.code === 'TIMEOUT'
      if (!isUnanswered && !(cause instanceof LinkLostError)) throw cause
      throw new BusDownError('The server did not answer.', { cause })
    }
  }

  /** Waits so long; less, if the connection was down and comes back. */
  async pause(ms: number): Promise<void> {
    if (this.#isUp) return void (await delay(ms))
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        stop()
        resolve()
      }
      const timer = setTimeout(done, ms)
      const stop = this.onUp(done)
    })
  }

  /** Sends what is still to be sent, within a limit, and closes. */
  async close(): Promise<void> {
    if (this.#isUp) {
      const limit = new AbortController()
      await Promise.race([
        this.nc.drain().catch(() => undefined),
        delay(closeTimeoutMs, undefined, { signal: limit.signal }).catch(() => undefined),
      ])
      limit.abort()
    }
    await this.nc.close()
  }

  async #follow(): Promise<void> {
    for await (const { type, data } of this.nc.status()) {
      if (type === Events.Disconnect) this.#lost()
      else if (type === Events.Reconnect) this.#found()
      else if (type === Events.Error) this.#log.warn({ code: data }, 'NATS reports an error')
    }
    this.#lost()
  }

  #lost(): void {
    if (this.#isUp && !this.nc.isClosed()) this.#log.warn('connection to NATS lost')
    this.#isUp = false
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const reject of waiting) reject(new LinkLostError('The connection was lost.'))
  }

  #found(): void {
    this.#isUp = true
    this.#log.info('connection to NATS is back')
    for (const listener of [...this.#upListeners]) listener()
  }
}

/** Several servers of a cluster are separated by commas; user and password may stand in the URL. */
export function connectionOptions(url: string, name: string): ConnectionOptions {
  const addresses = url.split(',').map((part) => {
    const text = part.trim()
    return new URL(text.includes('://') ? text : `nats://${text}`)
  })
  const [first] = addresses
  return {
    servers: addresses.map(({ host }) => host),
    name: `${name}@${hostname()}`,
    ...(first?.username
      ? { user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) }
      : {}),
    ...(addresses.some(({ protocol }) => protocol === 'tls:') ? { tls: {} } : {}),
    maxReconnectAttempts: -1,
    reconnectTimeWait: reconnectWaitMs,
    reconnectJitter: reconnectWaitMs / 2,
    pingInterval: pingIntervalMs,
    maxPingOut: pingsUnansweredMax,
    timeout: requestTimeoutMs,
    // A stack for each request costs as much as the request.
    noAsyncTraces: true,
  }
}

/** Connects, knocking for as long as one publish would. BusDownError names the server. */
export async function openLink(url: string, name: string, log: Log): Promise<Link> {
  const options = connectionOptions(url, name)
  for (let tries = 0; ; tries += 1) {
    try {
      const nc = await connect(options)
      try {
        return new Link(nc, await nc.jetstreamManager({ timeout: requestTimeoutMs }), log)
      } catch (error) {
        await nc.close()
        throw error
      }
    } catch (cause) {
      const wait = publishDelaysMs[tries]
      if (wait === undefined) {
        throw new BusDownError(
          `No NATS server with JetStream answers at ${String(options.servers)}. Start it (with -js), or correct NATS_URL.`,
          { cause },
        )
      }
      await delay(wait)
    }
  }
}
