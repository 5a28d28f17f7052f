import * as prometheus from 'prom-client'
import type {
  Counter,
  Gauge,
  Histogram,
  Labels,
  MetricOptions,
  Metrics,
  SetGauge,
} from './metrics.js'

/** A gauge that is read from elsewhere may not hold up the whole page. */
const gaugeReadMsMax = 2_000

type Read = (set: SetGauge) => Promise<void> | void
type Kind = 'counter' | 'gauge' | 'histogram'

/**
 * The instruments of one process in a registry of its own, with the default process metrics. The
 * same name asked for twice gives the same instrument; with another kind it is an error.
 */
export function createMetrics(): Metrics {
  const registry = new prometheus.Registry()
  prometheus.collectDefaultMetrics({ register: registry })
  const kinds = new Map<string, Kind>()
  const counters = new Map<string, Counter>()
  const gauges = new Map<string, GaugeWithReads>()
  const histograms = new Map<string, Histogram>()
  const failures = new prometheus.Counter({
    name: 'newswire_metric_read_failures_total',
    help: 'Gauges that could not be read when the metrics were asked for.',
    labelNames: ['metric'],
    registers: [registry],
  })

  function once<T>(known: Map<string, T>, kind: Kind, name: string, make: () => T): T {
    const other = kinds.get(name)
    if (other !== undefined && other !== kind) {
      throw new Error(`The metric ${name} is a ${other} already; give the ${kind} another name.`)
    }
    const found = known.get(name)
    if (found !== undefined) return found
    const made = make()
    kinds.set(name, kind)
    known.set(name, made)
    return made
  }

  return {
    counter: (options) =>
      once(counters, 'counter', options.name, () => newCounter(options, registry)),
    gauge: ({ read, ...options }) => {
      const gauge = once(gauges, 'gauge', options.name, () =>
        newGauge(options, registry, () => failures.inc({ metric: options.name })),
      )
      if (read !== undefined) gauge.reads.push(read)
      return gauge
    },
    histogram: (options) =>
      once(histograms, 'histogram', options.name, () => newHistogram(options, registry)),
    text: () => registry.metrics(),
  }
}

function configuration({ name, help, labels = [] }: MetricOptions, registry: prometheus.Registry) {
  return { name, help, labelNames: [...labels], registers: [registry] }
}

function newCounter(options: MetricOptions, registry: prometheus.Registry): Counter {
  const counter = new prometheus.Counter(configuration(options, registry))
  return { add: (count = 1, labels: Labels = {}) => counter.inc(labels, count) }
}

function newHistogram(
  options: MetricOptions & { buckets: readonly number[] },
  registry: prometheus.Registry,
): Histogram {
  const histogram = new prometheus.Histogram({
    ...configuration(options, registry),
    buckets: [...options.buckets],
  })
  return { observe: (seconds, labels: Labels = {}) => histogram.observe(labels, seconds) }
}

interface GaugeWithReads extends Gauge {
  readonly reads: Read[]
}

function newGauge(
  options: MetricOptions,
  registry: prometheus.Registry,
  onFailure: () => void,
): GaugeWithReads {
  const reads: Read[] = []
  const gauge = new prometheus.Gauge({
    ...configuration(options, registry),
    async collect() {
      // Labels that no read gives any more (a removed endpoint) must not stand for ever.
      if (reads.length > 0 && (options.labels ?? []).length > 0) gauge.reset()
      await Promise.all(reads.map((read) => within(read, set).catch(onFailure)))
    },
  })
  const set: SetGauge = (value, labels = {}) => gauge.set(labels, value)
  return { set, reads }
}

/** Calls `read`; rejects when it fails or takes longer than `gaugeReadMsMax`. */
async function within(read: Read, set: SetGauge): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), gaugeReadMsMax)
  })
  try {
    await Promise.race([Promise.resolve().then(() => read(set)), tooLate])
  } finally {
    clearTimeout(timer)
  }
}
