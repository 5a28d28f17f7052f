import { type Bus, connectBus } from '@newswire/bus'
import { connectJobs } from '@newswire/jobs'
import { holdSchema, type RawItem } from '@newswire/model'
import { createNormalizer } from '@newswire/normalizer'
import {
  createLogger,
  createMetrics,
  type RunningWorker,
  systemClock,
  type Worker,
} from '@newswire/runtime'
import { connectStore, createItemsProjector, createTaggedProjector } from '@newswire/store'
import { createTagger, loadVocabulary } from '@newswire/tagger'
import { forEachOf } from './figures.js'
import { releaseText } from './releases.js'

export interface PipelineOptions {
  readonly natsUrl: string
  readonly redisUrl: string
  readonly concurrency: number
}

/** The pipeline from item.raw to the public read model, in this process, ready to be timed. */
export interface Pipeline {
  /** Seconds from the first publish to the last item in the read model. */
  run(first: number, count: number): Promise<number>
  /** Mean bytes of a message in RAW, ITEMS and TAGGED. */
  hopBytes(): Promise<readonly [number, number, number]>
  /** Seconds spent inside normalise() and tag() since the start, by their own histograms. */
  pureSeconds(): Promise<number>
  stop(): Promise<void>
}

export async function startPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { natsUrl, redisUrl, concurrency } = options
  const log = createLogger({ name: 'bench', level: 'error', destination: process.stderr })
  const metrics = createMetrics()
  const bus = await connectBus({ url: natsUrl, name: 'bench', log })
  const store = await connectStore({ url: redisUrl, bus, log })
  const jobs = await connectJobs({ url: redisUrl, log })
  const vocabulary = loadVocabulary()
  let seen = 0
  let goal = { count: Number.POSITIVE_INFINITY, reached: () => {} }
  const onPublicChange = () => {
    seen += 1
    if (seen === goal.count) goal.reached()
  }
  const parts = { bus, store, jobs, log, metrics, clock: systemClock, concurrency }
  const holds = await bus.register('holds', holdSchema)
  const workers: Worker[] = [
    createItemsProjector({ url: redisUrl, bus, log }),
    createTaggedProjector({ url: redisUrl, bus, log, onPublicChange }),
    createTagger({ ...parts, holds, vocabulary }),
    createNormalizer(parts),
  ]
  const fail = (error: Error) => {
    throw error
  }
  const running: RunningWorker[] = []
  for (const worker of workers) running.push(await worker.start({ fail }))
  return {
    async run(first, count) {
      const reached = new Promise<void>((resolve) => {
        goal = { count: seen + count, reached: resolve }
      })
      const raws = Array.from({ length: count }, (_, n) => rawItem(first + n))
      const startedAt = performance.now()
      await forEachOf(raws, concurrency, (raw, n) => publish(bus, raw, first + n))
      await reached
      return (performance.now() - startedAt) / 1_000
    },
    hopBytes: () => hopBytes(bus),
    pureSeconds: async () => pureSecondsIn(await metrics.text()),
    async stop() {
      for (const worker of running.toReversed()) await worker.stop()
      await jobs.close()
      await store.close()
      await bus.close()
    },
  }
}

function rawItem(n: number): RawItem {
  return {
    source: 'bench',
    door: 'push',
    contentType: 'text/plain',
    body: releaseText(n),
    received: new Date().toISOString(),
    rights: 'full',
  }
}

async function publish(bus: Bus, raw: RawItem, n: number): Promise<void> {
  await bus.publish('item.raw', raw, { source: raw.source }, { id: `raw:${n}` })
}

async function hopBytes(bus: Bus): Promise<readonly [number, number, number]> {
  const streams = await bus.streams()
  const mean = (name: string) => {
    const state = streams.find(({ stream }) => stream === name)
    return state && state.messages > 0 ? Math.round(state.bytes / state.messages) : 0
  }
  return [mean('RAW'), mean('ITEMS'), mean('TAGGED')]
}

function pureSecondsIn(exposition: string): number {
  const sums = exposition.matchAll(
    /^newswire_(?:normalise|tagging)_seconds_sum(?:\{[^}]*\})? (\S+)$/gm,
  )
  return [...sums].reduce((total, [, seconds]) => total + Number(seconds), 0)
}
