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

  constructor(limits: KeptLimits) {
    this.#limits = limits
  }

  get(path: string): KeptRendering | undefined {
    return this.#kept.get(path)
  }

  keep(own: KeptRendering): void {
    this.#kept.delete(own.address.path)
    this.#kept.set(own.address.path, own)
    this.makeRoom()
  }

  /**
   * Drops what is too much, the oldest first; whoever was asked for since the last time gets a
   * second chance, at the end of the row.
   */
  makeRoom(): void {
    const { renderingsMax, renderingBytesMax } = this.#limits
    let bytes = 0
    for (const own of this.#kept.values()) bytes += bytesOf(own)
    for (const [path, own] of this.#kept) {
      if (this.#kept.size <= renderingsMax && bytes <= renderingBytesMax) return
      this.#kept.delete(path)
      if (own.isUsed) {
        own.isUsed = false
        this.#kept.set(path, own)
      } else bytes -= bytesOf(own)
    }
  }
}

function bytesOf({ rendering, deltas }: KeptRendering): number {
  let bytes = rendering.bytes()
  for (const delta of deltas.values()) bytes += delta.length
  return bytes
}
