import { expect, test } from 'vitest'
import { createMetrics } from './prometheus.js'

test('counters, gauges and histograms are written as Prometheus reads them', async () => {
  const metrics = createMetrics()
  const counter = metrics.counter({ name: 'a_total', help: 'A.', labels: ['kind'] })
  counter.add(2, { kind: 'x' })
  counter.add(undefined, { kind: 'x' })
  metrics.gauge({ name: 'b', help: 'B.' }).set(7)
  metrics.histogram({ name: 'c_seconds', help: 'C.', buckets: [0.1, 1] }).observe(0.5)
  const text = await metrics.text()
  expect(text).toContain('a_total{kind="x"} 3')
  expect(text).toContain('\nb 7')
  expect(text).toContain('c_seconds_bucket{le="0.1"} 0')
  expect(text).toContain('c_seconds_bucket{le="1"} 1')
  expect(text).toContain('process_cpu_seconds_total')
})

test('the same name is the same instrument, and another kind under it is an error', async () => {
  const metrics = createMetrics()
  const options = { name: 'a_total', help: 'A.' }
  metrics.counter(options).add()
  metrics.counter(options).add()
  expect(await metrics.text()).toContain('a_total 2')
  expect(() => metrics.gauge(options)).toThrow('a_total is a counter already')
})

test('two processes in one have their own numbers', async () => {
  const [one, other] = [createMetrics(), createMetrics()]
  one.counter({ name: 'a_total', help: 'A.' }).add()
  expect(await other.text()).not.toContain('a_total')
})

test('a gauge is read when it is asked for, and forgets labels that are gone', async () => {
  const metrics = createMetrics()
  let endpoints = ['a', 'b']
  metrics.gauge({
    name: 'waiting',
    help: 'W.',
    labels: ['endpoint'],
    read: async (set) => endpoints.forEach((endpoint, index) => void set(index, { endpoint })),
  })
  expect(await metrics.text()).toContain('waiting{endpoint="b"} 1')
  endpoints = ['a']
  const text = await metrics.text()
  expect(text).toContain('waiting{endpoint="a"} 0')
  expect(text).not.toContain('endpoint="b"')
})

test('every reader of one gauge is asked', async () => {
  const metrics = createMetrics()
  for (const shard of ['0', '1']) {
    metrics.gauge({
      name: 'lanes',
      help: 'L.',
      labels: ['shard'],
      read: (set) => set(1, { shard }),
    })
  }
  const text = await metrics.text()
  expect(text).toContain('lanes{shard="0"} 1')
  expect(text).toContain('lanes{shard="1"} 1')
})

test('a gauge that can not be read costs the others nothing, and is counted', async () => {
  const metrics = createMetrics()
  metrics.gauge({ name: 'broken', help: 'B.', read: () => Promise.reject(new Error('down')) })
  metrics.gauge({
    name: 'thrown',
    help: 'T.',
    read: () => {
      throw new Error('down')
    },
  })
  metrics.gauge({ name: 'fine', help: 'F.', read: (set) => set(1) })
  expect(await metrics.text()).toContain('\nfine 1')
  const text = await metrics.text()
  expect(text).toMatch(/read_failures_total{metric="broken"} [12]/)
  expect(text).toMatch(/read_failures_total{metric="thrown"} [12]/)
})
