/**
 * Keeps the newest entries of a feed, however many pass by: the newest by date where every entry
 * has one, else the first ones, as feeds put the newest on top. Holds at most five times `max`.
 */
export function createNewest<T>(max: number): {
  /** The date, in milliseconds and NaN for none, is asked for only while it can matter. */
  add(entry: T, dateOf: (entry: T) => number): void
  /** Newest first, and how many were left out. */
  result(): { entries: readonly T[]; dropped: number }
} {
  const first: Dated<T>[] = []
  let rest: Dated<T>[] = []
  let seen = 0
  let areDated = true
  return {
    add(entry, dateOf) {
      seen += 1
      if (!areDated && first.length >= max) return
      const date = dateOf(entry)
      areDated &&= !Number.isNaN(date)
      if (first.length < max) first.push({ entry, date })
      else if (areDated) rest.push({ entry, date })
      if (rest.length >= 4 * max) rest = newest(rest).slice(0, max)
    },
    result() {
      const kept = areDated ? newest([...first, ...rest]).slice(0, max) : first
      return { entries: kept.map(({ entry }) => entry), dropped: seen - kept.length }
    },
  }
}

interface Dated<T> {
  readonly entry: T
  /** Milliseconds; NaN where no date can be read. */
  readonly date: number
}

function newest<T>(entries: readonly Dated<T>[]): readonly Dated<T>[] {
  return entries.toSorted((a, b) => b.date - a.date)
}

/** Newest first by date where every entry has one, else as they stand. */
export function newestFirst<T>(entries: readonly T[], dateOf: (entry: T) => number): readonly T[] {
  const dated = entries.map((entry) => ({ entry, date: dateOf(entry) }))
  if (dated.some(({ date }) => Number.isNaN(date))) return entries
  return newest(dated).map(({ entry }) => entry)
}
