import type { Attempt, DeliveryFact } from '@newswire/model'
import { addLatency, type Latencies, mergeLatencies } from './latencies.js'
import { watchLimits } from './limits.js'
import { Tally } from './tally.js'

const { slotMs, slotsMax, failingKnownMax } = watchLimits
const slotOf = (ms: number) => Math.floor(ms / slotMs)

export interface Failing {
  /** When the first of the failures in a row began. */
  readonly since: Date
  readonly failures: number
}

/** What the ledger of deliveries tells of the last minutes. */
export class DeliveryTally {
  readonly tally = new Tally()
  readonly #latencies = new Map<number, Record<string, number>>()
  readonly #failing = new Map<string, Failing>()

  take(fact: DeliveryFact): readonly Attempt[] {
    if (fact.type === 'plan') return []
    const at = new Date(fact.at)
    for (const attempt of fact.attempts) this.#count(attempt, at)
    return fact.attempts
  }

  #count(attempt: Attempt, at: Date): void {
    const { result, attempt: number, latencyMs, endpoint, startedAt } = attempt
    // What gave way to a newer version, or was never called, says nothing of the endpoint.
    if (result === 'superseded' || number === 0) return
    this.tally.add(result === 'delivered' ? 'delivered' : 'failed', at)
    if (result === 'delivered' && latencyMs !== undefined) this.#time(latencyMs, at)
    if (result === 'delivered') {
      this.#failing.delete(endpoint)
      return
    }
    const known = this.#failing.get(endpoint)
    const since = known?.since ?? (startedAt === undefined ? at : new Date(startedAt))
    this.#failing.set(endpoint, { since, failures: (known?.failures ?? 0) + 1 })
    for (const oldest of this.#failing.keys()) {
      if (this.#failing.size <= failingKnownMax) break
      this.#failing.delete(oldest)
    }
  }

  #time(latencyMs: number, at: Date): void {
    const slot = slotOf(at.getTime())
    const latencies = this.#latencies.get(slot) ?? {}
    this.#latencies.set(slot, latencies)
    addLatency(latencies, latencyMs)
    for (const oldest of this.#latencies.keys()) {
      if (this.#latencies.size <= slotsMax) break
      this.#latencies.delete(oldest)
    }
  }

  /** Of deliveries that arrived from `from` to before `to`, both in ms. */
  latencies(from: number, to: number): Latencies {
    const slots = [...this.#latencies].filter(([slot]) => slot >= slotOf(from) && slot < slotOf(to))
    return mergeLatencies(slots.map(([, latencies]) => latencies))
  }

  failing(): ReadonlyMap<string, Failing> {
    return this.#failing
  }
}
