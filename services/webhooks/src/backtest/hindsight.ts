import type { Stored } from '@newswire/bus'
import {
  type Filter,
  isErased,
  matches,
  placeOf,
  revisionOf,
  type TaggedItem,
} from '@newswire/model'
import { eventTypes } from '../deliver/events.js'
import { broughtBy } from '../plan/brought-by.js'
import { choose, type Listener } from '../plan/choose.js'

export interface HindsightOptions {
  readonly filter: Filter
  /** Where stream TAGGED stood when the filter is thought to have been registered. */
  readonly since: number
  readonly seesPrivate: boolean
}

/** An item that the filter would have been told, and when it was told first. */
export interface HindsightItem {
  readonly id: string
  readonly wire: string
  readonly firstAt: Date
  /** Where its newest version lies among all, as in lists. */
  readonly place: number
}

interface Told {
  readonly wire: string
  readonly firstAt: Date
  place: number
  revision: string
  sequence: number
  isShown: boolean
}

const id = 'hindsight'
const itself: ReadonlySet<string> = new Set([id])
const nobody: ReadonlySet<string> = new Set()
const row = { id, status: 'active' as const, events: [...eventTypes], updatedAt: '' }

/**
 * What a webhook of this filter would have been told, had it been registered at `since`: the
 * planner's own choice, fact by fact in the order of stream TAGGED. Pure. What was erased by law
 * since, or is private by now and not for this caller, never was.
 */
export class Hindsight {
  readonly #options: HindsightOptions
  readonly #listener: Listener
  readonly #told = new Map<string, Told>()
  #looked = 0

  constructor(options: HindsightOptions) {
    this.#options = options
    const { since, seesPrivate } = options
    this.#listener = { row: { ...row, since, seesPrivate } }
  }

  /** Item versions that were taken. */
  get looked(): number {
    return this.#looked
  }

  take(fact: Stored<TaggedItem>): void {
    const { value: item, sequence, storedAt } = fact
    this.#looked += 1
    const before = this.#told.get(item.id)
    const delivery = this.#choose(fact, before)
    const isShown = (item.rights !== 'private' || this.#options.seesPrivate) && !isErased(item)
    const place = placeOf(item, sequence)
    if (before) {
      Object.assign(before, { place, isShown })
      if (delivery) Object.assign(before, delivery)
    } else if (delivery) {
      const { wire } = item
      this.#told.set(item.id, { ...delivery, wire, firstAt: storedAt, place, isShown })
    }
  }

  items(): HindsightItem[] {
    return [...this.#told].flatMap(([item, { wire, firstAt, place, isShown }]) =>
      isShown ? [{ id: item, wire, firstAt, place }] : [],
    )
  }

  #choose({ value: item, sequence, storedAt }: Stored<TaggedItem>, before: Told | undefined) {
    const { filter } = this.#options
    const match = (view: TaggedItem) => (matches(filter, view) ? itself : nobody)
    const matched = broughtBy({ match }, item, item)
    if (matched.length === 0 && !before) return undefined
    const { id: itemId, wire } = item
    const [delivery] = choose({
      told: item,
      item,
      sequence,
      matched,
      receivers: before && { id: itemId, wire, endpoints: { [id]: before } },
      endpointOf: () => this.#listener,
      knows: () => undefined,
      lastOf: () => before?.sequence,
      now: storedAt,
    })
    return delivery && { revision: revisionOf(item), sequence: delivery.sequence }
  }
}
