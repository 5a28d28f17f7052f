/** Chance from a seed: the same seed makes the same demo. */
export interface Chance {
  /** A whole number from 0 to `count` − 1. */
  below(count: number): number
  pick<T>(all: readonly [T, ...T[]] | readonly T[]): T
}

/** Mulberry32 by Tommy Ettinger (public domain): 32 bits of state are plenty for a demo. */
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
    pick(all) {
      const picked = all[below(all.length)]
      if (picked === undefined) throw new RangeError('There is nothing to pick from.')
      return picked
    },
  }
}
