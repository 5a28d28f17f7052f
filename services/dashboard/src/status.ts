import type { Bus, GroupState, Register, StreamState } from '@newswire/bus'
import type { Jobs, QueueState } from '@newswire/jobs'
import type { Endpoint, Source, SourcePosition } from '@newswire/model'
import type { Store } from '@newswire/store'
import { readMatters } from './matters.js'

/** How many open matters are counted. */
const mattersMax = 20

export interface StatusOptions {
  readonly bus: Pick<Bus, 'groups' | 'streams' | 'deadLetters'>
  readonly jobs: Pick<Jobs, 'states'>
  readonly store: Pick<Store, 'count' | 'positions' | 'memory' | 'openMatters' | 'kin'>
  readonly sources: Register<Source>
  readonly positions: Register<SourcePosition>
  readonly endpoints: Register<Endpoint>
}

/** How far each part of the house is, read at one moment. */
export interface Status {
  readonly items: number
  readonly groups: readonly GroupState[]
  readonly streams: readonly StreamState[]
  readonly queues: readonly QueueState[]
  readonly sources: readonly { source: Source; position: SourcePosition | undefined }[]
  readonly endpoints: Readonly<Record<Endpoint['status'], number>>
  /** What waits for a person. */
  readonly matters: number
  readonly deadLetters: number
  /** Facts in the stream that the read model has not taken in. */
  readonly readModelLag: { items: number; tagged: number }
  readonly memory: { usedBytes: number; maxBytes: number }
}

/** Reads the state of every stage. */
export async function readStatus(options: StatusOptions): Promise<Status> {
  const { bus, jobs, store } = options
  const [items, groups, streams, queues, sources, endpoints, matters, letters, positions, memory] =
    await Promise.all([
      store.count(),
      bus.groups(),
      bus.streams(),
      jobs.states(),
      readSources(options),
      countEndpoints(options),
      readMatters(store, { limit: mattersMax }),
      bus.deadLetters.count(),
      store.positions(),
      store.memory(),
    ])
  const lag = (stream: string, position: number) =>
    Math.max(0, (streams.find((each) => each.stream === stream)?.lastSequence ?? 0) - position)
  return {
    items,
    groups,
    streams,
    queues,
    sources,
    endpoints,
    matters: matters.length,
    deadLetters: letters,
    readModelLag: {
      items: lag('ITEMS', positions.items),
      tagged: lag('TAGGED', positions.tagged),
    },
    memory,
  }
}

async function readSources({ sources, positions }: StatusOptions): Promise<Status['sources']> {
  const [rows, states] = await Promise.all([sources.rows(), positions.rows()])
  const bySource = new Map(states.map(({ value }) => [value.source, value]))
  return rows
    .map(({ value }) => ({ source: value, position: bySource.get(value.id) }))
    .sort((a, b) => a.source.name.localeCompare(b.source.name))
}

async function countEndpoints({ endpoints }: StatusOptions): Promise<Status['endpoints']> {
  const counts = { pending: 0, active: 0, paused: 0, disabled: 0 }
  for (const { value } of await endpoints.rows()) counts[value.status] += 1
  return counts
}
