import type { Bus, Stored } from '@newswire/bus'
import {
  isEmbargoed,
  isReceiptOf,
  type RawItem,
  sequenceOfReceipt,
  untilReleased,
} from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { ItemState, Store } from '@newswire/store'

export const receiptStates = [
  'accepted',
  'normalized',
  'unchanged',
  'superseded',
  'held',
  'dead',
] as const

/** What became of a pushed item. */
export interface ReceiptState {
  readonly state: (typeof receiptStates)[number]
  readonly id?: string
  readonly version?: number
  readonly reason?: string
}

/**
 * The raw item that a receipt was given for; undefined where it never was, or is kept no longer.
 */
export async function findReceipt(bus: Bus, receipt: string): Promise<Stored<RawItem> | undefined> {
  const sequence = sequenceOfReceipt(receipt)
  if (sequence === undefined) return undefined
  const stored = await bus.read('item.raw', sequence)
  return stored && isReceiptOf(receipt, stored.value) ? stored : undefined
}

/** Asks each stage what it made of the raw item, the last word first. */
export async function stateOfRaw(
  sequence: number,
  { bus, store, clock }: { bus: Bus; store: Store; clock: Clock },
): Promise<ReceiptState> {
  const [outcome, version] = await Promise.all([
    bus.latest('receipt', { rawSequence: sequence }),
    store.versionOfRaw(sequence),
  ])
  if (outcome) {
    const { state, id, version: standing, reason } = outcome.value
    return { state, id, version: standing, reason }
  }
  if (version) return stateOfVersion(version, { bus, store, clock })
  return (await deadAt(bus, 'normalizer', sequence)) ?? { state: 'accepted' }
}

async function stateOfVersion(
  { id, version }: { id: string; version: number },
  { bus, store, clock }: { bus: Bus; store: Store; clock: Clock },
): Promise<ReceiptState> {
  const [inside, outside] = await Promise.all([store.itemState(id), store.publicState(id)])
  if (outside && outside.version >= version) return { state: 'normalized', id, version }
  if (inside && isHeld(inside, clock.now()) && cameByNotice(inside, version)) return heldElsewhere
  if (inside?.version === version) {
    const dead = await deadAt(bus, 'tagger', inside.sequence)
    if (dead) return { ...dead, id, version }
    if (inside.embargoUntil && isHeld(inside, clock.now())) {
      return { state: 'held', id, version, reason: whyHeld(id, inside.embargoUntil) }
    }
  }
  return { state: 'normalized', id, version }
}

/** Whoever pushed a notice need not be who pushed the release that is held: no word of that. */
const heldElsewhere: ReceiptState = {
  state: 'held',
  reason: 'The release that it speaks of is under embargo.',
}

function isHeld({ embargoUntil }: ItemState, now: Date): boolean {
  return embargoUntil !== undefined && isEmbargoed({ embargoUntil }, now)
}

function cameByNotice({ lineage }: ItemState, version: number): boolean {
  return lineage.some((entry) => entry.version === version && entry.via !== undefined)
}

async function deadAt(
  bus: Bus,
  stage: string,
  sequence: number,
): Promise<ReceiptState | undefined> {
  const letter = await bus.deadLetters.of(stage, sequence)
  return letter && { state: 'dead', reason: letter.value.error.message }
}

function whyHeld(id: string, until: string): string {
  if (until !== untilReleased) return `Embargo until ${until}.`
  return `The embargo can't be read: POST /api/v1/items/${id}/release lets it out.`
}
