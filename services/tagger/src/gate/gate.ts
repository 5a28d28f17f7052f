import type { Bus } from '@newswire/bus'
import { isEmbargoed, type NormalizedItem, type TaggedItem, trace } from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import type { ItemState, Store } from '@newswire/store'
import { taggerLimits } from '../limits.js'
import { type Holds, isLetGo } from './holds.js'
import { publishNewer } from './publish.js'
import { asWithdrawn } from './tagged.js'

export interface GateOptions {
  readonly bus: Bus
  readonly store: Store
  readonly holds: Holds
  readonly clock: Clock
  readonly log: Log
  /** Pure: the item with its tags. */
  readonly tagged: (item: NormalizedItem) => TaggedItem
}

/** Where a version of an item goes: out, into a hold, or nowhere. */
export interface Gate {
  /** A version came in; `sequence` is its place in stream ITEMS. */
  admit(item: NormalizedItem, sequence: number): Promise<void>
  /** The instant of a hold may have come. */
  look(holdId: string): Promise<void>
}

export function createGate({ bus, store, holds, clock, log, tagged }: GateOptions): Gate {
  async function admit(item: NormalizedItem, sequence: number): Promise<void> {
    if (item.status !== 'usable') return await withdraw(item, sequence)
    if (await isOvertaken(store, item, clock.now())) {
      log.debug({ ...trace(item, clock.now()) }, 'item superseded')
      return
    }
    if (isEmbargoed(item, clock.now())) {
      const until = new Date(item.embargoUntil ?? 0)
      const hold = await holds.keep(item, sequence, until)
      if (hold !== undefined) log.info({ hold }, 'item held')
      return
    }
    await letOut(item)
  }

  async function letOut(item: NormalizedItem): Promise<void> {
    const start = performance.now()
    const outcome = await publishNewer({ bus, store, item, make: () => tagged(item) })
    if (holds.mayHold(item.id)) await holds.drop({ item: item.id, version: item.version })
    const fields = { ...trace(item, clock.now()), outcome }
    if (outcome === 'superseded') return log.debug(fields, 'item superseded')
    log.info(fields, 'item tagged')
    if (performance.now() - start > taggerLimits.slowPublishMs) await withdrawIfLate(item)
  }

  /** A publish that took long may have overtaken a withdrawal that found nothing public yet. */
  async function withdrawIfLate(item: NormalizedItem): Promise<void> {
    const newest = await bus.latest('item.normalized', item)
    if (!newest || newest.value.version <= item.version || newest.value.status === 'usable') return
    await withdraw(newest.value, newest.sequence)
  }

  /** Goes out at once, with the tags that the world last saw; nothing, where it saw nothing. */
  async function withdraw(item: NormalizedItem, sequence: number): Promise<void> {
    const isPublic = await publishWithdrawal(item)
    await holds.drop({ item: item.id, version: item.version })
    if (isPublic || item.version === 1) return
    // An older version may be on its way out beside this one: look again when it must be there.
    const until = new Date(clock.now().getTime() + taggerLimits.withdrawalLookMs)
    await holds.keep(item, sequence, until)
  }

  async function publishWithdrawal(item: NormalizedItem): Promise<boolean> {
    const last = await bus.latest('item.tagged', item)
    if (!last) return false
    const make = () => asWithdrawn(item, last.value)
    const outcome = await publishNewer({ bus, store, item, make })
    log.info({ item: item.id, version: item.version, outcome }, 'item withdrawn')
    return true
  }

  async function look(holdId: string): Promise<void> {
    const row = await holds.find(holdId)
    // Lifted, moved or replaced since: what took its place has a job of its own.
    if (!row || isLetGo(row.value)) return
    const hold = row.value
    if (Date.parse(hold.until) > clock.now().getTime()) return await holds.schedule(hold)
    const fact = await bus.read('item.normalized', hold.sequence)
    if (fact) await release(fact.value)
    else log.warn({ hold: hold.id }, 'held version is erased')
    await holds.drop(hold)
  }

  async function release(item: NormalizedItem): Promise<void> {
    if (item.status !== 'usable') {
      await publishWithdrawal(item)
      return
    }
    if (await isOvertaken(store, item, clock.now())) return
    await letOut(item)
  }

  return { admit, look }
}

/** Whether something as new or newer is public, or a newer version withdraws or holds the item. */
async function isOvertaken(store: Store, item: NormalizedItem, now: Date): Promise<boolean> {
  const standing = await store.publicState(item.id)
  if (standing && standing.version >= item.version) return true
  const newest = await store.itemState(item.id)
  if (!newest || newest.version <= item.version) return false
  return newest.status !== 'usable' || isEmbargoed(embargoOf(newest), now)
}

function embargoOf({ embargoUntil }: ItemState): Pick<NormalizedItem, 'embargoUntil'> {
  return embargoUntil === undefined ? {} : { embargoUntil }
}
