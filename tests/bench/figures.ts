/** The middle of the sorted values. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** Nearest-rank percentile, `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const rank = Math.max(1, Math.ceil(share * sorted.length))
  return sorted[rank - 1] ?? Number.NaN
}

/** A bar of at most 40 signs, so that rows can be compared by eye. */
export function bar(value: number, largest: number): string {
  return '█'.repeat(Math.max(1, Math.round((value / largest) * 40)))
}

/** Runs `work` for each of `items`, at most `concurrency` at a time. */
export async function forEachOf<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const index = next
      next += 1
      await work(items[index] as T, index)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
}

/** For the rhythm of a load, and between looks at whether it has arrived. */
export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
