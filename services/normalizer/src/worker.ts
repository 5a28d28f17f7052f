import type { Bus, Delivered } from '@newswire/bus'
import { type RawItem, rawContentTypes, trace } from '@newswire/model'
import type { Clock, Log, Metrics, Worker } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import type { Draft } from './draft.js'
import { advance, type Outcome } from './life/advance.js'
import { normalise } from './normalise.js'

const secondsBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1]
const formatNames = new Map<string, string>(
  Object.entries(rawContentTypes).map(([name, type]) => [type, name]),
)

export interface NormalizerOptions {
  readonly bus: Bus
  readonly store: Pick<Store, 'itemState'>
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

  async function handle({ value: raw, sequence }: Delivered<RawItem>): Promise<void> {
    const format = formatNames.get(raw.contentType) ?? 'other'
    const startedAt = performance.now()
    const draft = normalise(raw)
    durations.observe((performance.now() - startedAt) / 1000, { format })

    const outcome = await advance({ bus, store }, draft, sequence)
    outcomes.add(1, { outcome: outcome.outcome, format })
    if (outcome.outcome === 'version') {
      const { item } = outcome
      log.info({ ...trace(item, clock.now()), change: item.change, format }, 'item normalized')
    } else await tellSender({ bus, raw, draft, sequence }, outcome)
  }

  return {
    name: 'normalizer',
    start: () => bus.subscribe({ fact: 'item.raw', group: 'normalizer', concurrency, handle }),
  }
}

interface Sent {
  bus: Bus
  raw: RawItem
  draft: Draft
  sequence: number
}

/** Who pushed or dropped a release can ask what became of it; polls bring the same all day. */
async function tellSender(
  { bus, raw, draft, sequence: rawSequence }: Sent,
  outcome: Exclude<Outcome, { outcome: 'version' }>,
): Promise<void> {
  if (outcome.outcome === 'repeated' || raw.door === 'poll') return
  const { outcome: state, version, reason } = outcome
  const receipt = { rawSequence, state, id: draft.id, version, reason }
  await bus.publish('receipt', receipt, { rawSequence }, { id: `receipt:${rawSequence}` })
}
