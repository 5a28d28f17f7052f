import { parseArgs } from 'node:util'
import { startNats, startRedis } from '@newswire/kit'
import { runBareChain } from './bare-chain.js'
import { measureFeed, reportFeed } from './feed.js'
import { measureGrowth, reportGrowth } from './feed-growth.js'
import { measureHot, reportHot } from './feed-hot.js'
import { measureLive, measureMany, reportLive, reportMany } from './feed-live.js'
import { bar, median, percentile } from './figures.js'
import { measureLatency } from './latency.js'
import { startPipeline } from './pipeline.js'
import { measurePolls, reportPolls } from './polls.js'
import { measureDeliveries, reportDeliveries } from './webhook-deliveries.js'
import { measureWebhookGrowth, reportWebhookGrowth } from './webhook-growth.js'
import { measureLanes, reportLanes } from './webhook-lanes.js'
import { measureWebhookLatency, reportWebhookLatency } from './webhook-latency.js'
import { measureMatch, reportMatch } from './webhook-match.js'
import { measureMillion, reportMillion } from './window-million.js'

const rounds = 5
const itemsPerRound = 2_000
const concurrency = 64
const latency = { itemsPerSecond: 20, count: 600 } as const

interface Round {
  readonly pipeline: number
  readonly withoutPure: number
  readonly bare: number
}

async function measureThroughput(): Promise<readonly Round[]> {
  await using nats = await startNats()
  await using redis = await startRedis()
  const pipeline = await startPipeline({ natsUrl: nats.url, redisUrl: redis.url, concurrency })
  await pipeline.run(0, itemsPerRound)
  await runBareChain({
    url: nats.url,
    count: itemsPerRound,
    hopBytes: await pipeline.hopBytes(),
    concurrency,
  })
  const measured: Round[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const first = round * itemsPerRound
    const pureBefore = await pipeline.pureSeconds()
    const seconds = await pipeline.run(first, itemsPerRound)
    const pure = (await pipeline.pureSeconds()) - pureBefore
    const hopBytes = await pipeline.hopBytes()
    const options = { url: nats.url, count: itemsPerRound, hopBytes, concurrency }
    const bareSeconds = await runBareChain(options)
    const figures = {
      pipeline: itemsPerRound / seconds,
      withoutPure: itemsPerRound / Math.max(seconds - pure, Number.EPSILON),
      bare: itemsPerRound / bareSeconds,
    }
    measured.push(figures)
    say(
      `round ${round}: pipeline ${items(figures.pipeline)}, without normalise() and tag() ${items(figures.withoutPure)}, bare chain ${items(figures.bare)} (${hopBytes.join(' + ')} bytes)`,
    )
  }
  await pipeline.stop()
  return measured
}

function reportThroughput(measured: readonly Round[]): void {
  const rows = [
    ['bare chain', median(measured.map(({ bare }) => bare))],
    ['without normalise() and tag()', median(measured.map(({ withoutPure }) => withoutPure))],
    ['whole pipeline', median(measured.map(({ pipeline }) => pipeline))],
  ] as const
  const largest = Math.max(...rows.map(([, value]) => value))
  say(`\nItems per second, median of ${rounds} interleaved rounds of ${itemsPerRound}:`)
  for (const [name, value] of rows) {
    say(`  ${name.padEnd(30)} ${items(value).padStart(12)}  ${bar(value, largest)}`)
  }
  const ratio = (of: (round: Round) => number) =>
    median(measured.map((round) => of(round) / round.bare)).toFixed(2)
  say(`  pipeline ÷ bare chain                        ${ratio((round) => round.pipeline)}`)
  say(`  without normalise() and tag() ÷ bare chain   ${ratio((round) => round.withoutPure)}`)
}

function reportLatency(latencies: readonly number[]): void {
  const at = (share: number) => `${percentile(latencies, share).toFixed(1)} ms`
  say(
    `\nFrom POST to webhook received, ${latency.count} items at ${latency.itemsPerSecond} per second:`,
  )
  say(`  p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, largest ${at(1)}`)
}

function items(perSecond: number): string {
  return `${Math.round(perSecond).toLocaleString('en')} items/s`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** What can be measured alone: `npm run bench -- feed polls`. Without names, everything. */
const benches: Readonly<Record<string, () => Promise<void>>> = {
  throughput: async () => reportThroughput(await measureThroughput()),
  latency: async () => reportLatency(await measureLatency(latency)),
  feed: async () => say(`\n${reportFeed(await measureFeed())}`),
  polls: async () => say(`\n${reportPolls(await measurePolls())}`),
  'feed-hot': async () => say(`\n${reportHot(await measureHot())}`),
  'feed-live': async () => {
    say(`\n${reportLive(await measureLive())}`)
    say(`\n${reportMany(await measureMany())}`)
  },
  'feed-growth': async () => say(`\n${reportGrowth(await measureGrowth(sizes))}`),
  'webhook-match': async () => say(`\n${reportMatch(measureMatch())}`),
  'webhook-deliveries': async () => say(`\n${reportDeliveries(await measureDeliveries(shards))}`),
  'webhook-latency': async () =>
    say(`\n${reportWebhookLatency(await measureWebhookLatency(shards))}`),
  'webhook-lanes': async () => say(`\n${reportLanes(await measureLanes(shards))}`),
  'webhook-growth': async () => say(`\n${reportWebhookGrowth(await measureWebhookGrowth(shards))}`),
  'window-million': async () =>
    say(`\n${reportMillion(await measureMillion({ deliveries, looks }, say))}`),
}

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    items: { type: 'string', default: '10000,100000' },
    shards: { type: 'string', default: '16' },
    deliveries: { type: 'string', default: '1000000' },
    looks: { type: 'string', default: '100' },
  },
})
/** How many items the read model has when `feed-growth` asks it. */
const sizes = values.items.split(',').map(Number)
/** Shards of the webhooks that are measured. */
const shards = Number(values.shards)
/** Deliveries behind the window that is measured, and looks at each view of it. */
const [deliveries, looks] = [Number(values.deliveries), Number(values.looks)]
const unknown = wanted.filter((name) => !(name in benches))
if (unknown.length > 0) {
  throw new Error(
    `There is no bench ${unknown.join(', ')}: name ${Object.keys(benches).join(', ')}.`,
  )
}
for (const [name, run] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(name)) await run()
}
