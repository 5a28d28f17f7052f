const freeSlot = -2
/** Longer names begin like this; itself it is none. */
const prefixOnly = -1
const seedLow = 0x811c9dc5
const seedHigh = 0x9747b28c
const space = 32
const primeLow = 0x01000193
const primeHigh = 0x85ebca6b

/** Where a walk along the words of a text stands: two hashes of the words so far. */
export interface Walk {
  low: number
  high: number
}

/**
 * Names of one or more words in flat arrays: a tenth of what nested maps take. Names are told apart
 * by 64 bits of two hashes (FNV-1a, and one with the multiplier of MurmurHash3).
 */
export class NameTable {
  readonly #mask: number
  readonly #low: Uint32Array
  readonly #high: Uint32Array
  readonly #values: Int32Array
  readonly #first: Walk = start()

  /** `count` is the most names and beginnings of names that it will hold. */
  constructor(count: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(2, count * 1.5)))
    this.#mask = slots - 1
    this.#low = new Uint32Array(slots)
    this.#high = new Uint32Array(slots)
    this.#values = new Int32Array(slots).fill(freeSlot)
  }

  /** Words in ASCII with one space between, from `start` to `end`; `value` is 0 or more. */
  add(bytes: Uint8Array, start: number, end: number, value: number): void {
    const walk = reset(this.#first)
    for (let at = start; at <= end; at += 1) {
      const isEnd = at === end
      if (!isEnd && bytes[at] !== space) {
        take(walk, bytes[at] as number)
        continue
      }
      finish(walk)
      this.#put(walk, isEnd ? value : prefixOnly)
    }
  }

  #put(walk: Walk, value: number): void {
    const slot = this.#slotOf(walk)
    if (value >= 0 || this.#values[slot] === freeSlot) this.#values[slot] = value
    this.#low[slot] = walk.low
    this.#high[slot] = walk.high
  }

  /** The value of the name that ends here; −1 for the beginning of a longer one; −2 for neither. */
  at(walk: Walk): number {
    return this.#values[this.#slotOf(walk)] as number
  }

  /** Whether a name is this word, or begins with it. */
  begins(word: string): boolean {
    step(reset(this.#first), word)
    return this.at(this.#first) > freeSlot
  }

  #slotOf({ low, high }: Walk): number {
    let slot = (low ^ (high >>> 7)) & this.#mask
    while (
      this.#values[slot] !== freeSlot &&
      (this.#low[slot] !== low || this.#high[slot] !== high)
    ) {
      slot = (slot + 1) & this.#mask
    }
    return slot
  }
}

export function start(): Walk {
  return { low: seedLow, high: seedHigh }
}

function reset(walk: Walk): Walk {
  walk.low = seedLow
  walk.high = seedHigh
  return walk
}

/** Goes on by one word. */
export function step(walk: Walk, word: string): void {
  for (let at = 0; at < word.length; at += 1) take(walk, word.charCodeAt(at))
  finish(walk)
}

function take(walk: Walk, code: number): void {
  walk.low = Math.imul(walk.low ^ code, primeLow)
  const high = Math.imul(walk.high ^ code, primeHigh)
  walk.high = high ^ (high >>> 13)
}

function finish(walk: Walk): void {
  walk.low = Math.imul(walk.low ^ space, primeLow) >>> 0
  walk.high = Math.imul(walk.high ^ space, primeHigh) >>> 0
}
