import type { Register, RegisterChange, Row, Subscription } from '@newswire/bus'
import { createMatcher, type Matcher, parseFilter } from '@newswire/model'
import type { SecretBox } from '@newswire/runtime'
import { secretKeyOf } from '../deliver/signature.js'
import { shardOf, type WebhookRow } from './webhook-row.js'

/** A webhook as this process sees it. */
export interface Endpoint {
  readonly row: WebhookRow
  readonly revision: number
  /** The keys that sign at this instant, newest first. */
  keys(now: Date): readonly Uint8Array[]
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
  readonly #matchers: readonly Matcher[]
  readonly #listeners = new Set<OnEndpointChange>()
  /** Ids are never used again: a late row must not bring a deleted webhook back. */
  readonly #deleted = new Set<string>()
  #applied = 0
  #watch: Subscription | undefined

  constructor(options: DirectoryOptions) {
    this.#options = options
    this.#matchers = Array.from({ length: options.shards }, createMatcher)
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

  all(): Iterable<Endpoint> {
    return this.#known.values()
  }

  matcher(shard: number): Matcher {
    const matcher = this.#matchers[shard]
    if (matcher) return matcher
    throw new Error(`There is no shard ${shard}: there are ${this.#matchers.length}.`)
  }

  shardOf(endpoint: string): number {
    return shardOf(endpoint, this.#matchers.length)
  }

  /** Every change up to this revision of the register is in. */
  applied(): number {
    return this.#applied
  }

  /** Reads the register itself: afterwards everything that stood there at the call is in. */
  async catchUp(): Promise<void> {
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
    this.#known.set(key, { row: value, revision, keys: keysOf(value, this.#options.secrets) })
    const matcher = this.matcher(this.shardOf(key))
    if (value.status === 'disabled') matcher.remove(key)
    else matcher.set(key, parseFilter(value.filter))
    this.#tell(key)
  }

  #remove(key: string): void {
    this.#deleted.add(key)
    if (!this.#known.delete(key)) return
    this.matcher(this.shardOf(key)).remove(key)
    this.#tell(key)
  }

  #tell(key: string): void {
    for (const listener of this.#listeners) listener(key, this.shardOf(key))
  }
}

/** Opened once per row, at its first use. */
export function keysOf(row: WebhookRow, secrets: SecretBox): (now: Date) => readonly Uint8Array[] {
  let opened: { current: Uint8Array; old: Uint8Array | undefined } | undefined
  const open = (sealed: string) => {
    const key = secretKeyOf(secrets.open(sealed, row.id))
    if (!key) throw new Error('What stands as a webhook secret is none.')
    return key
  }
  return (now) => {
    opened ??= { current: open(row.secret), old: row.oldSecret && open(row.oldSecret.secret) }
    const isOldValid = row.oldSecret && Date.parse(row.oldSecret.until) > now.getTime()
    return opened.old && isOldValid ? [opened.current, opened.old] : [opened.current]
  }
}
