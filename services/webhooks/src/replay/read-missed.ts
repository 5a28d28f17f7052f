import { setImmediate as breath } from 'node:timers/promises'
import type { Bus, Stored } from '@newswire/bus'
import type { Attempt, DeliveryFact } from '@newswire/model'
import type { Missed, ReplayWish } from './replay-row.js'

/** Entries that are read at a stretch, between which the shard goes on with its work. */
const replayBatchMax = 64

export interface MissedQuery {
  readonly endpoint: string
  /** The endpoint's shard: nobody else's entries are looked at. */
  readonly shard: number
  readonly wish: RangeWish | DeliveryWish
  /** Entries of the ledger up to here say what is missing; later ones only what came of it. */
  readonly end: number
  readonly factsMax: number
  readonly itemsMax: number
}

export type RangeWish = ReplayWish & { readonly kind: 'range' }
/** `missed`: where it is known already. */
export interface DeliveryWish {
  readonly kind: 'delivery'
  readonly delivery: string
  readonly missed?: Missed
}
type State = Attempt['result'] | 'waiting'

export interface MissedFound {
  /** In the order of their sequences. */
  readonly items: readonly Missed[]
  /** What the ledger says of these items after `end`. */
  readonly later: Map<string, State>
  /** A sentence, where there is more than was looked over. */
  readonly cut: string | undefined
}

interface Known {
  missed: Missed
  state: State
  isAsked: boolean
}

/**
 * What there is to replay: the only place that reads it, over the ledger's last `factsMax` entries.
 */
export async function readMissed(
  bus: Pick<Bus, 'streams' | 'replay'>,
  query: MissedQuery,
): Promise<MissedFound> {
  const streams = await bus.streams()
  const ledger = streams.find(({ stream }) => stream === 'DELIVERIES')
  const begin = Math.max(query.end + 1 - query.factsMax, ledger?.firstSequence ?? 1, 1)
  const look = new Look(query)
  const isAny = (ledger?.lastSequence ?? 0) >= begin
  if (isAny) await readFrom(bus, begin, (fact) => look.take(fact))
  return look.found(begin > (ledger?.firstSequence ?? 1))
}

function readFrom(
  bus: Pick<Bus, 'replay'>,
  begin: number,
  take: (fact: Stored<DeliveryFact>) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const replay = bus.replay({
      fact: 'delivery',
      after: begin - 1,
      batchMax: replayBatchMax,
      handle: async (facts) => {
        for (const fact of facts) take(fact)
        // The shard goes on planning and sending beside a long look.
        await breath()
      },
      onCaughtUp: () => {
        replay.then((subscription) => subscription.stop()).then(resolve, reject)
      },
      onEnd: reject,
    })
    replay.catch(reject)
  })
}

class Look {
  readonly #query: MissedQuery
  readonly #known = new Map<string, Known>()
  readonly #later = new Map<string, State>()
  #isFull = false

  constructor(query: MissedQuery) {
    this.#query = query
    if (query.wish.kind === 'range' || !query.wish.missed) return
    const { missed } = query.wish
    this.#known.set(missed.item, { missed, state: 'waiting', isAsked: true })
  }

  take({ value, sequence }: Stored<DeliveryFact>): void {
    const { shard, end, endpoint } = this.#query
    if (value.shard !== shard) return
    const isLater = sequence > end
    if (value.type === 'plan') {
      this.#plan(value, isLater)
      return
    }
    for (const attempt of value.attempts) {
      if (attempt.endpoint === endpoint) this.#outcome(attempt, isLater)
    }
  }

  found(isOlderLeft: boolean): MissedFound {
    const { factsMax, itemsMax } = this.#query
    const items = [...this.#known.values()].filter((known) => this.#isWanted(known))
    const cut = this.#isFull
      ? `Only the first ${itemsMax} items were looked at: give \`from\` or \`after\` to reach the rest.`
      : `Only the last ${factsMax} entries of the ledger were looked at.`
    return {
      items: items.map(({ missed }) => missed).sort((a, b) => a.sequence - b.sequence),
      later: this.#later,
      cut: this.#isFull || (isOlderLeft && factsMax > 0) ? cut : undefined,
    }
  }

  #plan(plan: DeliveryFact & { type: 'plan' }, isLater: boolean): void {
    const planned = plan.deliveries.find(({ endpoint }) => endpoint === this.#query.endpoint)
    if (!planned) return
    const { id: item, wire } = plan.item
    const standing = this.#known.get(item)
    if (isLater) return void (standing && this.#later.set(item, 'waiting'))
    const { id, sequence, previous, knows = previous !== undefined } = planned
    const isAsked = this.#isAsked({ id, sequence, at: plan.at })
    if (!standing && !isAsked) return
    if (!standing && this.#known.size >= this.#query.itemsMax) {
      this.#isFull = true
      return
    }
    const before = standing?.missed ?? { item, wire, knew: knows }
    this.#known.set(item, {
      missed: { ...before, sequence },
      state: 'waiting',
      isAsked: isAsked || standing?.isAsked === true,
    })
  }

  #outcome({ item, result, revision, sequence }: Attempt, isLater: boolean): void {
    const known = this.#known.get(item)
    if (!known) return
    if (isLater) return void this.#later.set(item, result)
    if (result === 'delivered') {
      const version = Number(revision.split('.')[0])
      const acknowledged = Math.min(known.missed.acknowledged ?? version, version)
      known.missed = { ...known.missed, acknowledged }
    }
    // An older version's last word says nothing of what is newest.
    if (sequence === known.missed.sequence) known.state = result
  }

  #isAsked({ id, sequence, at }: { id: string; sequence: number; at: string }): boolean {
    const { wish } = this.#query
    if (wish.kind === 'delivery') return id === wish.delivery
    const { from, to, after = 0, upTo = Number.POSITIVE_INFINITY } = wish
    const instant = Date.parse(at)
    const isInTime =
      (from === undefined || instant >= Date.parse(from)) &&
      (to === undefined || instant < Date.parse(to))
    return isInTime && sequence > after && sequence <= upTo
  }

  #isWanted({ isAsked, state }: Known): boolean {
    const { wish } = this.#query
    if (wish.kind === 'delivery' || wish.status === 'all') return isAsked
    // What was superseded had nothing to send, or something newer took its place.
    return isAsked && state !== 'delivered' && state !== 'superseded'
  }
}
