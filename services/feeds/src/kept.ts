import type { FeedAddress } from './address.js'
import type { Rendering } from './serve/rendering.js'

export interface KeptRendering {
  readonly address: FeedAddress
  readonly rendering: Rendering
  /** How many changes had happened when this was known to be right. */
  checkedAt: number
  /** Asked for since it was last considered for dropping. */
  isUsed: boolean
  /** Ids of the items that it shows. */
  readonly ids: ReadonlySet<string>
  /** Entries that changed since a sequence, rendered. */
  readonly deltas: Map<number, Buffer>
}

export interface KeptLimits {
  readonly renderingsMax: number
  readonly renderingBytesMax: number
}

/** Rendered feeds by path, within limits of count and of bytes, with all that is made of them. */
export class KeptRenderings {
  readonly #limits: KeptLimits
  readonly #kept = new Map<string, KeptRendering>()
  /** The bytes that each was counted with, and their sum. */
  readonly #counted = new Map<KeptRendering, number>()
  #bytes = 0

  constructor(limits: KeptLimits) {
    this.#limits = limits
  }

  get(path: string): KeptRendering | undefined {
    return this.#kept.get(path)
  }

  keep(own: KeptRendering): void {
    this.#drop(own.address.path)
    this.#kept.set(own.address.path, own)
    own.rendering.onSized(() => this.#count(own))
    this.grown(own)
  }

  /** Something was made of it, and is kept with it. */
  grown(own: KeptRendering): void {
    this.#count(own)
    this.#makeRoom()
  }

  #count(own: KeptRendering): void {
    if (this.#kept.get(own.address.path) !== own) return
    const bytes = bytesOf(own)
    this.#bytes += bytes - (this.#counted.get(own) ?? 0)
    this.#counted.set(own, bytes)
  }

  #drop(path: string): void {
    const own = this.#kept.get(path)
    if (own === undefined) return
    this.#kept.delete(path)
    this.#bytes -= this.#counted.get(own) ?? 0
    this.#counted.delete(own)
  }

  /**
   * Drops what is too much, the oldest first; whoever was asked for since the last time gets a
   * second chance, at the end of the row.
   */
  #makeRoom(): void {
    const { renderingsMax, renderingBytesMax } = this.#limits
    for (const [path, own] of this.#kept) {
      if (this.#kept.size <= renderingsMax && this.#bytes <= renderingBytesMax) return
      if (own.isUsed) {
        own.isUsed = false
        this.#kept.delete(path)
        this.#kept.set(path, own)
      } else this.#drop(path)
    }
  }
}

function bytesOf({ rendering, deltas }: KeptRendering): number {
  let bytes = rendering.bytes()
  for (const delta of deltas.values()) bytes += delta.length
  return bytes
}
