import type { Bus } from '@newswire/bus'
import { isEmbargoed, isErased, type NormalizedItem, type TaggedItem, trace } from '@newswire/model'
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
  /** The item with its tags, those of people among them as far as this process knows them. */
  readonly tagged: (item: NormalizedItem) => TaggedItem
  /** What people said of the item's tags, as far as this process knows it. */
  readonly saidOf: (item: string) => unknown
  /** Brings what is public to what people said of it. */
  readonly revise: (item: NormalizedItem) => Promise<unknown>
}

export interface Admission {
  readonly item: NormalizedItem
  /** Its place in stream ITEMS. */
  readonly sequence: number
  readonly isRepeat: boolean
}

/** Where a version of an item goes: out, into a hold, or nowhere. */
export interface Gate {
  /** A version came in: for the first time, or again after a try that may have been cut short. */
  admit(came: Admission): Promise<void>
  /** The instant of a hold may have come. */
  look(holdId: string): Promise<void>
}

export function createGate(options: GateOptions): Gate {
  const { bus, store, holds, clock, log, tagged, saidOf, revise } = options

  async function admit({ item, sequence, isRepeat }: Admission): Promise<void> {
    if (item.status !== 'usable') return await withdraw(item, sequence)
    // From here on, for a process may be stopped behind any answer that it waits for.
    const startedAt = isRepeat ? Number.NEGATIVE_INFINITY : performance.now()
    if (await isOvertaken(store, item, clock.now())) {
      log.debug({ ...trace(item, clock.now()) }, 'item superseded')
      if (isRepeat) await withdrawIfLate(item)
      return await reviseStanding(item)
    }
    return isEmbargoed(item, clock.now())
      ? await hold(item, sequence)
      : await letOut(item, startedAt)
  }

  async function hold(item: NormalizedItem, sequence: number): Promise<void> {
    const until = new Date(item.embargoUntil ?? 0)
    const id = await holds.keep(item, sequence, until)
    if (id !== undefined) log.info({ hold: id }, 'item held')
  }

  async function letOut(item: NormalizedItem, startedAt: number): Promise<void> {
    const said = saidOf(item.id)
    const outcome = await publishNewer({ bus, store, item, make: () => tagged(item) })
    // A person may have said it while the version was on its way.
    if (outcome === 'stands' || saidOf(item.id) !== said) await revise(item)
    if (holds.mayHold(item.id)) await holds.drop({ item: item.id, version: item.version })
    const fields = { ...trace(item, clock.now()), outcome }
    if (outcome !== 'published') log.debug(fields, 'item superseded')
    else log.info(fields, 'item tagged')
    if (performance.now() - startedAt > taggerLimits.slowPublishMs) await withdrawIfLate(item)
  }

  /** The same version again, with another story: what is public is told so. */
  async function reviseStanding(item: NormalizedItem): Promise<void> {
    const standing = await store.publicState(item.id)
    if (standing?.version === item.version) await revise(item)
  }

  /** A publish that took long may have overtaken a withdrawal that found nothing public yet. */
  async function withdrawIfLate(item: NormalizedItem): Promise<void> {
    const end = await withdrawalAfter(bus, item)
    if (end) await withdraw(end.value, end.sequence)
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
    // A version that was on its way out when the item was erased stands behind its tombstone.
    if (isErased(item)) await bus.eraseOlder('item.tagged', item)
    log.info({ item: item.id, version: item.version, outcome }, 'item withdrawn')
    return true
  }

  async function look(holdId: string): Promise<void> {
    const row = await holds.find(holdId)
    // Lifted, moved or replaced since: what took its place has a job of its own.
    if (!row || isLetGo(row.value)) return
    const held = row.value
    if (Date.parse(held.until) > clock.now().getTime()) return await holds.schedule(held)
    const fact = await bus.read('item.normalized', held.sequence)
    if (fact) await release(fact.value)
    else log.warn({ hold: held.id }, 'held version is erased')
    await holds.drop(held)
  }

  async function release(item: NormalizedItem): Promise<void> {
    if (item.status !== 'usable') {
      await publishWithdrawal(item)
      return
    }
    if (await isOvertaken(store, item, clock.now())) return await withdrawIfLate(item)
    await letOut(item, Number.NEGATIVE_INFINITY)
  }

  return { admit, look }
}

async function withdrawalAfter(bus: Bus, item: NormalizedItem) {
  const newest = await bus.latest('item.normalized', item)
  const isAfter = newest && newest.value.version > item.version
  return isAfter && newest.value.status !== 'usable' ? newest : undefined
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
