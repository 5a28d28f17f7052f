import type { Bus, Register } from '@newswire/bus'
import type { Jobs } from '@newswire/jobs'
import { type Hold, handTagsSchema } from '@newswire/model'
import type { Clock, Histogram, Log, Metrics, RunningWorker, Worker } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import { createGate } from './gate/gate.js'
import { openHolds } from './gate/holds.js'
import { createReconciler } from './gate/reconcile.js'
import { asTagged } from './gate/tagged.js'
import { createTimers } from './gate/timers.js'
import { followHandTags } from './hand/follow.js'
import { withHandTags } from './hand/hand-tags.js'
import { createReviser } from './hand/revise.js'
import { releasesQueue, taggerLimits } from './limits.js'
import { tag } from './tag.js'
import type { Vocabulary } from './vocabulary.js'

export interface TaggerOptions {
  readonly bus: Bus
  readonly store: Store
  readonly jobs: Jobs
  /** Register `holds`. */
  readonly holds: Register<Hold>
  readonly log: Log
  readonly clock: Clock
  readonly metrics: Metrics
  readonly vocabulary: Vocabulary
  /** Versions that are tagged at a time. */
  readonly concurrency: number
  /** How often lost jobs are looked for; tests shorten it. */
  readonly reconcileEveryMs?: number
}

const firstText = {
  headline: 'Muster AG eröffnet ein Werk in Bonn',
  language: 'und',
  body: { text: 'Bonn (ots) - The works of Muster AG in Bonn, Germany, are open to the public.' },
  sourceCodes: [],
}

/** item.normalized → item.tagged, through the embargo gate. */
export function createTagger(options: TaggerOptions): Worker {
  const { bus, store, jobs, log, clock, metrics, vocabulary, concurrency } = options
  const seconds = metrics.histogram({
    name: 'newswire_tagging_seconds',
    help: 'Time that tagging one item takes.',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05],
  })
  const holds = openHolds({ holds: options.holds, jobs, clock })

  async function start(): Promise<RunningWorker> {
    // The first text takes many times as long as the others: let it be nobody's.
    tag(firstText, vocabulary)
    const handTags = await bus.register('handTags', handTagsSchema)
    const revise = createReviser({ bus, handTags, vocabulary })
    const said = await followHandTags({ handTags, revise, log })
    const gate = createGate({
      ...{ bus, store, holds, clock, log, revise, saidOf: said.of },
      tagged: (item) =>
        timed(seconds, () =>
          withHandTags(asTagged(item, vocabulary), said.of(item.id), vocabulary),
        ),
    })
    const timers = createTimers({ clock, log, look: gate.look })
    const reconcile = createReconciler({ holds, jobs, timers })
    const watching = await holds.watch(timers)
    const releases = await jobs.work({
      queue: releasesQueue,
      concurrency: taggerLimits.releasesAtOnce,
      handle: ({ data }) => gate.look(String(data['hold'])),
    })
    await reconcile()
    const round = () => Promise.all([reconcile(), said.catchUp()]).then(() => undefined)
    const rounds = every(options.reconcileEveryMs ?? taggerLimits.reconcileEveryMs, round, log)
    const items = await bus.subscribe({
      fact: 'item.normalized',
      group: 'tagger',
      concurrency,
      handle: ({ value: item, sequence, deliveries }) =>
        gate.admit({ item, sequence, isRepeat: deliveries > 1 }),
    })
    return {
      async stop() {
        await items.stop()
        await rounds.stop()
        await releases.stop()
        await watching.stop()
        await timers.stop()
        await said.stop()
      },
    }
  }

  return { name: 'tagger', start }
}

function timed<T>(seconds: Histogram, work: () => T): T {
  const start = performance.now()
  const done = work()
  seconds.observe((performance.now() - start) / 1000)
  return done
}

/** Rounds that never overlap; a failed one is logged and the next one tries again. */
function every(intervalMs: number, round: () => Promise<void>, log: Log): RunningWorker {
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= round()
      .catch((error: unknown) => log.warn({ err: error }, 'holds could not be reconciled'))
      .finally(() => {
        running = undefined
      })
  }, intervalMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
