import type { Register, RegisterChange, Subscription } from '@newswire/bus'
import { toToken } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import type { WebhookLimits } from '../limits.js'
import { type LeaseRow, leaseKey } from './lease.js'

export interface ShareOptions {
  readonly leases: Register<LeaseRow>
  readonly shards: number
  readonly instance: string
  readonly limits: Pick<WebhookLimits, 'leaseMs' | 'leaseRenewMs' | 'leaseLookMs'>
  readonly log: Log
}

/** The wish to own a shard, from when it may be tried until `end`. */
export interface Tenure {
  /** It is another's turn to own the shard, or the process ends. */
  readonly signal: AbortSignal
  end(): void
}

interface Seen {
  readonly owner: string
  /** When the row was last written, as we saw it; ms of the monotonic clock. */
  readonly atMs: number
}

const memberPrefix = 'member-'

/**
 * Which shards this process tries to own: an equal part of all, among the processes that are alive.
 * Each process says in register `leases` that it is, and counts the others. Where they count
 * differently for a while a shard has no owner for as long; it never has two, the leases see to it.
 */
export class Share {
  readonly #options: ShareOptions
  readonly #key: string
  readonly #rows = new Map<string, Seen>()
  readonly #waiting = new Map<number, (tenure: Tenure | undefined) => void>()
  readonly #held = new Map<number, AbortController>()
  readonly #timers: NodeJS.Timeout[] = []
  #watch: Subscription | undefined

  constructor(options: ShareOptions) {
    this.#options = options
    this.#key = `${memberPrefix}${toToken(options.instance)}`
  }

  async start(): Promise<void> {
    const { leases, limits } = this.#options
    await this.#announce()
    await new Promise<void>((resolve, reject) => {
      leases
        .watch({ onChange: (change) => this.#take(change), onCurrent: resolve })
        .then((watch) => {
          this.#watch = watch
        }, reject)
    })
    this.#timers.push(
      setInterval(() => void this.#announce(), limits.leaseRenewMs),
      // Rows that end by their age are told by nobody.
      setInterval(() => this.#deal(), limits.leaseLookMs),
    )
  }

  /** Waits until the shard may be tried. Undefined where the signal came first. */
  next(shard: number, signal: AbortSignal): Promise<Tenure | undefined> {
    if (signal.aborted) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const give = (tenure: Tenure | undefined) => {
        this.#waiting.delete(shard)
        signal.removeEventListener('abort', none)
        resolve(tenure)
      }
      const none = () => give(undefined)
      signal.addEventListener('abort', none)
      this.#waiting.set(shard, give)
      this.#deal()
    })
  }

  /** Nobody needs to count this process any more. The tenures end by their own signal. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    for (const tenure of this.#held.values()) tenure.abort()
    await this.#watch?.stop()
    const { leases, log } = this.#options
    await leases.delete(this.#key).catch((error: unknown) => {
      // The register forgets it by itself: the others take over a little later.
      log.warn({ err: error }, 'process not signed off')
    })
  }

  async #announce(): Promise<void> {
    const { leases, instance, log } = this.#options
    try {
      await leases.put(this.#key, { owner: instance, applied: 0 })
    } catch (error) {
      log.warn({ err: error }, 'process not announced; others may take its shards')
    }
  }

  #take(change: RegisterChange<LeaseRow>): void {
    if (change.kind === 'delete') {
      this.#rows.delete(change.key)
    } else {
      const { key, value } = change.row
      const isNew = !this.#rows.has(key)
      this.#rows.set(key, { owner: value.owner, atMs: performance.now() })
      // A renewal changes nothing.
      if (!isNew) return
    }
    this.#deal()
  }

  /** Lets go of what is too much, and takes what there is room for. */
  #deal(): void {
    const quota = this.#quota()
    const surplus = [...this.#held].filter(([, { signal }]) => !signal.aborted).slice(quota)
    for (const [, tenure] of surplus) tenure.abort()
    for (const [shard, give] of [...this.#waiting]) {
      if (this.#held.size >= quota) return
      if (this.#isFree(shard)) give(this.#tenure(shard))
    }
  }

  #tenure(shard: number): Tenure {
    const tenure = new AbortController()
    this.#held.set(shard, tenure)
    return { signal: tenure.signal, end: () => void this.#held.delete(shard) }
  }

  /** All processes come to the same numbers, whose sum is that of the shards. */
  #quota(): number {
    const { shards, instance } = this.#options
    const alive = new Set([instance])
    for (const [key, row] of this.#rows) {
      if (key.startsWith(memberPrefix) && !this.#isLeft(row)) alive.add(row.owner)
    }
    const rank = [...alive].sort().indexOf(instance)
    return Math.floor(shards / alive.size) + (rank < shards % alive.size ? 1 : 0)
  }

  #isFree(shard: number): boolean {
    const row = this.#rows.get(leaseKey(shard))
    return row === undefined || row.owner === this.#options.instance || this.#isLeft(row)
  }

  #isLeft({ atMs }: Seen): boolean {
    return performance.now() - atMs >= this.#options.limits.leaseMs
  }
}
