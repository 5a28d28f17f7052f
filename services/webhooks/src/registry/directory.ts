import type { Register, RegisterChange, Row, Subscription } from '@newswire/bus'
import { createMatcher, type Matcher, parseFilter } from '@newswire/model'
import type { SecretBox } from '@newswire/runtime'
import type { Rules } from '../flow/place.js'
import { type OpenedWebhook, openedWebhook } from './sealed.js'
import { shardOf, type WebhookRow } from './webhook-row.js'

/** A webhook as this process sees it. */
export interface Endpoint extends OpenedWebhook {
  readonly revision: number
  readonly shard: number
  /** What its attempts must obey. */
  readonly rules: Rules
}

/** Called after a change is in. */
export type OnEndpointChange = (endpoint: string, shard: number) => void

export interface DirectoryOptions {
  readonly endpoints: Register<WebhookRow>
  readonly secrets: SecretBox
  readonly shards: number
  /** Our own broken state: a row that can't be read. */
  readonly fail: (error: Error) => void
}

/**
 * All webhooks, live from the register's watch, with an index over the filters of each shard. It
 * knows up to which revision of the register it is complete.
 */
export class Directory {
  readonly #options: DirectoryOptions
  readonly #known = new Map<string, Endpoint>()
  readonly #byShard: readonly Map<string, Endpoint>[]
  readonly #matchers: readonly Matcher[]
  readonly #listeners = new Set<OnEndpointChange>()
  /** Ids are never used again: a late row must not bring a deleted webhook back. */
  readonly #deleted = new Set<string>()
  #applied = 0
  #watch: Subscription | undefined
  #reading: Promise<void> = Promise.resolve()
  #nextReading: Promise<void> | undefined

  constructor(options: DirectoryOptions) {
    this.#options = options
    this.#matchers = Array.from({ length: options.shards }, createMatcher)
    this.#byShard = Array.from({ length: options.shards }, () => new Map())
  }

  /** Resolves once all rows that stand are in. */
  async start(): Promise<void> {
    const { endpoints } = this.#options
    let onCurrent: () => void = () => undefined
    const current = new Promise<void>((resolve) => {
      onCurrent = resolve
    })
    this.#watch = await endpoints.watch({ onChange: (change) => this.#take(change), onCurrent })
    await current
  }

  get(endpoint: string): Endpoint | undefined {
    return this.#known.get(endpoint)
  }

  /** Undefined where it is of another shard. */
  in(shard: number, endpoint: string): Endpoint | undefined {
    return this.#byShard[shard]?.get(endpoint)
  }

  allIn(shard: number): Iterable<Endpoint> {
    return this.#byShard[shard]?.values() ?? []
  }

  matcher(shard: number): Matcher {
    const matcher = this.#matchers[shard]
    if (matcher) return matcher
    throw new Error(`There is no shard ${shard}: there are ${this.#matchers.length}.`)
  }

  shardOf(endpoint: string): number {
    return this.#known.get(endpoint)?.shard ?? shardOf(endpoint, this.#matchers.length)
  }

  /** Every change up to this revision of the register is in. */
  applied(): number {
    return this.#applied
  }

  /**
   * Reads the register itself: afterwards everything that stood there at the call is in. Who calls
   * while it is read waits for the next reading, together with all others who do.
   */
  catchUp(): Promise<void> {
    this.#nextReading ??= this.#reading.then(() => {
      this.#nextReading = undefined
      const reading = this.#read()
      this.#reading = reading.catch(() => undefined)
      return reading
    })
    return this.#nextReading
  }

  async #read(): Promise<void> {
    for (const row of await this.#options.endpoints.rows()) this.#take({ kind: 'put', row })
  }

  /** Returns what ends it. */
  onChange(listener: OnEndpointChange): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async stop(): Promise<void> {
    await this.#watch?.stop()
  }

  #take(change: RegisterChange<WebhookRow>): void {
    try {
      if (change.kind === 'put') this.#put(change.row)
      else this.#remove(change.key)
    } catch (error) {
      const say = 'A webhook in the register cannot be read.'
      this.#options.fail(new Error(say, { cause: error }))
    }
  }

  #put({ key, value, revision }: Row<WebhookRow>): void {
    this.#applied = Math.max(this.#applied, revision)
    if (this.#deleted.has(key) || (this.#known.get(key)?.revision ?? 0) >= revision) return
    const shard = this.shardOf(key)
    const opened = openedWebhook(value, this.#options.secrets)
    const endpoint = { revision, shard, rules: rulesOf(value), ...opened }
    this.#known.set(key, endpoint)
    this.#byShard[shard]?.set(key, endpoint)
    const matcher = this.matcher(shard)
    // One that was disabled after it took calls is matched on: what it misses can be replayed.
    const isOver = !value.activeSince || value.retiredAt !== undefined
    if (value.status === 'disabled' && isOver) matcher.remove(key)
    else matcher.set(key, parseFilter(value.filter))
    this.#tell(key)
  }

  #remove(key: string): void {
    this.#deleted.add(key)
    if (!this.#known.delete(key)) return
    this.#byShard[this.shardOf(key)]?.delete(key)
    this.matcher(this.shardOf(key)).remove(key)
    this.#tell(key)
  }

  #tell(key: string): void {
    for (const listener of this.#listeners) listener(key, this.shardOf(key))
  }
}

function rulesOf({ url, target, ratePerSecond, concurrency }: WebhookRow): Rules {
  return { host: target ?? new URL(url).origin, ratePerSecond, concurrency }
}
