import { setTimeout as delay } from 'node:timers/promises'
import type { Bus } from '@newswire/bus'
import type { Clock, Worker } from '@newswire/runtime'

/** How often the bus is asked whether it is there. */
const askEveryMs = 500

export interface FreshnessOptions {
  readonly bus: Pick<Bus, 'ping'>
  readonly clock: Clock
}

export interface Freshness {
  readonly worker: Worker
  /** When the bus was last there, while it is not; undefined while it is. */
  readonly asOf: () => Date | undefined
}

/** While the bus is gone feeds are served from what is known; their readers are told since when. */
export function createFreshness({ bus, clock }: FreshnessOptions): Freshness {
  let seenAt = clock.now()
  let isThere = true
  const ending = new AbortController()

  async function watch(): Promise<void> {
    while (!ending.signal.aborted) {
      const askedAt = clock.now()
      isThere = await bus.ping()
      if (isThere) seenAt = askedAt
      await delay(askEveryMs, undefined, { signal: ending.signal }).catch((error: unknown) => {
        if (!ending.signal.aborted) throw error
      })
    }
  }

  return {
    asOf: () => (isThere ? undefined : seenAt),
    worker: {
      name: 'feeds-freshness',
      async start(life) {
        const watching = watch().catch(life.fail)
        return {
          async stop() {
            ending.abort()
            await watching
          },
        }
      },
    },
  }
}
