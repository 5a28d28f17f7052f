import { setImmediate as breath } from 'node:timers/promises'
import type { Bus, Stored } from '@newswire/bus'
import type { TaggedItem } from '@newswire/model'

/** A part of stream TAGGED: after a position, up to one. */
export interface Window {
  readonly after: number
  readonly upTo: number
}

/**
 * Reads a part of TAGGED in its order, until all of it was given or the signal comes. Gives whether
 * it was all.
 */
export function readWindow(
  bus: Pick<Bus, 'replay'>,
  { after, upTo }: Window,
  options: {
    readonly batchMax: number
    readonly signal: AbortSignal
    readonly take: (fact: Stored<TaggedItem>) => void
  },
): Promise<boolean> {
  const { batchMax, signal, take } = options
  if (after >= upTo) return Promise.resolve(true)
  return new Promise((resolve, reject) => {
    let isEnded = false
    const end = (isAll: boolean) => {
      if (isEnded) return
      isEnded = true
      signal.removeEventListener('abort', stop)
      // From outside of the handler: a replay waits for its handler before it stops.
      replay.then((running) => running.stop()).then(() => resolve(isAll), reject)
    }
    const stop = () => end(false)
    signal.addEventListener('abort', stop)
    const replay = bus.replay({
      fact: 'item.tagged',
      after,
      batchMax,
      handle: async (facts) => {
        if (isEnded) return
        for (const fact of facts.filter(({ sequence }) => sequence <= upTo)) take(fact)
        if ((facts.at(-1)?.sequence ?? 0) >= upTo) end(true)
        // Deliveries and answers of this process come between two batches.
        else await breath()
      },
      onCaughtUp: () => end(true),
      onEnd: reject,
    })
    replay.catch(reject)
    if (signal.aborted) stop()
  })
}
