import {
  type Bus,
  changeRow,
  type Register,
  type Subscription,
  WrongSequenceError,
} from '@newswire/bus'
import {
  type FeedSubscription,
  feedSubscriptionSchema,
  type HubActive,
  hubLaneSchema,
  shortHash,
} from '@newswire/model'
import { LaneTable } from './lane-table.js'

/** The facts of the hub: who subscribed to what, and how far the deliveries are. */
export interface Subscriptions {
  readonly register: Register<FeedSubscription>
  readonly lanes: LaneTable
  /** Keeps the lanes known; resolves once those that stand are. */
  watchLanes(): Promise<Subscription>
  get(key: string): Promise<FeedSubscription | undefined>
  /**
   * Compare-and-set. `undefined` leaves the row as it stands; a row that holds neither a
   * subscription nor a request is deleted, with its lane.
   */
  change(
    key: string,
    change: (row: FeedSubscription | undefined) => FeedSubscription | undefined,
  ): Promise<void>
}

/** REC WebSub 5.1: topic and callback together name a subscription. */
export function subscriptionKey(path: string, callback: string): string {
  return shortHash('hub', path, callback)
}

/** Binds a sealed secret to its subscription. */
export function secretContext(key: string): string {
  return `hub:${key}`
}

/** The subscription that holds now. */
export function activeOf(row: FeedSubscription | undefined, now: Date): HubActive | undefined {
  const active = row?.active
  return active && now.getTime() < Date.parse(active.until) ? active : undefined
}

export async function openSubscriptions(bus: Bus): Promise<Subscriptions> {
  const register = await bus.register('hubSubscriptions', feedSubscriptionSchema)
  const laneRegister = await bus.register('hubLanes', hubLaneSchema)
  const lanes = new LaneTable(laneRegister)

  async function deleteIfEmpty(key: string): Promise<void> {
    const row = await register.get(key)
    if (row === undefined || row.value.active || row.value.pending) return
    try {
      await register.delete(key, row.revision)
    } catch (error) {
      // Somebody asked for it again meanwhile: it stays.
      if (error instanceof WrongSequenceError) return
      throw error
    }
    await lanes.delete(key)
  }

  return {
    register,
    lanes,
    get: async (key) => (await register.get(key))?.value,
    async change(key, change) {
      const { written } = await changeRow(register, key, change)
      if (written && !written.active && !written.pending) await deleteIfEmpty(key)
    },
    watchLanes: () =>
      untilCurrent((onCurrent) =>
        laneRegister.watch({ onChange: (change) => lanes.take(change), onCurrent }),
      ),
  }
}

/** A watch, once it has told every row that stands. */
export async function untilCurrent(
  watch: (onCurrent: () => void) => Promise<Subscription>,
): Promise<Subscription> {
  let told: () => void = () => undefined
  const current = new Promise<void>((resolve) => {
    told = resolve
  })
  const watching = await watch(() => told())
  await current
  return watching
}
