import type { Bus, Stored } from '@newswire/bus'
import { isEmbargoed, type RawItem, shortHash } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { Store } from '@newswire/store'

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

const radix = 36
const receiptPattern = /^([0-9a-z]{1,11})-([A-Za-z0-9_-]{22})$/

/**
 * The receipt of a raw item: where it stands in stream RAW, and a hash over what it holds, so that
 * no one finds another's by counting.
 */
export function receiptOf(sequence: number, raw: RawItem): string {
  return `${sequence.toString(radix)}-${checkOf(raw)}`
}

/**
 * The raw item that a receipt was given for; undefined where it never was, or is kept no longer.
 */
export async function findReceipt(bus: Bus, receipt: string): Promise<Stored<RawItem> | undefined> {
  const [, position, check] = receiptPattern.exec(receipt) ?? []
  const sequence = Number.parseInt(position ?? '', radix)
  if (!Number.isSafeInteger(sequence) || sequence < 1) return undefined
  const stored = await bus.read('item.raw', sequence)
  return stored && checkOf(stored.value) === check ? stored : undefined
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
  if (inside?.version === version) {
    const dead = await deadAt(bus, 'tagger', inside.sequence)
    if (dead) return { ...dead, id, version }
    if (inside.embargoUntil && isEmbargoed({ embargoUntil: inside.embargoUntil }, clock.now())) {
      return { state: 'held', id, version, reason: `Embargo until ${inside.embargoUntil}.` }
    }
  }
  return { state: 'normalized', id, version }
}

async function deadAt(
  bus: Bus,
  stage: string,
  sequence: number,
): Promise<ReceiptState | undefined> {
  const letter = await bus.deadLetters.of(stage, sequence)
  return letter && { state: 'dead', reason: letter.value.error.message }
}

function checkOf(raw: RawItem): string {
  return shortHash('receipt', raw.received, raw.pushedBy ?? '', raw.body)
}
