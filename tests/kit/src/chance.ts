/** Chance from a seed: the same seed always makes the same world. */
export interface Chance {
  /** 0 to `below` − 1. */
  below(count: number): number
  /** True in this share of all cases. */
  is(share: number): boolean
  pick<T>(all: readonly T[]): T
  shuffled<T>(all: readonly T[]): T[]
}

/** Mulberry32: 32 bits of state are plenty for a test, and the seed is short to print. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    below,
    is: (share) => next() < share,
    pick(all) {
      const picked = all[below(all.length)]
      if (picked === undefined) throw new Error('There is nothing to pick from.')
      return picked
    },
    shuffled(all) {
      const order = [...all]
      for (let at = order.length - 1; at > 0; at -= 1) {
        const other = below(at + 1)
        const [a, b] = [order[at], order[other]]
        if (a === undefined || b === undefined) continue
        order[at] = b
        order[other] = a
      }
      return order
    },
  }
}

/** A new seed for each run. A check that fails prints it; given here, it makes the same run. */
export function newSeed(again?: number): number {
  return again ?? Math.floor(Math.random() * 2 ** 31)
}
