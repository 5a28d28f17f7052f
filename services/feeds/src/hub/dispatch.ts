import type { JobQueue } from '@newswire/jobs'
import type { HubLane } from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import { startOf } from './lane.js'
import type { HubLimits } from './limits.js'
import type { Topics } from './topics.js'

export interface DispatchOptions {
  readonly topics: Topics
  readonly laneOf: (key: string) => HubLane | undefined
  readonly queue: JobQueue
  readonly clock: Clock
  readonly log: Log
  readonly limits: Pick<HubLimits, 'quietMs' | 'gatherMsMax' | 'freshPauseMsMax'>
}

/** Changed topics → jobs that look at their subscriptions. */
export interface Dispatch {
  /** A burst makes one look; a withdrawal is looked at now, also where a pause runs. */
  changed(paths: ReadonlySet<string>, isWithdrawal: boolean): void
  stop(): Promise<void>
}

export function createDispatch(options: DispatchOptions): Dispatch {
  const { topics, laneOf, queue, clock, log, limits } = options
  const gathered = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let gatheringSinceMs = 0
  let turn = Promise.resolve()

  /** Which pause of a subscription was shortened already. */
  const shortened = new Map<string, string>()

  /** A job that waits for a later time gives way to one that is due for the news, once. */
  async function shorten(path: string, key: string, nowMs: number): Promise<number> {
    const lane = laneOf(key)
    if (lane?.dueAt === undefined) {
      shortened.delete(key)
      return 0
    }
    const changes = topics.lastOf(path)
    const startsAt = startOf(lane, changes, limits.freshPauseMsMax)
    const mark = `${lane.dueAt} ${startsAt}`
    if (startsAt < Date.parse(lane.dueAt) && shortened.get(key) !== mark) {
      await queue.remove(key)
      shortened.set(key, mark)
    }
    return Math.max(0, startsAt - nowMs)
  }

  async function wake(paths: readonly string[]): Promise<void> {
    const nowMs = clock.now().getTime()
    const wanted = paths.flatMap((path) => [...topics.keysOf(path)].map((key) => ({ path, key })))
    const jobs = await Promise.all(
      wanted.map(async ({ path, key }) => {
        const delayMs = await shorten(path, key, nowMs)
        return { key, data: {}, delayMs }
      }),
    )
    await queue.addAll(jobs)
  }

  function inTurn(paths: readonly string[]): void {
    if (paths.length === 0) return
    turn = turn
      .then(() => wake(paths))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'hub jobs not written; the reconciler makes them')
      })
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    inTurn([...gathered])
    gathered.clear()
  }

  function gather(paths: ReadonlySet<string>): void {
    if (timer === undefined) gatheringSinceMs = performance.now()
    for (const path of paths) gathered.add(path)
    clearTimeout(timer)
    const leftMs = gatheringSinceMs + limits.gatherMsMax - performance.now()
    timer = setTimeout(flush, Math.max(0, Math.min(limits.quietMs, leftMs)))
  }

  return {
    changed(paths, isWithdrawal) {
      if (paths.size === 0) return
      if (!isWithdrawal) return gather(paths)
      for (const path of paths) gathered.delete(path)
      inTurn([...paths])
    },
    async stop() {
      flush()
      await turn
    },
  }
}
