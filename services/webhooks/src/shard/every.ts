/** Shards one after the other: neighbours by number are far apart, however many there are. */
const shareOfTurn = (Math.sqrt(5) - 1) / 2

export interface EveryOptions {
  readonly ms: number
  /** Each has a moment of its own: all at once would hold up what is to be sent meanwhile. */
  readonly shard: number
  readonly onError: (error: unknown) => void
}

/**
 * Housekeeping at intervals. Where Redis or the bus does not answer, one run waits; no more.
 * Returns what ends it.
 */
export function every({ ms, shard, onError }: EveryOptions, act: () => Promise<void>): () => void {
  let isRunning = false
  const run = () => {
    if (isRunning) return
    isRunning = true
    act()
      .catch(onError)
      .finally(() => {
        isRunning = false
      })
  }
  let timer = setTimeout(
    () => {
      timer = setInterval(run, ms)
      run()
    },
    ms * (1 - ((shard * shareOfTurn) % 1)),
  )
  return () => clearTimeout(timer)
}
