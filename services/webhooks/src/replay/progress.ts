import type { Attempt } from '@newswire/model'
import { type MissedFound, readMissed } from './read-missed.js'
import type { Missed, Replay } from './replay-row.js'
import type { ReplayerOptions } from './replayer.js'

type Result = Attempt['result'] | 'waiting'

/** The newest outcome of an endpoint's items, as they came in. */
export type Heard = Map<string, Attempt['result']>

export interface Counted {
  readonly found: MissedFound
  /** Newer than what was found. */
  readonly heard: Heard
  readonly isOpen: (item: string) => boolean
}

/** One replay's items, and what has become of them. */
export class Progress {
  readonly id: string
  readonly endpoint: string
  readonly #total: number
  readonly #cut: string | undefined
  /** What is still to be planned, in order. */
  #items: readonly Missed[]
  #at = 0
  #cursor: number
  #planned = 0
  readonly #open = new Set<string>()
  readonly #counts = { delivered: 0, failed: 0, superseded: 0 }
  readonly #later: Map<string, Result>
  #isNews = true

  /** Counts anew from the ledger, whatever the row says. */
  constructor(endpoint: string, { id, cursor }: Replay, { found, heard, isOpen }: Counted) {
    const { items, later, cut } = found
    for (const [item, result] of heard) later.set(item, result)
    this.id = id
    this.endpoint = endpoint
    this.#total = items.length
    this.#cut = cut
    this.#cursor = cursor
    this.#later = later
    this.#items = items.filter(({ sequence }) => sequence > cursor)
    for (const { item, sequence } of items) {
      if (sequence > cursor) break
      this.#planned += 1
      const result = later.get(item)
      // A lane that has ended may have its last word still on the way to the ledger.
      if (isOpen(item) || result === 'waiting' || result === 'retry') this.#open.add(item)
      else this.#count(result)
    }
  }

  get isPlanned(): boolean {
    return this.#at >= this.#items.length
  }

  get isOver(): boolean {
    return this.isPlanned && this.#open.size === 0
  }

  /** Whether the row is behind. */
  get isNews(): boolean {
    return this.#isNews
  }

  next(): Missed | undefined {
    return this.#items[this.#at]
  }

  /** It was open when it was asked for, and has come through since. */
  isDelivered({ item }: Missed): boolean {
    return this.#later.get(item) === 'delivered'
  }

  opens({ item }: Missed): void {
    this.#open.add(item)
  }

  took({ item, sequence }: Missed, how: 'planned' | 'waiting' | 'passed'): void {
    this.#at += 1
    this.#planned += 1
    this.#cursor = sequence
    this.#isNews = true
    if (how === 'waiting') this.#open.add(item)
    // Passed by: sent before a crash already, as the ledger tells, or not to be sent.
    if (how === 'passed' && this.#open.delete(item)) this.#count(this.#later.get(item))
    if (!this.isPlanned) return
    this.#items = []
    this.#at = 0
    this.#later.clear()
  }

  /** `isOpen`: a newer version took its place, and is still to be sent. */
  recorded(item: string, result: Attempt['result'], isOpen: boolean): void {
    if (!this.isPlanned) this.#later.set(item, result)
    if (isOpen || result === 'retry' || !this.#open.delete(item)) return
    this.#count(result)
    this.#isNews = true
  }

  told(): Partial<Replay> {
    this.#isNews = false
    return {
      state: this.isPlanned ? 'sending' : 'planning',
      cursor: this.#cursor,
      total: this.#total,
      planned: this.#planned,
      ...this.#counts,
      ...(this.#cut === undefined ? {} : { reason: this.#cut }),
    }
  }

  #count(result: Result | undefined): void {
    if (result === 'delivered' || result === 'failed') this.#counts[result] += 1
    else this.#counts.superseded += 1
  }
}

export function findItems(
  { bus, limits, directory }: ReplayerOptions,
  endpoint: string,
  { wish, end }: Replay,
): Promise<MissedFound> {
  const shard = directory.shardOf(endpoint)
  const of = { endpoint, shard, end, itemsMax: limits.replayItemsMax }
  // Of a single delivery all but its end is known: nothing before the wish is looked at.
  const factsMax = wish.kind === 'range' ? limits.replayFactsMax : 0
  return readMissed(bus, { ...of, wish, factsMax })
}
