import { type Register, WrongSequenceError } from '@newswire/bus'
import type { Log } from '@newswire/runtime'
import { z } from 'zod'
import type { WebhookLimits } from '../limits.js'
import { pause } from '../pause.js'

/** Who works a shard. Register `leases`; a row that is not renewed is forgotten by the register. */
export const leaseRowSchema = z.object({
  owner: z.string(),
  /** The owner has seen the register `endpoints` up to this revision. */
  applied: z.number().int().nonnegative(),
})
export type LeaseRow = z.infer<typeof leaseRowSchema>

export const leaseKey = (shard: number) => `shard-${shard}`

export interface LeaseOptions {
  readonly leases: Register<LeaseRow>
  readonly shard: number
  /** The same name takes over at once after its own crash. */
  readonly instance: string
  readonly limits: Pick<WebhookLimits, 'leaseMs' | 'leaseRenewMs' | 'leaseMarginMs' | 'leaseLookMs'>
  readonly log: Log
  /** After each renewal. */
  readonly onRenewed: () => void
  /** Another has it. */
  readonly onLost: (error: Error) => void
}

/** The right to plan and to start attempts for one shard, held by one instance at a time. */
export class Lease {
  readonly #options: LeaseOptions
  readonly #key: string
  #revision = 0
  #applied = 0
  #renewedAtMs = Number.NEGATIVE_INFINITY
  #isOurs = false
  #timer: NodeJS.Timeout | undefined
  #turn: Promise<void> = Promise.resolve()
  #isTelling = false
  /** Another's row, and since when it has not changed: after `leaseMs` its owner counts as dead. */
  #watched: { revision: number; sinceMs: number } | undefined

  constructor(options: LeaseOptions) {
    this.#options = options
    this.#key = leaseKey(options.shard)
  }

  /** Waits until it is ours. False where the signal came first. */
  async acquire(signal: AbortSignal): Promise<boolean> {
    const { limits } = this.#options
    while (!signal.aborted) {
      if (await this.tryAcquire()) return true
      await pause(limits.leaseLookMs, signal)
    }
    return false
  }

  /** False where another has it. */
  async tryAcquire(): Promise<boolean> {
    if (!(await this.#take())) return false
    this.#isOurs = true
    const { leaseRenewMs } = this.#options.limits
    this.#timer = setInterval(() => this.#inTurn(() => this.#renew()), leaseRenewMs)
    return true
  }

  /** Whether it is surely ours at this moment, with a margin, by the monotonic clock. */
  isHeld(): boolean {
    const { leaseMs, leaseMarginMs } = this.#options.limits
    return this.#isOurs && performance.now() < this.#renewedAtMs + leaseMs - leaseMarginMs
  }

  /** Tells registrations that this owner knows all webhooks up to this revision. */
  tell(applied: number): void {
    this.#applied = Math.max(this.#applied, applied)
    // One renewal that waits for its turn carries all that is told meanwhile.
    if (this.#isTelling) return
    this.#isTelling = true
    this.#inTurn(() => {
      this.#isTelling = false
      return this.#renew()
    })
  }

  async release(): Promise<void> {
    clearInterval(this.#timer)
    const wasOurs = this.#isOurs
    this.#isOurs = false
    await this.#turn
    if (!wasOurs) return
    const { leases, log, shard } = this.#options
    // At its revision: who stood still for too long must not take the next owner's away.
    await leases.delete(this.#key, this.#revision).catch((error: unknown) => {
      // The register forgets it by itself: the next owner waits a little longer.
      log.warn({ err: error, shard }, 'lease not given back')
    })
  }

  async #take(): Promise<boolean> {
    const { leases, instance, limits } = this.#options
    const value = { owner: instance, applied: 0 }
    this.#applied = 0
    const row = await leases.get(this.#key)
    if (!row) return this.#write(() => leases.create(this.#key, value))
    const now = performance.now()
    if (this.#watched?.revision !== row.revision) {
      this.#watched = { revision: row.revision, sinceMs: now }
    }
    const isLeft = now - this.#watched.sinceMs >= limits.leaseMs
    if (row.value.owner !== instance && !isLeft) return false
    return this.#write(() => leases.update(this.#key, value, row.revision))
  }

  async #renew(): Promise<void> {
    if (!this.#isOurs) return
    const { leases, instance, shard, log, onRenewed, onLost } = this.#options
    const value = { owner: instance, applied: this.#applied }
    try {
      const isRenewed = await this.#write(() => leases.update(this.#key, value, this.#revision))
      if (isRenewed) return onRenewed()
      this.#isOurs = false
      onLost(new Error(`The lease of shard ${shard} is gone, or another instance has it.`))
    } catch (error) {
      // Not lost yet: attempts stop by themselves where the lease is not renewed in time.
      log.warn({ err: error, shard }, 'lease not renewed')
    }
  }

  /** False where another row stands. */
  async #write(write: () => Promise<number>): Promise<boolean> {
    // Before the write: the register counts the row's life from a later moment than we do.
    const startedAtMs = performance.now()
    try {
      this.#revision = await write()
      this.#renewedAtMs = startedAtMs
      return true
    } catch (error) {
      if (error instanceof WrongSequenceError) return false
      throw error
    }
  }

  #inTurn(act: () => Promise<void>): void {
    this.#turn = this.#turn.then(act)
  }
}
