import process from 'node:process'
import { chanceFrom } from '@newswire/kit'
import { createMatcher, type Filter, type Matcher, matches, parseFilter } from '@newswire/model'
import { publicItem, someFilters } from './feeds-items.js'
import { median, percentile } from './figures.js'

const filterCount = 100_000
const itemCount = 200
const rounds = 5
/** A loop over all filters takes so long that it gets few of the items. */
const loopedItems = 1
const changes = 2_000
/** Keys that a narrow filter demands at least. */
const keysMin = 4

export interface MatchFigures {
  /** Memory, the filter itself not counted. */
  readonly perFilterBytes: number
  readonly matchesPerItem: number
  /** Milliseconds per item: median, 99th percentile, and of the loop. */
  readonly ms: number
  readonly p99Ms: number
  readonly loopMs: number
  /** Microseconds of one `set` in place of another filter, and of one `remove`. */
  readonly setUs: number
  readonly removeUs: number
}

/** Matches items against 100,000 filters by the index, and by a loop over `matches`, in turns. */
export function measureMatch(): MatchFigures {
  const heapBefore = heapBytes()
  const narrow = take(narrowFilters(), filterCount)
  const heapFilters = heapBytes()
  const matcher = indexOf(narrow)
  const perFilterBytes = (heapBytes() - heapFilters) / filterCount
  if (heapFilters < heapBefore) throw new Error('The heap has shrunk: nothing can be told.')
  return { perFilterBytes, ...measureFilters(narrow, matcher) }
}

function measureFilters(filters: readonly Filter[], matcher: Matcher) {
  const items = Array.from({ length: itemCount }, (_, n) => publicItem(n))
  const [timesMs, loopsMs]: [number[], number[]] = [[], []]
  let found = 0
  for (const item of items) matcher.match(item)
  for (let round = 0; round < rounds; round += 1) {
    for (const item of items) timesMs.push(msOf(() => (found += matcher.match(item).size)))
    for (const item of items.slice(round * loopedItems, (round + 1) * loopedItems)) {
      let looped = 0
      loopsMs.push(
        msOf(() => {
          for (const filter of filters) if (matches(filter, item)) looped += 1
        }),
      )
      if (looped !== matcher.match(item).size) throw new Error(`${item.id}: the two differ.`)
    }
  }
  return {
    matchesPerItem: found / rounds / itemCount,
    ms: median(timesMs),
    p99Ms: percentile(timesMs, 0.99),
    loopMs: median(loopsMs),
    ...measureChanges(filters, matcher),
  }
}

function measureChanges(filters: readonly Filter[], matcher: Matcher) {
  const chance = chanceFrom(3)
  const [setUs, removeUs]: [number[], number[]] = [[], []]
  for (let n = 0; n < changes; n += 1) {
    const name = nameOf(chance.below(filters.length))
    const filter = chance.pick(filters)
    setUs.push(1_000 * msOf(() => matcher.set(name, filter)))
    removeUs.push(1_000 * msOf(() => matcher.remove(name)))
    matcher.set(name, filter)
  }
  return { setUs: median(setUs), removeUs: median(removeUs) }
}

export function reportMatch(figures: MatchFigures): string {
  const { perFilterBytes, matchesPerItem, ms, p99Ms, loopMs, setUs, removeUs } = figures
  const count = filterCount.toLocaleString('en')
  return [
    `Matching one item of 4 kB against ${count} filters, ${rounds} interleaved rounds:`,
    `  ${matchesPerItem.toFixed(1)} matches an item, ${ms.toFixed(3)} ms (p99 ${p99Ms.toFixed(2)}; goal: ≤ 1 ms at ≤ 20 matches)`,
    `  a loop over them ${loopMs.toFixed(0)} ms: ${Math.round(loopMs / ms)} × (goal: ≥ 100 ×)`,
    `  one filter changed ${setUs.toFixed(1)} µs, removed ${removeUs.toFixed(1)} µs (goal: ≤ 50 µs)`,
    `  ${Math.round(perFilterBytes)} bytes of memory per filter in the index`,
  ].join('\n')
}

/** As people narrow them down: what several filters demand together, now and then a phrase. */
function* narrowFilters(): Generator<Filter> {
  const chance = chanceFrom(13)
  const [first, second, third] = [someFilters(2), someFilters(7), someFilters(23)]
  for (;;) {
    const parts = [first, second, third].map((each) => each.next().value as Terms)
    const all = Object.assign({}, ...parts) as Terms
    const [words] = all['q'] ?? []
    const q = words?.includes(' ') && chance.is(0.5) ? { q: [`"${words}"`] } : {}
    const keys = Object.keys(all).filter((key) => key !== 'not')
    if (keys.length >= (all['issuer'] ? keysMin : keysMin + 1)) yield parseFilter({ ...all, ...q })
  }
}

type Terms = Readonly<Record<string, string[]>>

function take<T>(from: Iterable<T>, count: number): T[] {
  const taken: T[] = []
  for (const one of from) if (taken.push(one) === count) break
  return taken
}

function indexOf(filters: readonly Filter[]): Matcher {
  const matcher = createMatcher()
  for (const [at, filter] of filters.entries()) matcher.set(nameOf(at), filter)
  return matcher
}

const nameOf = (at: number) => `wh_${at}`

function msOf(act: () => void): number {
  const startedAt = performance.now()
  act()
  return performance.now() - startedAt
}

/** Exact with `--expose-gc`. */
function heapBytes(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
