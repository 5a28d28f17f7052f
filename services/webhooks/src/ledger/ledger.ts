import { isDeepStrictEqual } from 'node:util'
import type { Bus } from '@newswire/bus'
import type { Attempt, DeliveryFact, Plan } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { WebhookLimits } from '../limits.js'
import { withAnswersApart } from './answers-apart.js'
import type { Beat } from './beat.js'

/**
 * The chain was broken by another owner, or the bus did not answer: the shard must be taken anew.
 */
export class LedgerLostError extends Error {
  override readonly name = 'LedgerLostError'
}

export interface LedgerOptions {
  readonly bus: Pick<Bus, 'publish' | 'read'>
  readonly shard: number
  /** Where the chain ends; 0 for no chain yet. */
  readonly last: number
  /** Unlike any other writer's: the server must never take two writers' entries for one. */
  readonly writer: string
  readonly clock: Clock
  readonly limits: Pick<WebhookLimits, 'outcomesMax'>
  /** Shared by the shards of the process. */
  readonly beat: Beat
  readonly onLost: (error: Error) => void
}

interface Waiting {
  readonly attempt: Attempt
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * The shard's own subject in stream DELIVERIES, written as one chain: each entry expects the one
 * before it, so that nobody else can have written between. Any failure ends this writer for good.
 */
export class Ledger {
  readonly #options: LedgerOptions
  #last: number
  #lost: Error | undefined
  #tail: Promise<unknown> = Promise.resolve()
  readonly #waiting: Waiting[] = []
  readonly #onBeat = () => void this.#storeWaiting()

  constructor(options: LedgerOptions) {
    this.#options = options
    this.#last = options.last
  }

  /** Where the newest entry stands; 0 for none. */
  last(): number {
    return this.#last
  }

  /** Resolves with the sequence of the plan. */
  plan(plan: Plan): Promise<number> {
    return this.#inTurn(() => this.#append(plan, `${plan.item.id}:${plan.item.revision}`))
  }

  /** Resolves once the outcome is stored, together with those that came about the same time. */
  record(attempt: Attempt): Promise<void> {
    const { limits, beat } = this.#options
    const stored = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ attempt, resolve, reject })
    })
    if (this.#waiting.length % limits.outcomesMax === 0) void this.#storeWaiting()
    else beat.join(this.#onBeat)
    return stored
  }

  /** Makes sure that nobody who read the chain before can write to it any more. */
  async fence(): Promise<void> {
    await this.#inTurn(() => this.#append(this.#outcomes([]), 'fence'))
  }

  /** What a lane said last is stored, before anything opens the lane anew. */
  async flushLane(endpoint: string, item: string): Promise<void> {
    const isOf = ({ attempt }: Waiting) => attempt.endpoint === endpoint && attempt.item === item
    if (this.#waiting.some(isOf)) await this.flush()
  }

  async flush(): Promise<void> {
    while (this.#waiting.length > 0) await this.#storeWaiting()
    await this.#tail
  }

  async #storeWaiting(): Promise<void> {
    await this.#inTurn(() => this.#storeBatch())
    if (this.#waiting.length > 0) await this.#storeWaiting()
  }

  /** What came while others were written goes along. */
  async #storeBatch(): Promise<void> {
    const batch = this.#waiting.splice(0, this.#options.limits.outcomesMax)
    if (batch.length === 0) return
    try {
      await this.#append(this.#outcomes(batch.map(({ attempt }) => attempt)), 'outcomes')
      for (const { resolve } of batch) resolve()
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  #outcomes(attempts: Attempt[]): DeliveryFact {
    const { shard, clock } = this.#options
    return { type: 'outcomes', shard, at: clock.now().toISOString(), attempts }
  }

  async #append(entry: DeliveryFact, about: string): Promise<number> {
    if (this.#lost) throw this.#lost
    const { bus, shard, writer, onLost } = this.#options
    const expect = this.#last
    try {
      const id = `${shard}:${about}:${writer}:${expect}`
      const fact = entry.type === 'plan' ? entry : await withAnswersApart(bus, entry, id)
      const published = await bus.publish('delivery', fact, { shard }, { id, expect })
      if (published.duplicate) await this.#requireMine(fact, published.sequence)
      this.#last = published.sequence
      return published.sequence
    } catch (error) {
      const say = `The ledger of shard ${shard} could not be written.`
      this.#lost = new LedgerLostError(say, { cause: error })
      onLost(this.#lost)
      throw this.#lost
    }
  }

  /** A repeat whose first try was stored, while its answer was lost. */
  async #requireMine(fact: DeliveryFact, sequence: number): Promise<void> {
    const stored = await this.#options.bus.read('delivery', sequence)
    if (sequence > this.#last && isDeepStrictEqual(stored?.value, fact)) return
    throw new Error('Another entry has taken the place of this one.')
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(act)
    this.#tail = result.catch(() => undefined)
    return result
  }
}
