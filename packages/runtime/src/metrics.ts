/** Counters, gauges and histograms of one process; names carry the unit last. */
export interface Metrics {
  counter(options: MetricOptions): Counter
  gauge(options: MetricOptions & { read?: (set: SetGauge) => Promise<void> | void }): Gauge
  /** Seconds. */
  histogram(options: MetricOptions & { buckets: readonly number[] }): Histogram
  /** Prometheus text format. */
  text(): Promise<string>
}

export interface MetricOptions {
  /** `newswire_items_tagged_total`. */
  readonly name: string
  readonly help: string
  readonly labels?: readonly string[]
}

export type Labels = Readonly<Record<string, string>>
export type SetGauge = (value: number, labels?: Labels) => void
export interface Counter {
  add(count?: number, labels?: Labels): void
}
export interface Gauge {
  set: SetGauge
}
export interface Histogram {
  observe(seconds: number, labels?: Labels): void
}
