import type { Bus } from '@newswire/bus'
import type { TaggedItem } from '@newswire/model'
import { type EventType, eventTypeOf, renderItemEvent } from './events.js'

export interface EventBody {
  readonly type: EventType
  readonly text: string
}

interface Kept {
  readonly item: TaggedItem
  readonly storedAt: Date
  readonly rendered: Map<EventType, EventBody>
  bytes: number
}

/** What is sent, rendered once per item revision and event type, and kept while there is room. */
export class Bodies {
  readonly #bus: Pick<Bus, 'read'>
  readonly #bytesMax: number
  /** By sequence in TAGGED, least recently used first. */
  readonly #kept = new Map<number, Kept>()
  readonly #reading = new Map<number, Promise<Kept | undefined>>()
  #bytes = 0

  constructor(bus: Pick<Bus, 'read'>, { bytesMax }: { readonly bytesMax: number }) {
    this.#bus = bus
    this.#bytesMax = bytesMax
  }

  /** Spares the reading of an item that was just planned. */
  remember(sequence: number, item: TaggedItem, storedAt: Date): void {
    this.#keep(sequence, item, storedAt)
  }

  /** A text that was taken back is not kept, though nobody would be sent it any more. */
  forget(item: string): void {
    for (const [sequence, entry] of this.#kept) {
      if (entry.item.id !== item) continue
      this.#kept.delete(sequence)
      this.#bytes -= entry.bytes
    }
  }

  /** Undefined where the item's text is gone from the stream. */
  async of(sequence: number, knows: boolean): Promise<EventBody | undefined> {
    const entry = await this.#find(sequence)
    if (!entry) return undefined
    const type = eventTypeOf(entry.item, knows)
    const standing = entry.rendered.get(type)
    if (standing) return standing
    const body = { type, text: renderItemEvent(type, entry.item, entry.storedAt) }
    entry.rendered.set(type, body)
    if (this.#kept.get(sequence) === entry) this.#grow(entry, body.text.length)
    return body
  }

  async #find(sequence: number): Promise<Kept | undefined> {
    const entry = this.#kept.get(sequence)
    if (!entry) {
      const reading = this.#reading.get(sequence) ?? this.#read(sequence)
      this.#reading.set(sequence, reading)
      return reading
    }
    this.#kept.delete(sequence)
    this.#kept.set(sequence, entry)
    return entry
  }

  async #read(sequence: number): Promise<Kept | undefined> {
    try {
      const stored = await this.#bus.read('item.tagged', sequence)
      return stored && this.#keep(sequence, stored.value, stored.storedAt)
    } finally {
      this.#reading.delete(sequence)
    }
  }

  #keep(sequence: number, item: TaggedItem, storedAt: Date): Kept {
    const standing = this.#kept.get(sequence)
    if (standing) return standing
    const entry: Kept = { item, storedAt, rendered: new Map(), bytes: 0 }
    this.#kept.set(sequence, entry)
    this.#grow(entry, item.body.html.length + item.body.text.length)
    return entry
  }

  #grow(entry: Kept, chars: number): void {
    const bytes = 2 * chars
    entry.bytes += bytes
    this.#bytes += bytes
    for (const [sequence, oldest] of this.#kept) {
      // The newest stays even where it alone is more than there is room for.
      if (this.#bytes <= this.#bytesMax || this.#kept.size === 1) return
      this.#kept.delete(sequence)
      this.#bytes -= oldest.bytes
    }
  }
}
