import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { type Bus, connectBus } from '@newswire/bus'
import { createOutbound } from '@newswire/http'
import { createIntake } from '@newswire/intake'
import { connectJobs } from '@newswire/jobs'
import { startNats, startRedis, type TestServer } from '@newswire/kit'
import {
  type Source,
  type SourcePosition,
  sourcePositionSchema,
  sourceSchema,
} from '@newswire/model'
import { createLogger, createMetrics, createSecretBox, systemClock } from '@newswire/runtime'
import { forEachOf, pause } from './figures.js'

const sources = 10_000
/** Those of them that are polled here; the others stand in every register and schedule, at rest. */
const polled = 1_000
const hosts = 50
const intervalSeconds = 20
/** How much faster than 10,000 sources every ten minutes the polled ones are asked. */
const haste = polled / intervalSeconds / (sources / 600)
const hostGapMs = 2_000 / haste / 4
const reconcileMs = 30_000 / haste
/** Of the interval; jitter makes the slowest source a tenth slower than that. */
const cycleShare = 1.1

export interface PollFigures {
  /** Polls of the first round, each 20 new entries, and how many of them were done per second. */
  readonly first: Spent
  /** One full cycle in steady state. */
  readonly cycle: Spent
}

interface Spent {
  readonly polls: number
  readonly entries: number
  readonly seconds: number
  /** Of this process: fetch, parse, publish, positions, jobs, reconciler. */
  readonly cpuSeconds: number
  /** Of nats-server and redis-server together; NaN where the kernel does not tell. */
  readonly serverCpuSeconds: number
}

/**
 * Polls sources with real NATS and Redis, and counts this process's CPU time. All 10,000 have rows,
 * positions and schedules; a tenth is polled, three times as often as 10,000 would be every ten
 * minutes, and the reconciler runs three times as often too. A process of its own serves the feeds.
 */
export async function measurePolls(): Promise<PollFigures> {
  await using nats = await startNats()
  await using redis = await startRedis()
  const { child, port } = await startFeeds()
  const log = createLogger({ name: 'bench', level: 'fatal', destination: process.stderr })
  const metrics = createMetrics()
  const bus = await connectBus({ url: nats.url, name: 'bench', log })
  const jobs = await connectJobs({ url: redis.url, log })
  const outbound = createOutbound({ allow: ['127.0.0.0/8'], ports: [80], log })
  await addSources(bus, port)
  const secrets = createSecretBox('a key for the secrets of the bench')
  const parts = { bus, jobs, outbound, log, metrics, secrets, clock: systemClock, sources: [] }
  const intake = createIntake({ ...parts, hostGapMs, reconcileMs })
  const spent = createMeter([nats, redis], async () => countsIn(await metrics.text()))
  const first = await spent.start()
  const running = await intake.start({
    fail(error) {
      throw error
    },
  })
  while ((await first.polls()) < polled) await pause(200)
  const firstRound = await first.end()
  // The slowest first polls end behind the quickest second ones.
  await pause(intervalSeconds * cycleShare * 1_000)
  const cycle = await spent.start()
  await pause(intervalSeconds * cycleShare * 1_000)
  const figures = { first: firstRound, cycle: await cycle.end() }
  await running.stop()
  await outbound.close()
  await jobs.close()
  await bus.close()
  child.disconnect()
  return figures
}

export function reportPolls({ first, cycle }: PollFigures): string {
  const perPoll = (spent: Spent) => ((spent.cpuSeconds / spent.polls) * 1_000).toFixed(2)
  // The rest of the process runs as much faster as the polls do: what one costs is all that counts.
  const share = (cpuSeconds: number) =>
    `${((cpuSeconds / cycle.polls) * (sources / 600) * 100).toFixed(1)} %`
  const rate = (spent: Spent) => `${Math.round(spent.polls / spent.seconds)} polls/s`
  return [
    `\n${sources.toLocaleString('en')} sources, ${polled} of them polled ${haste} times as fast as all would be every ten minutes:`,
    `  first polls   ${first.polls} polls, ${first.entries} new entries, ${perPoll(first)} ms CPU a poll with the start, ${rate(first)}`,
    `  one cycle     ${cycle.polls} polls, ${cycle.entries} new entries, ${perPoll(cycle)} ms CPU a poll, ${rate(cycle)}`,
    `  of one core   ${share(cycle.cpuSeconds)} in our process, ${share(cycle.serverCpuSeconds)} in nats-server and redis-server (goal: < 25 % in ours)`,
  ].join('\n')
}

async function startFeeds(): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(new URL('./poll-server.ts', import.meta.url))
  const [port] = (await once(child, 'message')) as [number]
  return { child, port }
}

async function addSources(bus: Bus, port: number): Promise<void> {
  const rows = await bus.register('sources', sourceSchema)
  const positions = await bus.register('positions', restingSchema)
  const numbers = Array.from({ length: sources }, (_, n) => n)
  await forEachOf(numbers, 64, async (n) => {
    const isPolled = n < polled
    const source = sourceOf(n, port, isPolled ? intervalSeconds : 600)
    if (!isPolled) await positions.put(source.id, restingPosition(source.id))
    await rows.put(source.id, source)
  })
}

function sourceOf(n: number, port: number, every: number): Source {
  return {
    id: `bench-${n}`,
    kind: 'rss',
    name: `Feed ${n}`,
    url: `http://127.0.1.${1 + (n % hosts)}:${port}/${n}`,
    wire: 'na',
    rights: 'full',
    intervalSeconds: every,
    enabled: true,
  }
}

/** Intake keeps more in its rows than others read. */
const restingSchema = sourcePositionSchema.loose()

function restingPosition(source: string): SourcePosition & { everyMs: number; because: string } {
  const everyMs = 3_600_000
  const counts = {
    seenCount: 0,
    polls: 1,
    emptyPolls: 1,
    failures: 0,
    failuresInRow: 0,
    entries: 0,
  }
  const lastPollAt = new Date().toISOString()
  const nextPollAt = new Date(Date.now() + everyMs).toISOString()
  return { source, ...counts, lastPollAt, nextPollAt, everyMs, because: 'it rests' }
}

type Counts = Pick<Spent, 'polls' | 'entries'>

function createMeter(servers: readonly TestServer[], counts: () => Promise<Counts>) {
  const serverSeconds = () => servers.reduce((sum, { pid }) => sum + cpuSecondsOf(pid), 0)
  return {
    async start() {
      const before = await counts()
      const startedAt = performance.now()
      const cpu = process.cpuUsage()
      const serverBefore = serverSeconds()
      return {
        polls: async () => (await counts()).polls - before.polls,
        async end(): Promise<Spent> {
          const { user, system } = process.cpuUsage(cpu)
          const after = await counts()
          return {
            polls: after.polls - before.polls,
            entries: after.entries - before.entries,
            seconds: (performance.now() - startedAt) / 1_000,
            cpuSeconds: (user + system) / 1e6,
            serverCpuSeconds: serverSeconds() - serverBefore,
          }
        },
      }
    },
  }
}

function countsIn(exposition: string): Counts {
  const sum = (name: string) =>
    [...exposition.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].reduce(
      (total, [, value]) => total + Number(value),
      0,
    )
  return {
    polls: sum('newswire_polls_total'),
    entries: sum('newswire_poll_entries_total'),
  }
}

/** User and system time of another process, from Linux' /proc, in ticks of 10 ms. */
function cpuSecondsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name may hold spaces; the fields behind it are fixed.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return Number.NaN
  }
}
