import type { Bus, Delivered } from '@newswire/bus'
import { erasedByLaw, type RawItem, rawContentTypes, trace } from '@newswire/model'
import type { Clock, Log, Metrics, RunningWorker, Worker } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import { createDesk } from './desk/apply.js'
import { eraseRaws } from './desk/erase-raws.js'
import { type Advanced, advance } from './life/advance.js'
import { type Aliases, openAliases } from './life/aliases.js'
import { createBarrier } from './life/barrier.js'
import { normalise } from './normalise.js'
import { warmUp } from './warm-up.js'

const secondsBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1]
const formatNames = new Map<string, string>(
  Object.entries(rawContentTypes).map(([name, type]) => [type, name]),
)

export interface NormalizerOptions {
  readonly bus: Bus
  readonly store: Pick<Store, 'itemState' | 'kin' | 'positions' | 'rewriteLog'>
  readonly log: Log
  readonly clock: Clock
  readonly metrics: Metrics
  /** Raw items that are worked on at a time. */
  readonly concurrency: number
}

/** item.raw → item.normalized: what arrived becomes the right version of the right item. */
export function createNormalizer(options: NormalizerOptions): Worker {
  const { bus, store, log, clock, metrics, concurrency } = options
  const outcomes = metrics.counter({
    name: 'newswire_items_normalized_total',
    help: 'Raw items by what became of them: version, repeated, unchanged, superseded.',
    labels: ['outcome', 'format'],
  })
  const durations = metrics.histogram({
    name: 'newswire_normalise_seconds',
    help: 'Time that the pure part takes for one raw item.',
    buckets: secondsBuckets,
    labels: ['format'],
  })

  const decide = createDesk({ bus, store, log, clock })

  const barrier = createBarrier({ bus, store })

  async function handle(fact: Delivered<RawItem>, aliases: Aliases): Promise<void> {
    const { value: raw, sequence, deliveries, storedAt } = fact
    if (raw.contentType === rawContentTypes.decision) return await decide(fact)
    const format = formatNames.get(raw.contentType) ?? 'other'
    const startedAt = performance.now()
    const draft = normalise(raw)
    durations.observe((performance.now() - startedAt) / 1000, { format })

    const parts = { bus, store, aliases, barrier, clock }
    const isEntry = raw.contentType === rawContentTypes.entry
    const coming = { rawSequence: sequence, deliveries, storedAt }
    const advanced = await advance(parts, { draft, isEntry, ...coming })
    const { outcome } = advanced
    outcomes.add(1, { outcome: outcome.outcome, format })
    if (outcome.outcome === 'version') {
      const { item } = outcome
      log.info({ ...trace(item, clock.now()), change: item.change, format }, 'item normalized')
    } else if (outcome.outcome === 'superseded' && outcome.reason === erasedByLaw) {
      await eraseRaws(bus, advanced.id, [fact])
    } else await tellSender({ bus, raw, sequence }, advanced)
  }

  async function start(): Promise<RunningWorker> {
    warmUp(clock.now().toISOString())
    const aliases = await openAliases(bus)
    const raws = await bus.subscribe({
      fact: 'item.raw',
      group: 'normalizer',
      concurrency,
      async handle(fact) {
        const leave = barrier.enter(fact.sequence)
        try {
          await handle(fact, aliases)
        } finally {
          leave()
        }
      },
    })
    return {
      async stop() {
        await raws.stop()
        await aliases.stop()
      },
    }
  }

  return { name: 'normalizer', start }
}

interface Sent {
  bus: Bus
  raw: RawItem
  sequence: number
}

/** Who pushed or dropped a release can ask what became of it; polls bring the same all day. */
async function tellSender(
  { bus, raw, sequence: rawSequence }: Sent,
  { id, outcome }: Advanced,
): Promise<void> {
  if (outcome.outcome === 'repeated' || outcome.outcome === 'version') return
  if (raw.door === 'poll') return
  const { outcome: state, version, reason } = outcome
  const receipt = { rawSequence, state, id, version, reason }
  await bus.publish('receipt', receipt, { rawSequence }, { id: `receipt:${rawSequence}` })
}
