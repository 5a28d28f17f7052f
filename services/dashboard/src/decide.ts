import { setTimeout as delay } from 'node:timers/promises'
import type { Bus } from '@newswire/bus'
import { type Decision, type RawItem, rawContentTypes, receiptOf } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { Store } from '@newswire/store'

/** How long an answer waits for its decision to be carried out. */
const waitMsMax = 2_000
/** The first wait between two looks; each is twice the one before. */
const lookMsFirst = 5
const lookMsMax = 100

export interface DecideOptions {
  readonly bus: Bus
  readonly store: Pick<Store, 'versionOfRaw'>
  readonly clock: Clock
  /** Chance as an argument: the publish id of a decision. */
  readonly newId: () => string
}

/** What a person is told of a decision: what became of it, where that was known in time. */
export interface Decided {
  readonly receipt: string
  readonly id?: string
  readonly version?: number
  /** Why nothing changed, or why it could not be carried out. */
  readonly reason?: string
}

/** Puts a decision among what comes in, and looks for a moment what becomes of it. */
export async function decide(
  { bus, store, clock, newId }: DecideOptions,
  decision: Decision,
  actor: string,
): Promise<Decided> {
  const raw: RawItem = {
    source: 'desk',
    door: 'desk',
    contentType: rawContentTypes.decision,
    body: JSON.stringify(decision),
    received: clock.now().toISOString(),
    rights: 'full',
    pushedBy: actor,
  }
  const { sequence } = await bus.publish('item.raw', raw, raw, { id: `decision:${newId()}` })
  const receipt = receiptOf(sequence, raw)
  const endAt = performance.now() + waitMsMax
  for (let lookMs = lookMsFirst; performance.now() < endAt; lookMs *= 2) {
    await delay(Math.min(lookMs, lookMsMax))
    const outcome = await outcomeOf({ bus, store }, sequence)
    if (outcome) return { receipt, ...outcome }
  }
  return { receipt }
}

async function outcomeOf(
  { bus, store }: Pick<DecideOptions, 'bus' | 'store'>,
  rawSequence: number,
): Promise<Omit<Decided, 'receipt'> | undefined> {
  const version = await store.versionOfRaw(rawSequence)
  if (version) return version
  const told = await bus.latest('receipt', { rawSequence })
  if (told) {
    const { id, version: standing, reason } = told.value
    return { id, version: standing, reason }
  }
  const letter = await bus.deadLetters.of('normalizer', rawSequence)
  return letter && { reason: letter.value.error.message }
}
