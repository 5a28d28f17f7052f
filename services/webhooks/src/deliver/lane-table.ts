import type { Attempt, Lane } from '@newswire/model'
import type { WebhookLimits } from '../limits.js'
import type { Dispatch } from '../plan/dispatch.js'
import type { BreakOff } from './break-off.js'
import type { OpenDispatches } from './open-dispatches.js'

/** One lane that has something left to do. */
export interface LaneEntry {
  readonly endpoint: string
  readonly item: string
  lane: Lane
  /** The deliveries that the lane speaks of. */
  readonly dispatches: OpenDispatches
  /** Breaks off the attempt in flight. */
  abort?: BreakOff | undefined
}

/** What an attempt leaves in the ledger beside what the lane says. */
export type AttemptDetail = Pick<Attempt, 'startedAt' | 'latencyMs' | 'status' | 'answer' | 'error'>

type LaneLimits = Pick<WebhookLimits, 'lanesPerEndpointMax' | 'withdrawalLanesPerEndpointMax'>

/** All open lanes of a shard, by endpoint and item, and the plans that are still open. */
export class LaneTable {
  readonly #byEndpoint = new Map<string, Map<string, LaneEntry>>()
  /** Open deliveries by plan; plans come in their order, so the first is the oldest. */
  readonly #openByPlan = new Map<number, number>()
  #size = 0

  get size(): number {
    return this.#size
  }

  get(endpoint: string, item: string): LaneEntry | undefined {
    return this.#byEndpoint.get(endpoint)?.get(item)
  }

  put(entry: LaneEntry): void {
    const lanes = this.#byEndpoint.get(entry.endpoint) ?? new Map<string, LaneEntry>()
    if (!lanes.has(entry.item)) this.#size += 1
    this.#byEndpoint.set(entry.endpoint, lanes.set(entry.item, entry))
  }

  /** Removes this lane; a newer one of the same item, which has taken its place, stays. */
  remove(entry: LaneEntry): void {
    const { endpoint, item } = entry
    const lanes = this.#byEndpoint.get(endpoint)
    if (lanes?.get(item) !== entry) return
    lanes.delete(item)
    this.#size -= 1
    if (lanes.size === 0) this.#byEndpoint.delete(endpoint)
  }

  at(endpoint: string): Iterable<LaneEntry> {
    return this.#byEndpoint.get(endpoint)?.values() ?? []
  }

  countAt(endpoint: string): number {
    return this.#byEndpoint.get(endpoint)?.size ?? 0
  }

  /** What takes an item back has places of its own behind those of all that waits. */
  hasRoom({ endpoint, withdrawal }: Dispatch, limits: LaneLimits): boolean {
    const { lanesPerEndpointMax, withdrawalLanesPerEndpointMax } = limits
    const max = lanesPerEndpointMax + (withdrawal ? withdrawalLanesPerEndpointMax : 0)
    return this.countAt(endpoint) < max
  }

  *all(): Iterable<LaneEntry> {
    for (const lanes of this.#byEndpoint.values()) yield* lanes.values()
  }

  opened({ plan }: Dispatch): void {
    this.#openByPlan.set(plan, (this.#openByPlan.get(plan) ?? 0) + 1)
  }

  /** Its last word is in the ledger. */
  closed({ plan }: Dispatch): void {
    const open = (this.#openByPlan.get(plan) ?? 0) - 1
    if (open > 0) this.#openByPlan.set(plan, open)
    else this.#openByPlan.delete(plan)
  }

  /** The oldest plan with a delivery that has no last word. */
  oldestPlan(): number | undefined {
    return this.#openByPlan.keys().next().value
  }
}
