import { type Bus, type Published, type Stored, WrongSequenceError } from '@newswire/bus'
import type { NormalizedItem, Settlement, Standing, TaggedItem } from '@newswire/model'
import { defined } from '../defined.js'
import type { Draft } from '../draft.js'
import { compose, revisionIdOf, taggedWithdrawal, type VersionSettlement } from './compose.js'

/** Each lost race means that another version was written: this many in a row is not traffic. */
export const triesMax = 8

/** What became of a raw item. */
export type Outcome =
  | { outcome: 'version'; item: NormalizedItem }
  /** A delivery of the same raw item made its version before. */
  | { outcome: 'repeated' }
  | Exclude<Settlement, VersionSettlement>

/** What stands: from the read model, or, where the order is in doubt, whole from stream ITEMS. */
export interface Base extends Standing {
  sequence: number
  embargoUntil?: string
  item?: NormalizedItem
}

export interface ItemKeys {
  wire: string
  id: string
}

/** What an arrival is to what stands. */
export interface Step {
  draft: Draft
  settlement: Settlement
  precedence: NormalizedItem['precedence']
}

/** What stands by the stream itself; undefined where the item has no version. */
export async function newestOf(bus: Bus, { wire, id }: ItemKeys): Promise<Base | undefined> {
  const newest = await bus.latest('item.normalized', { wire, id })
  return newest && baseOf(newest)
}

function baseOf({ value: item, sequence }: Stored<NormalizedItem>): Base {
  const { version, status, lineage, embargoUntil } = item
  const complete = item.body.complete
  return { version, status, complete, lineage, sequence, item, ...defined({ embargoUntil }) }
}

/** Writes the draft as its item's next version. Undefined where something else stands by now. */
export async function publishVersion(
  bus: Bus,
  { draft, settlement, precedence }: Step & { settlement: VersionSettlement },
  base: Base | undefined,
): Promise<Outcome | undefined> {
  const isWithdrawal = settlement.change === 'withdrawal'
  const shown = isWithdrawal ? await bus.latest('item.tagged', draft) : undefined
  const standing = base?.item
  const item = compose({ draft, settlement, precedence, standing, shown: shown?.value })
  return publishItem(bus, item, { rawSequence: precedence.rawSequence, base, shown })
}

/**
 * Writes an item as it is, expecting what stands, and takes it off the outside where it is a
 * withdrawal. Undefined where something else stands by now.
 */
export async function publishItem(
  bus: Bus,
  item: NormalizedItem,
  {
    rawSequence,
    base,
    shown,
  }: { rawSequence: number; base: Base | undefined; shown: Stored<TaggedItem> | undefined },
): Promise<Outcome | undefined> {
  const id = `${item.id}:${item.version}:${rawSequence}`
  const expect = base?.sequence ?? 0
  const published = await unlessRaced(bus.publish('item.normalized', item, item, { id, expect }))
  if (!published) return undefined
  if (item.change === 'withdrawal') await withdrawOutside(bus, item, shown)
  return published.duplicate ? { outcome: 'repeated' } : { outcome: 'version', item }
}

/**
 * Takes the item off the outside at once: a withdrawal waits behind nothing, not even the tagger.
 * Nothing is written where nothing is public, or the withdrawal is there already.
 */
export async function withdrawOutside(
  bus: Bus,
  item: NormalizedItem,
  known: Stored<TaggedItem> | undefined,
): Promise<void> {
  let shown = known
  for (let tries = 0; tries < triesMax; tries += 1) {
    if (!shown || shown.value.version >= item.version || shown.value.status === 'canceled') return
    const tagged = taggedWithdrawal(item, shown.value)
    const options = { id: revisionIdOf(tagged), expect: shown.sequence }
    if (await unlessRaced(bus.publish('item.tagged', tagged, item, options))) return
    shown = await bus.latest('item.tagged', item)
  }
  throw new Error('Other workers kept writing newer public versions of the same item.')
}

/** A worker that died between ITEMS and TAGGED left the item public. */
export async function finishWithdrawal(bus: Bus, keys: ItemKeys, version: number): Promise<void> {
  const [newest, shown] = [
    await bus.latest('item.normalized', keys),
    await bus.latest('item.tagged', keys),
  ]
  if (newest?.value.version === version) await withdrawOutside(bus, newest.value, shown)
}

/** Undefined where another worker's fact came first. */
export async function unlessRaced<T = Published>(publishing: Promise<T>): Promise<T | undefined> {
  try {
    return await publishing
  } catch (error) {
    if (error instanceof WrongSequenceError) return undefined
    throw error
  }
}
