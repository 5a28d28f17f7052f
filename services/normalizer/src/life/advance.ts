import { type Bus, type Published, type Stored, WrongSequenceError } from '@newswire/bus'
import {
  type NormalizedItem,
  type Settlement,
  type Standing,
  settle,
  type TaggedItem,
} from '@newswire/model'
import type { Store } from '@newswire/store'
import { defined } from '../defined.js'
import type { Draft } from '../draft.js'
import { compose, revisionIdOf, taggedWithdrawal, type VersionSettlement } from './compose.js'
import { contentHashOf } from './content-hash.js'

/** Each lost race means that another version was written: this many in a row is not traffic. */
const triesMax = 8

/** What became of a raw item. */
export type Outcome =
  | { outcome: 'version'; item: NormalizedItem }
  /** A delivery of the same raw item made its version before. */
  | { outcome: 'repeated' }
  | Exclude<Settlement, VersionSettlement>

/** What stands: from the read model, or, where the order is in doubt, whole from stream ITEMS. */
interface Base extends Standing {
  sequence: number
  embargoUntil?: string
  item?: NormalizedItem
}

export interface AdvanceOptions {
  bus: Bus
  store: Pick<Store, 'itemState'>
}

/**
 * Writes a draft as the next version of its item, if it is one, by compare-and-set on what stands
 * (design: order of versions). The read model may lag behind the stream: then the set fails, and
 * the stream itself is asked. Safe to run twice, late, and beside itself.
 */
export async function advance(
  { bus, store }: AdvanceOptions,
  draft: Draft,
  rawSequence: number,
): Promise<Outcome> {
  let base: Base | undefined = await store.itemState(draft.id)
  for (let tries = 0; tries < triesMax; tries += 1) {
    const step = settleOn(base, draft, rawSequence)
    const { settlement } = step
    if (settlement.outcome !== 'version') return ended(bus, draft, settlement, base, rawSequence)
    // A change is rare and needs what stands as a whole; a new item costs no reading.
    if (base !== undefined && base.item === undefined) {
      base = await newestOf(bus, draft)
      continue
    }
    const outcome = await publishVersion(bus, { ...step, settlement }, base)
    if (outcome) return outcome
    base = await newestOf(bus, draft)
  }
  throw new Error('Other workers kept writing newer versions of the same item.')
}

interface Step {
  draft: Draft
  settlement: Settlement
  precedence: NormalizedItem['precedence']
}

function settleOn(base: Base | undefined, given: Draft, rawSequence: number): Step {
  const draft = withStandingEmbargo(given, base)
  const { sourceVersion, modified } = draft
  const contentHash = contentHashOf(draft)
  const precedence = { rawSequence, contentHash, ...defined({ sourceVersion, modified }) }
  const settlement = settle(base, {
    ...precedence,
    status: draft.status,
    complete: draft.body.complete,
    corrects: draft.isCorrection,
  })
  return { draft, settlement, precedence }
}

/** A teaser that says nothing of an embargo does not lift it. */
function withStandingEmbargo(draft: Draft, base: Base | undefined): Draft {
  const isSilent = !draft.body.complete && draft.embargoUntil === undefined
  if (!isSilent || base?.embargoUntil === undefined) return draft
  return { ...draft, embargoUntil: base.embargoUntil }
}

async function newestOf(bus: Bus, { wire, id }: Draft): Promise<Base | undefined> {
  const newest = await bus.latest('item.normalized', { wire, id })
  return newest && baseOf(newest)
}

function baseOf({ value: item, sequence }: Stored<NormalizedItem>): Base {
  const { version, status, lineage, embargoUntil } = item
  const complete = item.body.complete
  return { version, status, complete, lineage, sequence, item, ...defined({ embargoUntil }) }
}

/** Undefined where something else stands by now. */
async function publishVersion(
  bus: Bus,
  { draft, settlement, precedence }: Step & { settlement: VersionSettlement },
  base: Base | undefined,
): Promise<Outcome | undefined> {
  const isWithdrawal = settlement.change === 'withdrawal'
  const shown = isWithdrawal ? await bus.latest('item.tagged', draft) : undefined
  const standing = base?.item
  const item = compose({ draft, settlement, precedence, standing, shown: shown?.value })
  const id = `${item.id}:${item.version}:${precedence.rawSequence}`
  const expect = base?.sequence ?? 0
  const published = await unlessRaced(bus.publish('item.normalized', item, item, { id, expect }))
  if (!published) return undefined
  if (isWithdrawal) await withdrawOutside(bus, item, shown)
  return published.duplicate ? { outcome: 'repeated' } : { outcome: 'version', item }
}

/**
 * Takes the item off the outside at once: a withdrawal waits behind nothing, not even the tagger.
 * Nothing is written where nothing is public, or the withdrawal is there already.
 */
async function withdrawOutside(
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

/** Undefined where another worker's fact came first. */
async function unlessRaced(publishing: Promise<Published>): Promise<Published | undefined> {
  try {
    return await publishing
  } catch (error) {
    if (error instanceof WrongSequenceError) return undefined
    throw error
  }
}

async function ended(
  bus: Bus,
  { wire, id }: Draft,
  settlement: Exclude<Settlement, VersionSettlement>,
  base: Base | undefined,
  rawSequence: number,
): Promise<Outcome> {
  if (!base?.lineage.some((entry) => entry.rawSequence === rawSequence)) return settlement
  const isOwnWithdrawal =
    base.status === 'canceled' && base.lineage.at(-1)?.rawSequence === rawSequence
  if (isOwnWithdrawal) await finishWithdrawal(bus, { wire, id }, base.version)
  return { outcome: 'repeated' }
}

/** A worker that died between ITEMS and TAGGED left the item public. */
async function finishWithdrawal(
  bus: Bus,
  keys: { wire: string; id: string },
  version: number,
): Promise<void> {
  const [newest, shown] = [
    await bus.latest('item.normalized', keys),
    await bus.latest('item.tagged', keys),
  ]
  if (newest?.value.version === version) await withdrawOutside(bus, newest.value, shown)
}
