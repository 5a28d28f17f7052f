import { loadavg } from 'node:os'
import { formatFilter, parseFilter } from '@newswire/model'
import { startAsker } from './feed-asker.js'
import {
  cpuSeconds,
  type FeedsHouse,
  redisBytes,
  residentBytes,
  startFeedsHouse,
} from './feeds-house.js'
import { someFilters } from './feeds-items.js'
import { percentile } from './figures.js'

/** Different filters that are asked. */
const filterCount = 5_000
const formats = ['rss', 'atom', 'json'] as const
const seed = 4_711
const warmUp = 50
/** The slowest addresses that are named. */
const namedSlow = 5

/** What the same questions cost over a read model of one size. */
export interface Growth {
  readonly items: number
  readonly publishedPerSecond: number
  readonly projectedPerSecond: number
  readonly redisBytes: number
  readonly natsBytes: number
  /** Of the copy on the disk of the feeds' process. */
  readonly local: { readonly bytes: number; readonly perSecond: number }
  /** Milliseconds of each answer that was asked for the first time. */
  readonly cold: readonly number[]
  readonly slowest: readonly string[]
  readonly residentBytes: { readonly before: number; readonly after: number }
  readonly natsResidentBytes: { readonly before: number; readonly after: number }
  /** What one answer took of each process. */
  readonly cpuMs: { readonly feeds: number; readonly redis: number; readonly nats: number }
  readonly load: number
}

/** The sizes one after the other, in one house that grows. */
export async function measureGrowth(
  sizes: readonly number[],
  filters = filterCount,
): Promise<readonly Growth[]> {
  await using house = await startFeedsHouse()
  const measured: Growth[] = []
  let filled = 0
  for (const items of [...sizes].sort((a, b) => a - b)) {
    const { publishSeconds, seconds } = await house.fill(filled, items - filled)
    const added = items - filled
    filled = items
    const anewSeconds = await house.restartAnew()
    // What filled it has had a million changes told; what serves it came up a moment ago.
    await house.restart()
    const asked = await askAll(house, coldAddresses(filters))
    measured.push({
      items,
      publishedPerSecond: added / publishSeconds,
      projectedPerSecond: added / seconds,
      redisBytes: await redisBytes(house.redis),
      natsBytes: await streamBytes(house),
      local: { bytes: house.localBytes(), perSecond: items / anewSeconds },
      ...asked,
    })
  }
  return measured
}

async function askAll(house: FeedsHouse, addresses: readonly string[]) {
  await using asker = startAsker(house.url)
  // The first answers of a process compile it: they say nothing of the read model.
  await asker.ask(Array.from({ length: warmUp }, (_, n) => `/feeds/json?limit=${n + 51}`))
  const memory = () => ({ feeds: residentBytes(house.pid), nats: residentBytes(house.nats.pid) })
  const before = memory()
  const cpuBefore = cpuOf(house)
  const cold = await asker.ask(addresses)
  const after = memory()
  const cpuAfter = cpuOf(house)
  const share = (name: keyof typeof cpuAfter) =>
    ((cpuAfter[name] - cpuBefore[name]) / addresses.length) * 1_000
  const order = cold.map((ms, at) => ({ ms, at })).sort((a, b) => b.ms - a.ms)
  return {
    cold,
    slowest: order.slice(0, namedSlow).map(({ ms, at }) => `${ms.toFixed(0)} ms ${addresses[at]}`),
    residentBytes: { before: before.feeds, after: after.feeds },
    natsResidentBytes: { before: before.nats, after: after.nats },
    cpuMs: { feeds: share('feeds'), redis: share('redis'), nats: share('nats') },
    load: loadavg()[0] ?? Number.NaN,
  }
}

/** Different filters, each in its one spelling, in formats by turns. */
function coldAddresses(count: number): string[] {
  const queries = new Set<string>()
  for (const input of someFilters(seed)) {
    queries.add(formatFilter(parseFilter(input)))
    if (queries.size === count) break
  }
  return [...queries].map((query, n) => `/feeds/${formats[n % formats.length]}?${query}`)
}

async function streamBytes({ bus }: FeedsHouse): Promise<number> {
  const streams = await bus.streams()
  return streams.find(({ stream }) => stream === 'TAGGED')?.bytes ?? Number.NaN
}

function cpuOf({ pid, redis, nats }: FeedsHouse) {
  return { feeds: cpuSeconds(pid), redis: cpuSeconds(redis.pid), nats: cpuSeconds(nats.pid) }
}

const MB = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`

export function reportGrowth(measured: readonly Growth[]): string {
  const first = measured[0]
  const lines = measured.flatMap((growth) => [
    `  ${growth.items.toLocaleString('en')} items (load ${growth.load.toFixed(1)}):`,
    `    filled       ${Math.round(growth.publishedPerSecond)} appends/s, ${Math.round(growth.projectedPerSecond)} items/s into the read model`,
    `    memory       Redis ${MB(growth.redisBytes)} (goal at a million: < 2,000 MB), TAGGED ${MB(growth.natsBytes)} on disk`,
    `    local items  ${MB(growth.local.bytes)}, made anew at ${Math.round(growth.local.perSecond)} items/s`,
    `    cold answer  p50 ${ms(growth, 0.5)}, p99 ${ms(growth, 0.99)}, largest ${ms(growth, 1)} (goal: p99 < 50 ms)`,
    `    resident     feeds ${MB(growth.residentBytes.before)} → ${MB(growth.residentBytes.after)}, NATS ${MB(growth.natsResidentBytes.before)} → ${MB(growth.natsResidentBytes.after)}`,
    `    CPU          ${growth.cpuMs.feeds.toFixed(1)} ms an answer in feeds, ${growth.cpuMs.redis.toFixed(1)} ms in Redis, ${growth.cpuMs.nats.toFixed(1)} ms in NATS`,
    ...growth.slowest.map((slow) => `    slow         ${slow}`),
  ])
  const growths = measured.slice(1).map((growth) => {
    const ratio = (share: number) =>
      (percentile(growth.cold, share) / percentile(first?.cold ?? [], share)).toFixed(2)
    return `  ${growth.items.toLocaleString('en')} ÷ ${first?.items.toLocaleString('en')} items: p50 ${ratio(0.5)}, p99 ${ratio(0.99)} (goal: < 1.5)`
  })
  return [
    `${first?.cold.length.toLocaleString('en')} different filters, each asked once, one after the other:`,
    ...lines,
    ...growths,
  ].join('\n')
}

function ms({ cold }: Growth, share: number): string {
  return `${percentile(cold, share).toFixed(1)} ms`
}
