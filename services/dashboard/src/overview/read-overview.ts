import { statfs } from 'node:fs/promises'
import type { Bus, GroupState, Register } from '@newswire/bus'
import type { Jobs, QueueState } from '@newswire/jobs'
import type { Endpoint, Source, SourcePosition } from '@newswire/model'
import type { Store } from '@newswire/store'
import type { Counters } from '../figures/counters.js'
import { percentile } from '../figures/latencies.js'
import { watchLimits } from '../figures/limits.js'
import type { Table } from '../figures/table.js'
import { isOpen, readRecalls } from './recalls.js'
import type { DeliveryFigures, Figures, Overview, Recall } from './shapes.js'
import { sourceFigures } from './sources.js'
import { readStages, secondsSince } from './stages.js'

/** Matters that are counted. */
const mattersCounted = 200

export interface ReadOverviewOptions {
  readonly bus: Pick<Bus, 'groups' | 'streams' | 'deadLetters' | 'storedAfter'>
  readonly jobs: Pick<Jobs, 'states'>
  readonly store: Pick<Store, 'positions' | 'memory' | 'openMatters' | 'recalls' | 'deliveries'>
  readonly counters: Counters
  readonly sources: Table<Source>
  readonly positions: Register<SourcePosition>
  readonly endpoints: Table<Endpoint>
  readonly holds: { readonly size: number }
  /** Folder on the disk that the data lie on; undefined where they lie on another machine. */
  readonly dataDir: string | undefined
}

/** What the overview and the alarms are made of. */
export interface Looked {
  readonly overview: Figures
  readonly recalls: readonly Recall[]
  readonly groups: readonly GroupState[]
  readonly oldestOpenAt: Date | undefined
  readonly pollFailures: number
  /** Up to where in TAGGED the read model of feeds is. */
  readonly taggedPosition: number
}

export async function readOverview(options: ReadOverviewOptions, now: Date): Promise<Looked> {
  const { bus, jobs, store, counters } = options
  const [groups, streams, queues, deadLetters, positions, redis, open, recalls, matters, disk] =
    await Promise.all([
      bus.groups(),
      bus.streams(),
      jobs.states(),
      bus.deadLetters.count(),
      store.positions(),
      store.memory(),
      store.deliveries.open(),
      readRecalls(store),
      store.openMatters({ limit: mattersCounted + 1 }),
      readDisk(options.dataDir),
    ])
  const taggedPosition = positions.tagged
  const stages = readStages({ bus, counters, groups, streams, queues, taggedPosition, now })
  const polled = await options.positions.rows()
  const overview = {
    at: now.toISOString(),
    stages: await stages,
    deliveries: deliveryFigures(options, open.count, now),
    sources: sourcesOf(options, new Map(polled.map(({ value }) => [value.source, value])), now),
    queues: queues.map((queue) => queueView(queue, now)),
    deadLetters,
    embargoed: options.holds.size,
    openRecalls: recalls.filter(isOpen).length,
    matters: Math.min(matters.length, mattersCounted),
    moreMatters: matters.length > mattersCounted,
    streams: streams.map(({ stream, messages, bytes, bytesMax }) => ({
      ...{ stream, messages, bytes },
      bytesMax: bytesMax > 0 ? bytesMax : null,
    })),
    redis,
    disk,
  }
  const pollFailures = polled.reduce((sum, { value }) => sum + value.failures, 0)
  return { overview, recalls, groups, oldestOpenAt: open.oldestAt, pollFailures, taggedPosition }
}

function sourcesOf(
  { sources, counters }: ReadOverviewOptions,
  positionOf: ReadonlyMap<string, SourcePosition>,
  now: Date,
) {
  return [...sources.values()]
    .map((source) =>
      sourceFigures(source, positionOf.get(source.id), { rhythms: counters.rhythms, now }),
    )
    .sort((a, b) => a.name.localeCompare(b.name))
}

function queueView({ oldestAt, ...queue }: QueueState, now: Date) {
  return { ...queue, oldestSeconds: secondsSince(oldestAt, now) }
}

function deliveryFigures(
  { counters: { deliveries }, endpoints }: ReadOverviewOptions,
  open: number,
  now: Date,
): DeliveryFigures {
  const end = now.getTime() + watchLimits.slotMs
  const begin = end - watchLimits.deliveryWindowMs
  const delivered = deliveries.tally.between('delivered', begin, end)
  const failed = deliveries.tally.between('failed', begin, end)
  const latencies = deliveries.latencies(begin, end)
  const at = (share: number) => percentile(latencies, share)
  const [p50, p95, p99] = [at(0.5), at(0.95), at(0.99)]
  const failing = [...deliveries.failing()]
    .toSorted(([, a], [, b]) => a.since.getTime() - b.since.getTime())
    .flatMap(([endpoint, { since, failures }]) => {
      const row = endpoints.get(endpoint)
      // One that was deleted or rests fails no more.
      if (row?.status !== 'active') return []
      const called = row.name === undefined ? {} : { name: row.name }
      return [{ endpoint, ...called, url: row.url, since: since.toISOString(), failures }]
    })
  return {
    perMinute: deliveries.tally.rates('delivered', now).perMinute,
    successRate: delivered + failed === 0 ? null : delivered / (delivered + failed),
    latencyMs: p50 === null || p95 === null || p99 === null ? null : { p50, p95, p99 },
    open,
    failing: failing.slice(0, watchLimits.failingShownMax),
  }
}

async function readDisk(folder: string | undefined): Promise<Overview['disk']> {
  if (folder === undefined) return null
  const { bavail, blocks, bsize } = await statfs(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}
