import { setTimeout as delay } from 'node:timers/promises'
import type { Bus } from '@newswire/bus'
import type { Store } from '@newswire/store'

export const barrierLimits = {
  /** How long a notice waits for what came in before it. */
  waitMsMax: 2_000,
  lookEveryMs: 20,
  /** How long after a notice its release is waited for, which may come in behind it. */
  lingerMsMax: 1_000,
  /** The same for a notice that was long on its way. */
  lingerMsMin: 600,
  lingerEveryMs: 50,
} as const

export interface BarrierOptions {
  readonly bus: Pick<Bus, 'groups' | 'streams'>
  readonly store: Pick<Store, 'positions'>
  readonly group?: string
}

/**
 * Lets a notice look only after everything that came in before it is in the index of kin. Waits
 * follow the order of stream RAW, so that no two of them wait for each other; each has an end, so
 * that a raw item which is tried again for hours holds up nothing.
 */
export interface Barrier {
  /**
   * A raw item is worked on here. What is given is called when that is over, whether it is done or
   * has failed: no notice waits for what is tried again for minutes. A release that becomes an item
   * so late looks for its notice itself.
   */
  enter(rawSequence: number): () => void
  /** False where the read model is not complete: what it lacks must not be taken for missing. */
  before(rawSequence: number): Promise<boolean>
  /**
   * Asks again until the raw item, which came in `ageMs` ago, is `lingerMsMax` old: so the notices
   * of one burst wait side by side.
   */
  linger<T>(
    rawSequence: number,
    ageMs: number,
    ask: () => Promise<T | undefined>,
  ): Promise<T | undefined>
}

/** How far the room is, as one look tells. */
interface Look {
  acknowledged: number
  isComplete: boolean
}

export function createBarrier(options: BarrierOptions): Barrier {
  const here = createPresence()
  let looking: Promise<Look> | undefined
  /** Where a wait has ended without reaching its place: the next one need not wait there again. */
  let stuckAt = -1

  function look(): Promise<Look> {
    looking ??= lookAt(options).finally(() => {
      looking = undefined
    })
    return looking
  }

  async function before(rawSequence: number): Promise<boolean> {
    const end = performance.now() + barrierLimits.waitMsMax
    let { acknowledged, isComplete } = await look()
    const isReached = () => here.isClear(acknowledged, rawSequence)
    while (!isComplete || !(isReached() || acknowledged === stuckAt)) {
      if (performance.now() >= end) break
      await delay(barrierLimits.lookEveryMs)
      ;({ acknowledged, isComplete } = await look())
    }
    if (!isReached()) stuckAt = acknowledged
    return isComplete
  }

  async function linger<T>(
    rawSequence: number,
    ageMs: number,
    ask: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const { lingerMsMax, lingerMsMin, lingerEveryMs } = barrierLimits
    here.standAside(rawSequence)
    const leftMs = Math.min(lingerMsMax, Math.max(lingerMsMin, lingerMsMax - ageMs))
    const end = performance.now() + leftMs
    while (performance.now() < end) {
      await delay(lingerEveryMs)
      const found = await ask()
      if (found !== undefined) return found
    }
    return undefined
  }

  return { enter: here.enter, before, linger }
}

/** Raw items that this process has worked on since the last acknowledged one. */
function createPresence() {
  const states = new Map<number, 'working' | 'aside' | 'done'>()

  return {
    enter(rawSequence: number): () => void {
      states.set(rawSequence, 'working')
      return () => {
        states.set(rawSequence, 'done')
        if (states.size > presenceMax) forgetBelow(rawSequence - presenceMax)
      }
    },
    /** A notice that only waits for what comes later holds up no other. */
    standAside(rawSequence: number): void {
      if (states.has(rawSequence)) states.set(rawSequence, 'aside')
    },
    /** Whether nothing between the two is worked on, as far as this process can tell. */
    isClear(acknowledged: number, rawSequence: number): boolean {
      if (rawSequence - acknowledged > presenceMax) return false
      for (let each = acknowledged + 1; each < rawSequence; each += 1) {
        const state = states.get(each)
        if (state === undefined || state === 'working') return false
      }
      return true
    },
  }

  function forgetBelow(sequence: number): void {
    for (const each of states.keys()) if (each < sequence) states.delete(each)
  }
}

/** Raw items between the last acknowledged one and the newest that are remembered. */
const presenceMax = 4_096

/** In this order: what was acknowledged before the look lies in the stream that is looked at. */
async function lookAt({ bus, store, group = 'normalizer' }: BarrierOptions): Promise<Look> {
  const groups = await bus.groups()
  const own = groups.find((each) => each.stream === 'RAW' && each.group === group)
  const items = (await bus.streams()).find(({ stream }) => stream === 'ITEMS')
  const { items: position } = await store.positions()
  return {
    acknowledged: own?.acknowledged ?? 0,
    isComplete: position >= (items?.lastSequence ?? 0),
  }
}
