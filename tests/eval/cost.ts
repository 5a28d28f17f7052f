import '@newswire/bus'
import '@newswire/http'
import '@newswire/jobs'
import '@newswire/store'
import { percentile } from '../bench/figures.js'
import { sampleRelease } from './release.js'

const rounds = 4_000
const bytesPerMegabyte = 1_048_576

/**
 * What tagging costs, in a process of its own that has loaded what every tagger needs besides.
 * Prints JSON: milliseconds and megabytes.
 */
globalThis.gc?.()
const before = process.memoryUsage().rss
const start = performance.now()
const { loadVocabulary, tag } = await import('@newswire/tagger')
const vocabulary = loadVocabulary()
const loadMs = performance.now() - start
const release = sampleRelease()
tag(release, vocabulary)
globalThis.gc?.()
const added = process.memoryUsage().rss - before
const times = Array.from({ length: rounds }, () => {
  const from = performance.now()
  tag(release, vocabulary)
  return performance.now() - from
})
globalThis.gc?.()
const addedAfter = process.memoryUsage().rss - before
const figures = {
  loadMs,
  addedMb: added / bytesPerMegabyte,
  addedAfterMb: addedAfter / bytesPerMegabyte,
  p50Ms: percentile(times, 0.5),
  p99Ms: percentile(times, 0.99),
}
process.stdout.write(`${JSON.stringify(figures)}\n`)
