import type { Bus, Stored } from '@newswire/bus'
import type { Attempt, DeliveryFact } from '@newswire/model'
import type { WebhookLimits } from '../limits.js'

export interface AttemptView {
  readonly attempt: number
  readonly result: Attempt['result']
  readonly startedAt?: string | undefined
  readonly latencyMs?: number | undefined
  readonly status?: number | undefined
  readonly answer?: string | undefined
  readonly error?: string | undefined
  readonly nextAt?: string | undefined
}

/** One delivery as its ledger entries in this page tell it. */
export interface DeliveryView {
  /** The `webhook-id`. */
  readonly id: string
  readonly item: string
  readonly revision: string
  readonly sequence: number
  readonly previous?: number | undefined
  /** Absent where the plan is older than the page. */
  readonly plannedAt?: string | undefined
  /** `waiting`: no attempt has ended yet. */
  readonly state: 'waiting' | Attempt['result']
  readonly attempts: readonly AttemptView[]
}

export interface HistoryPage {
  /** Newest first. */
  readonly items: readonly DeliveryView[]
  /** Look before this position for older ones; undefined at the beginning of the ledger. */
  readonly before: number | undefined
}

type Building = { -readonly [K in keyof DeliveryView]: DeliveryView[K] } & {
  attempts: AttemptView[]
  newest: number
}

/**
 * An endpoint's deliveries, read from the ledger itself: the last `historyFactsMax` entries before
 * a position. A page may be short, or empty, while older pages have more: `before` says so.
 */
export async function readHistory(
  bus: Pick<Bus, 'streams' | 'replay'>,
  limits: Pick<WebhookLimits, 'historyFactsMax'>,
  { endpoint, limit, before }: { endpoint: string; limit: number; before?: number },
): Promise<HistoryPage> {
  const streams = await bus.streams()
  const ledger = streams.find(({ stream }) => stream === 'DELIVERIES')
  const end = Math.min((ledger?.lastSequence ?? 0) + 1, before ?? Number.POSITIVE_INFINITY)
  const oldest = ledger?.firstSequence ?? 1
  const begin = Math.max(end - limits.historyFactsMax, oldest, 1)
  const views = new Map<string, Building>()
  if (begin < end) {
    await readBetween(bus, begin, end, (fact) => take(views, endpoint, fact))
  }
  const sorted = [...views.values()].sort((a, b) => b.newest - a.newest || b.sequence - a.sequence)
  const cut = sorted[limit]?.newest
  // A position is never cut in two: what is told together stays on one page.
  const page = cut === undefined ? sorted : sorted.filter(({ newest }) => newest > cut)
  const whole = page.length > 0 || cut === undefined ? page : sorted.filter((v) => v.newest === cut)
  const next = cut === undefined ? begin : page.length > 0 ? cut + 1 : cut
  return { items: whole.map(viewOf), before: next > oldest ? next : undefined }
}

function readBetween(
  bus: Pick<Bus, 'replay'>,
  begin: number,
  end: number,
  take: (fact: Stored<DeliveryFact>) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let isDone = false
    const done = () => {
      if (isDone) return
      isDone = true
      replay.then((subscription) => subscription.stop()).then(resolve, reject)
    }
    const replay = bus.replay({
      fact: 'delivery',
      after: begin - 1,
      handle: async (facts) => {
        for (const fact of facts) if (fact.sequence < end) take(fact)
        if ((facts.at(-1)?.sequence ?? 0) >= end - 1) done()
      },
      onCaughtUp: done,
      onEnd: reject,
    })
    replay.catch(reject)
  })
}

function take(
  views: Map<string, Building>,
  endpoint: string,
  { value, sequence }: Stored<DeliveryFact>,
): void {
  if (value.type === 'plan') {
    const planned = value.deliveries.find((delivery) => delivery.endpoint === endpoint)
    if (!planned) return
    const { id, revision } = value.item
    const view = viewAt(views, { ...planned, item: id, revision }, sequence)
    view.plannedAt = value.at
    view.previous = planned.previous
    return
  }
  for (const attempt of value.attempts) {
    if (attempt.endpoint !== endpoint) continue
    const { delivery, item, revision, endpoint: _, sequence: place, ...told } = attempt
    const view = viewAt(views, { id: delivery, item, revision, sequence: place }, sequence)
    view.state = attempt.result
    view.attempts.push(told)
  }
}

function viewAt(
  views: Map<string, Building>,
  of: { id: string; item: string; revision: string; sequence: number },
  position: number,
): Building {
  const { id, item, revision, sequence } = of
  const view = views.get(id) ?? {
    id,
    item,
    revision,
    sequence,
    state: 'waiting' as const,
    attempts: [],
    newest: position,
  }
  view.newest = position
  views.set(id, view)
  return view
}

function viewOf({ newest: _, ...view }: Building): DeliveryView {
  return view
}
