/** Latencies in buckets that are each a tenth wider than the one before: bucket → how many. */
export type Latencies = Readonly<Record<string, number>>

const growth = 1.1

export function bucketOf(latencyMs: number): number {
  return Math.max(0, Math.ceil(Math.log(Math.max(latencyMs, 1)) / Math.log(growth)))
}

export function addLatency(latencies: Record<string, number>, latencyMs: number): void {
  const bucket = String(bucketOf(latencyMs))
  latencies[bucket] = (latencies[bucket] ?? 0) + 1
}

export function mergeLatencies(all: readonly Latencies[]): Latencies {
  const merged: Record<string, number> = {}
  for (const each of all) {
    for (const [bucket, count] of Object.entries(each)) {
      merged[bucket] = (merged[bucket] ?? 0) + count
    }
  }
  return merged
}

/** The upper end, in ms, of the bucket that holds this share; null where there are none. */
export function percentile(latencies: Latencies, share: number): number | null {
  const buckets = Object.entries(latencies)
    .map(([bucket, count]) => [Number(bucket), count] as const)
    .sort(([a], [b]) => a - b)
  const all = buckets.reduce((sum, [, count]) => sum + count, 0)
  if (all === 0) return null
  let passed = 0
  for (const [bucket, count] of buckets) {
    passed += count
    if (passed >= all * share) return Math.round(growth ** bucket)
  }
  return null
}
