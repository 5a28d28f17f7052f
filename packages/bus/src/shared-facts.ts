import type { Fact, FactName } from '@newswire/model'
import { sharedBytesMax, sharedFactsMax } from './limits.js'
import { factOf, jsonOf } from './stored.js'

interface Kept {
  readonly data: Uint8Array
  readonly value: unknown
}

/**
 * Facts that several groups of this process are given: read once, and the same frozen object for
 * all of them. The bytes are compared, so that a stream that began anew shows nothing old. A kind
 * of fact that only one group reads is not kept.
 */
export class SharedFacts {
  readonly #groups = new Map<FactName, number>()
  /** Oldest first. */
  readonly #kept = new Map<string, Kept>()
  #bytes = 0

  /** A group begins to read this kind of fact. Returns what ends it. */
  join(name: FactName): () => void {
    this.#groups.set(name, (this.#groups.get(name) ?? 0) + 1)
    let isIn = true
    return () => {
      if (isIn) this.#groups.set(name, (this.#groups.get(name) ?? 0) - 1)
      isIn = false
    }
  }

  /** UnreadableError where it has not its shape. */
  read<N extends FactName>(name: N, sequence: number, data: Uint8Array): Fact<N> {
    if ((this.#groups.get(name) ?? 0) < 2) return factOf(name, jsonOf(data))
    const key = `${name} ${sequence}`
    const kept = this.#kept.get(key)
    if (kept && Buffer.compare(kept.data, data) === 0) return kept.value as Fact<N>
    const value = frozen(factOf(name, jsonOf(data)))
    this.#forget(key)
    this.#keep(key, { data, value })
    return value
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.set(key, kept)
    this.#bytes += kept.data.byteLength
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= sharedFactsMax && this.#bytes <= sharedBytesMax) return
      this.#forget(oldest)
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#kept.get(key)?.data.byteLength ?? 0
    this.#kept.delete(key)
  }
}

/** Whoever changed it would change it for all others: that is to fail at once. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const part of Object.values(value)) frozen(part)
  return value
}
