import type { FeedAddress } from './address.js'
import type { Rendering } from './serve/rendering.js'

export interface KeptRendering {
  readonly address: FeedAddress
  readonly rendering: Rendering
  /** How many changes had happened when this was known to be right. */
  checkedAt: number
  /** Asked for since it was last considered for dropping. */
  isUsed: boolean
  /** Entries that changed since a sequence, rendered. */
  readonly deltas: Map<number, Buffer>
}

export interface KeptLimits {
  readonly renderingsMax: number
  readonly renderingBytesMax: number
}

/** Rendered feeds by path, within limits of count and bytes. */
export class KeptRenderings {
  readonly #limits: KeptLimits
  readonly #kept = new Map<string, KeptRendering>()
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
    this.#bytes += own.rendering.body.length
    this.#makeRoom()
  }

  #drop(path: string): void {
    this.#bytes -= this.#kept.get(path)?.rendering.body.length ?? 0
    this.#kept.delete(path)
  }

  /** Whoever was asked for since the last time gets a second chance, at the end of the row. */
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
