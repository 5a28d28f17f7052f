import type { Attempt } from '@newswire/model'
import type { Metrics } from '@newswire/runtime'

/** What a shard counts. */
export interface ShardMeter {
  called(latencyMs: number): void
  recorded(attempt: Attempt): void
  /** Reads how many lanes are open. */
  watch(open: () => number): void
}

export type Meter = (shard: number) => ShardMeter

const latencyBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15]

export function createMeter(metrics: Metrics): Meter {
  const open = new Map<number, () => number>()
  const outcomes = metrics.counter({
    name: 'newswire_webhook_outcomes_total',
    help: 'Outcomes of webhook deliveries, attempt by attempt.',
    labels: ['result'],
  })
  const latency = metrics.histogram({
    name: 'newswire_webhook_attempt_seconds',
    help: 'Time from the start of a webhook call to its answer.',
    buckets: latencyBuckets,
  })
  metrics.gauge({
    name: 'newswire_webhook_lanes',
    help: 'Deliveries that have no last word yet.',
    labels: ['shard'],
    read: (set) => {
      for (const [shard, count] of open) set(count(), { shard: String(shard) })
    },
  })
  return (shard) => ({
    called: (latencyMs) => latency.observe(latencyMs / 1_000),
    recorded: ({ result }) => outcomes.add(1, { result }),
    watch: (count) => void open.set(shard, count),
  })
}
