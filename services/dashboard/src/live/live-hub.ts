import type { ServerResponse } from 'node:http'
import type { Bus, Stored, Subscription } from '@newswire/bus'
import { type Caller, type KeyRing, Problem } from '@newswire/http'
import type { Attempt, Endpoint, Plan, TaggedItem } from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import { endOf, follow } from '../figures/follow.js'
import { ItemRing } from './item-ring.js'
import { liveLimits } from './limits.js'
import { refusalOf } from './places.js'
import { LiveReader } from './reader.js'

export interface LiveHubOptions {
  readonly bus: Pick<Bus, 'replay' | 'streams'>
  readonly keyRing: Pick<KeyRing, 'byId'>
  readonly endpoints: { get(id: string): Endpoint | undefined }
  readonly clock: Clock
  readonly log: Log
}

/** One reader of stream TAGGED for all who read along in this process. */
export class LiveHub {
  readonly #options: LiveHubOptions
  readonly #readers = new Set<LiveReader>()
  #ring = new ItemRing(0)
  #running: Subscription | undefined
  #beating: NodeJS.Timeout | undefined

  constructor(options: LiveHubOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const { bus, log } = this.#options
    const after = Math.max(0, (await endOf(bus, 'item.tagged')) - liveLimits.itemsKeptMax)
    this.#ring = new ItemRing(after)
    const onFact = (fact: Stored<TaggedItem>) => this.#take(fact)
    this.#running = await follow({ bus, log, fact: 'item.tagged', after, onFact })
    this.#beating = setInterval(() => void this.#beat(), liveLimits.heartbeatMs)
  }

  async stop(): Promise<void> {
    clearInterval(this.#beating)
    this.endAll()
    await this.#running?.stop()
  }

  get hasAdmins(): boolean {
    return [...this.#readers].some(({ isAdmin, readsHouse }) => isAdmin && readsHouse)
  }

  /** Problem 429 or 503 where too many read along. Checked before anything is answered. */
  check(address: string, caller: Caller | undefined): void {
    const own = [...this.#readers].filter((reader) => reader.address === address).length
    const isAdmin = caller?.role === 'admin'
    const refusal = refusalOf({ all: this.#readers.size, own, isAdmin })
    if (refusal === 429) throw tooMany(429, 'Close one of your streams.')
    if (refusal === 503) throw tooMany(503, 'Come back in a while.')
  }

  join(
    response: ServerResponse,
    who: {
      caller: Caller | undefined
      address: string
      webhook: string | undefined
      after: number | undefined
    },
  ): void {
    const { newest } = this.#ring
    // Deliveries have no place to go on from: whoever reads them asks for the list at `ready`.
    const isFirst = who.after === undefined || who.webhook !== undefined
    const missed = isFirst ? [] : this.#ring.after(who.after ?? newest)
    const after = missed === undefined ? newest : (who.after ?? newest)
    const reader = new LiveReader(response, { ...who, after, now: this.#options.clock.now() })
    this.#readers.add(reader)
    response.on('close', () => this.#readers.delete(reader))
    if (missed === undefined) reader.event('reset', JSON.stringify({ newest }), newest)
    else if (missed.length === 0) reader.event('ready', JSON.stringify({ newest }), after)
    for (const item of missed ?? []) reader.item(item)
  }

  attempt(attempt: Attempt, at: Date): void {
    if (this.#readers.size === 0) return
    const { endpoint, item, revision, status, latencyMs, result } = attempt
    const owner = this.#options.endpoints.get(endpoint)?.owner
    const data = JSON.stringify({
      ...{ endpoint, item, version: versionIn(revision), result },
      ...{ status: status ?? null, latencyMs: latencyMs ?? null, at: at.toISOString() },
    })
    const now = this.#options.clock.now()
    for (const reader of this.#readers) {
      // What was superseded before its first attempt is no call, but a line of its webhook's list.
      const isTold = attempt.attempt > 0 || !reader.readsHouse
      if (isTold && reader.readsDeliveriesOf(endpoint, owner)) reader.delivery(data, now)
    }
  }

  /** Told to readers of one webhook: a plan may name thousands. */
  plan({ item, at, deliveries }: Plan): void {
    const readers = [...this.#readers].filter(({ readsHouse }) => !readsHouse)
    if (readers.length === 0) return
    const planned = new Set(deliveries.map(({ endpoint }) => endpoint))
    const now = this.#options.clock.now()
    for (const reader of readers) {
      const { webhook: endpoint = '' } = reader
      const owner = this.#options.endpoints.get(endpoint)?.owner
      if (!planned.has(endpoint) || !reader.readsDeliveriesOf(endpoint, owner)) continue
      const result = { result: 'planned', status: null, latencyMs: null, at }
      const told = { endpoint, item: item.id, version: item.version, ...result }
      reader.delivery(JSON.stringify(told), now)
    }
  }

  toAdmins(name: 'overview' | 'alarms', value: object): void {
    const data = JSON.stringify(value)
    for (const reader of this.#readers) {
      if (reader.isAdmin && reader.readsHouse) reader.event(name, data)
    }
  }

  countUntold(): void {
    for (const reader of this.#readers) reader.countUntold()
  }

  endAll(): void {
    for (const reader of this.#readers) reader.end()
  }

  #take(fact: Stored<TaggedItem>): void {
    const item = this.#ring.add(fact)
    for (const reader of this.#readers) reader.item(item)
  }

  /** Whoever's key is gone, or who has read for long, is let go; the rest is shown that we live. */
  async #beat(): Promise<void> {
    const now = this.#options.clock.now().getTime()
    for (const reader of [...this.#readers]) {
      const isOver = now - reader.beganAt > liveLimits.lifeMsMax
      if (isOver || !(await this.#mayStay(reader))) reader.end()
      else reader.beat()
    }
  }

  async #mayStay({ caller }: LiveReader): Promise<boolean> {
    if (caller === undefined) return true
    try {
      return (await this.#options.keyRing.byId(caller.keyId)) !== undefined
    } catch (err) {
      this.#options.log.debug({ err }, 'key of a reader not looked up')
      return true
    }
  }
}

function versionIn(revision: string): number {
  return Number(revision.split('.')[0])
}

function tooMany(status: 429 | 503, what: string): Problem {
  return new Problem({
    status,
    slug: 'too-many-readers',
    title: 'Too many read along',
    detail: what,
    headers: { 'retry-after': '30' },
  })
}
