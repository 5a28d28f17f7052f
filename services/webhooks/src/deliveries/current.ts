import type { Bus } from '@newswire/bus'
import { Problem } from '@newswire/http'
import type { Store } from '@newswire/store'
import type { WebhookLimits } from '../limits.js'
import { pause } from '../pause.js'

export interface CurrentOptions {
  readonly bus: Pick<Bus, 'streams'>
  readonly store: Pick<Store, 'deliveries' | 'positions'>
  readonly limits: Pick<WebhookLimits, 'currentMsMax'>
}

/** Resolves once the read models hold all that stood in the streams at the call. */
export type UntilCurrent = (wanted?: { readonly items?: boolean }) => Promise<void>

const askPauseMs = 10

/**
 * A read model that is behind is awaited for a moment; one that is being made again, as Redis was
 * emptied, is not: what it holds by now is not the truth. Errors: Problem 503 `being-made`.
 */
export function createUntilCurrent({ bus, store, limits }: CurrentOptions): UntilCurrent {
  return async ({ items = false } = {}) => {
    const streams = await bus.streams()
    // What a stream has let go of by age comes to no read model.
    const endOf = (name: string) => {
      const found = streams.find(({ stream }) => stream === name)
      return found && found.messages > 0 ? found.lastSequence : 0
    }
    const goal = { deliveries: endOf('DELIVERIES'), tagged: items ? endOf('TAGGED') : 0 }
    const startedMs = performance.now()
    while (!(await isAt(store, goal))) {
      if (performance.now() - startedMs > limits.currentMsMax) throw beingMade()
      await pause(askPauseMs, new AbortController().signal)
    }
  }
}

async function isAt(
  store: CurrentOptions['store'],
  goal: { deliveries: number; tagged: number },
): Promise<boolean> {
  if ((await store.deliveries.position()) < goal.deliveries) return false
  return goal.tagged === 0 || (await store.positions()).tagged >= goal.tagged
}

function beingMade(): Problem {
  return new Problem({
    status: 503,
    slug: 'being-made',
    title: 'The record of deliveries is being made',
    detail: 'It is read again from the ledger and is not complete yet. Try again in a few seconds.',
    headers: { 'retry-after': '5' },
  })
}
