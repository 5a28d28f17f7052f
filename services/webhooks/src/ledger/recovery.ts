import type { Bus, Stored } from '@newswire/bus'
import {
  type Attempt,
  type DeliveryFact,
  isSettled,
  type Lane,
  type LaneFact,
  laneAfter,
  type Plan,
} from '@newswire/model'
import { type Failing, FailingEndpoints } from '../flow/failing.js'
import { type Dispatch, dispatchesOf } from '../plan/dispatch.js'
import type { Checkpoint } from './checkpoint.js'

/** A lane as the ledger left it, with the deliveries that it speaks of. */
export interface RestoredLane {
  readonly endpoint: string
  readonly item: string
  readonly lane: Lane
  readonly dispatches: ReadonlyMap<string, Dispatch>
}

/** A plan of which it is not known that its receivers were noted. */
export interface UnnotedPlan {
  readonly item: Plan['item']
  readonly dispatches: readonly Dispatch[]
}

/** A shard's state, made again from its checkpoint and the ledger. */
export interface Recovered {
  /** Where the ledger ends; 0 for nowhere. */
  readonly last: number
  readonly itemSequence: number
  readonly sequences: Map<string, number>
  readonly lanes: readonly RestoredLane[]
  readonly unnoted: readonly UnnotedPlan[]
  readonly failing: ReadonlyMap<string, Failing>
}

/** Reads the ledger from the oldest open plan on. */
export async function recover({
  bus,
  shard,
  checkpoint,
}: {
  readonly bus: Pick<Bus, 'latest' | 'replay'>
  readonly shard: number
  readonly checkpoint: Checkpoint | undefined
}): Promise<Recovered> {
  const newest = await bus.latest('delivery', { shard })
  const history = createHistory(checkpoint)
  const after = Math.min(checkpoint?.streamSequence ?? 0, (checkpoint?.replayFrom ?? Infinity) - 1)
  if (newest && newest.sequence > after) {
    const to = newest.sequence
    await replayTo(bus, { shard, after, to }, (fact) => history.take(fact))
  }
  return history.recovered(newest?.sequence ?? 0)
}

function replayTo(
  bus: Pick<Bus, 'replay'>,
  { shard, after, to }: { shard: number; after: number; to: number },
  take: (fact: Stored<DeliveryFact>) => void,
): Promise<void> {
  let isEnough = false
  return new Promise((resolve, reject) => {
    const enough = () => {
      if (isEnough) return
      isEnough = true
      // From outside of the handler: a replay waits for its handler before it stops.
      replay.then((subscription) => subscription.stop()).then(resolve, reject)
    }
    const replay = bus.replay({
      fact: 'delivery',
      keys: { shard },
      after,
      handle: async (facts) => {
        for (const fact of facts) if (!isEnough && fact.sequence <= to) take(fact)
        if ((facts.at(-1)?.sequence ?? 0) >= to) enough()
      },
      onCaughtUp: enough,
      onEnd: reject,
    })
    replay.catch(reject)
  })
}

interface History {
  take(fact: Stored<DeliveryFact>): void
  recovered(last: number): Recovered
}

function createHistory(checkpoint: Checkpoint | undefined): History {
  const sequences = new Map(Object.entries(checkpoint?.sequences ?? {}))
  const lanes = new Map<string, { lane: Lane; dispatches: Map<string, Dispatch> }>()
  const unnoted: UnnotedPlan[] = []
  const failing = new FailingEndpoints(new Map(Object.entries(checkpoint?.failing ?? {})))
  let itemSequence = checkpoint?.itemSequence ?? 0

  const keyOf = (endpoint: string, item: string) => `${endpoint} ${item}`

  function change(key: string, fact: LaneFact, dispatch?: Dispatch): void {
    const known = lanes.get(key)
    const lane = laneAfter(known?.lane, fact)
    if (!lane) return
    const dispatches = known?.dispatches ?? new Map<string, Dispatch>()
    if (dispatch) dispatches.set(dispatch.id, dispatch)
    if (fact.kind === 'outcome' && fact.result !== 'retry') dispatches.delete(fact.delivery)
    if (isSettled(lane)) lanes.delete(key)
    else lanes.set(key, { lane, dispatches })
  }

  function takePlan(plan: Plan, sequence: number): void {
    const dispatches = dispatchesOf(plan, sequence)
    // A replay takes what is newest, before its turn: the items before it are not planned yet.
    if (plan.replay === undefined) itemSequence = Math.max(itemSequence, plan.item.sequence)
    for (const dispatch of dispatches) {
      const { endpoint } = dispatch
      sequences.set(endpoint, Math.max(sequences.get(endpoint) ?? 0, dispatch.sequence))
      const { knows, previous } = dispatch
      const fact = {
        kind: 'plan',
        delivery: dispatch,
        before: previous !== undefined,
        knows,
      } as const
      change(keyOf(endpoint, plan.item.id), fact, dispatch)
    }
    if (sequence > (checkpoint?.streamSequence ?? 0)) unnoted.push({ item: plan.item, dispatches })
  }

  return {
    take({ value, sequence }) {
      if (value.type === 'plan') return takePlan(value, sequence)
      for (const attempt of value.attempts) {
        change(keyOf(attempt.endpoint, attempt.item), factOf(attempt))
        if (sequence > (checkpoint?.streamSequence ?? 0)) failing.note(attempt)
      }
    },
    recovered: (last) => ({
      last,
      itemSequence,
      sequences,
      unnoted,
      failing: failing.all(),
      lanes: [...lanes].map(([key, { lane, dispatches }]) => {
        const [endpoint = '', item = ''] = key.split(' ')
        return { endpoint, item, lane, dispatches }
      }),
    }),
  }
}

function factOf({ delivery, attempt, result, startedAt, nextAt }: Attempt): LaneFact {
  return {
    kind: 'outcome',
    delivery,
    attempt,
    result,
    ...(startedAt === undefined ? {} : { startedAt: Date.parse(startedAt) }),
    ...(nextAt === undefined ? {} : { nextAt: Date.parse(nextAt) }),
  }
}
