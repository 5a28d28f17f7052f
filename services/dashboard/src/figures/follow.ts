import { setTimeout as delay } from 'node:timers/promises'
import type { Bus, Stored, Subscription } from '@newswire/bus'
import { type Fact, type FactName, facts } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import { watchLimits } from './limits.js'

export interface FollowOptions<N extends FactName> {
  readonly bus: Pick<Bus, 'replay' | 'streams'>
  readonly log: Log
  readonly fact: N
  /** The first fact told is the one after this sequence. */
  readonly after: number
  readonly onFact: (fact: Stored<Fact<N>>) => void
}

/** All facts from a position on and then live, begun again by itself where reading ended. */
export async function follow<N extends FactName>(options: FollowOptions<N>): Promise<Subscription> {
  const stopped = new AbortController()
  let position = options.after
  let running: Subscription | undefined
  async function begin(): Promise<void> {
    running = await options.bus.replay({
      fact: options.fact,
      after: position,
      async handle(batch) {
        for (const fact of batch) {
          position = fact.sequence
          options.onFact(fact)
        }
      },
      onEnd: (err) => {
        options.log.warn({ fact: options.fact, err }, 'following begins anew')
        void again()
      },
    })
    if (stopped.signal.aborted) await running.stop()
  }
  async function again(): Promise<void> {
    const { signal } = stopped
    while (!signal.aborted) {
      await delay(watchLimits.againMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      try {
        // A stream that lost its end, or was made anew, is followed from where it ends now.
        position = Math.min(position, await endOf(options.bus, options.fact))
        return await begin()
      } catch (err) {
        options.log.debug({ fact: options.fact, err }, 'stream not reached')
      }
    }
  }
  await begin()
  return {
    async stop() {
      stopped.abort()
      await running?.stop()
    },
  }
}

export async function endOf(bus: Pick<Bus, 'streams'>, fact: FactName): Promise<number> {
  const { stream } = facts[fact]
  const state = (await bus.streams()).find((each) => each.stream === stream)
  return state?.lastSequence ?? 0
}
