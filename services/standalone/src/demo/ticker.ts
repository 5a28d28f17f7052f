import type { Client } from './client.js'
import { ninjsOf } from './ninjs.js'
import type { PressFeeds } from './press-feeds.js'
import type { Act, Script } from './script.js'

export interface TickerOptions {
  readonly script: Script
  readonly client: Client
  readonly feeds: PressFeeds
  /** Beats a second. */
  readonly rate: number
  readonly fail: (error: Error) => void
}

/** Beats whose pushes may be under way; a house that is slower leaves some out. */
const underWayMax = 40

/** Plays the script, and when it is stopped waits for what is under way. */
export function startTicker({ script, client, feeds, rate, fail }: TickerOptions) {
  const underWay = new Set<Promise<void>>()

  async function play(acts: readonly Act[]): Promise<void> {
    for (const act of acts) {
      if (act.kind === 'feed-entry') feeds.add(act.release)
      else await client.push(ninjsOf(act))
    }
  }
  function beat(): void {
    if (underWay.size >= underWayMax) return
    const played = play(script.next(new Date()))
      .catch((error: Error) => fail(error))
      .finally(() => underWay.delete(played))
    underWay.add(played)
  }
  beat()
  const timer = setInterval(beat, 1_000 / rate)
  return {
    async stop(): Promise<void> {
      clearInterval(timer)
      await Promise.all(underWay)
    },
  }
}
