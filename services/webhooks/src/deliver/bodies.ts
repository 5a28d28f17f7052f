import type { Bus } from '@newswire/bus'
import { isErased, type TaggedItem, type WebhookFormat } from '@newswire/model'
import { type EventType, eventTypeOf } from './events.js'
import { renderItem } from './formats/formats.js'
import type { PublicUrl, Rendering } from './formats/told.js'

export interface EventBody extends Rendering {
  readonly type: EventType
  /** For webhooks that may see items of private sources only. */
  readonly isPrivate: boolean
  /** Its item was erased by law. */
  readonly isErased: boolean
}

interface Kept {
  readonly item: TaggedItem
  readonly storedAt: Date
  readonly rendered: Map<`${WebhookFormat} ${EventType}`, EventBody>
  bytes: number
}

/**
 * What is sent, rendered once per item revision, format and event type, and kept while there is
 * room.
 */
export class Bodies {
  readonly #bus: Pick<Bus, 'read'>
  readonly #bytesMax: number
  readonly #publicUrl: PublicUrl
  /** By sequence in TAGGED, least recently used first. */
  readonly #kept = new Map<number, Kept>()
  readonly #reading = new Map<number, Promise<Kept | undefined>>()
  /** The one that was used last. */
  #used: number | undefined
  #bytes = 0

  constructor(
    bus: Pick<Bus, 'read'>,
    { bytesMax, publicUrl }: { readonly bytesMax: number; readonly publicUrl?: PublicUrl },
  ) {
    this.#bus = bus
    this.#bytesMax = bytesMax
    this.#publicUrl = publicUrl
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

  /** As `of`, where it needs no waiting: most attempts are made right behind one another. */
  kept(sequence: number, knows: boolean, format: WebhookFormat): EventBody | undefined {
    const entry = this.#use(sequence)
    return entry?.rendered.get(`${format} ${eventTypeOf(entry.item, knows)}`)
  }

  /** Undefined where the item's text is gone from the stream. */
  async of(
    sequence: number,
    knows: boolean,
    format: WebhookFormat,
  ): Promise<EventBody | undefined> {
    const entry = await this.#find(sequence)
    if (!entry) return undefined
    const type = eventTypeOf(entry.item, knows)
    const standing = entry.rendered.get(`${format} ${type}`)
    if (standing) return standing
    const told = { type, item: entry.item, happened: entry.storedAt }
    const isPrivate = entry.item.rights === 'private'
    const rendering = renderItem(format, told, this.#publicUrl)
    const body = { type, isPrivate, isErased: isErased(entry.item), ...rendering }
    entry.rendered.set(`${format} ${type}`, body)
    if (this.#kept.get(sequence) === entry) this.#grow(entry, body.bytes)
    return body
  }

  async #find(sequence: number): Promise<Kept | undefined> {
    const entry = this.#use(sequence)
    if (entry) return entry
    const reading = this.#reading.get(sequence) ?? this.#read(sequence)
    this.#reading.set(sequence, reading)
    return reading
  }

  #use(sequence: number): Kept | undefined {
    const entry = this.#kept.get(sequence)
    if (!entry || sequence === this.#used) return entry
    this.#used = sequence
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
    this.#grow(entry, 2 * (item.body.html.length + item.body.text.length))
    return entry
  }

  #grow(entry: Kept, bytes: number): void {
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
