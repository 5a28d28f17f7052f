import type { Log } from '@newswire/runtime'
import type { Jobs, JobWorker } from './jobs.js'
import { type OpenQueue, openQueue } from './queue.js'
import { openConnection, reportOutages } from './redis.js'
import { searchJobs } from './search.js'
import { startWorker } from './worker.js'

export interface JobsOptions {
  /** `redis://…` or `rediss://…`; its `maxmemory-policy` must be `noeviction`. */
  readonly url: string
  readonly log: Log
}

/** Queues on Redis. What they hold can be lost: reconcilers make it again from facts. */
export async function connectJobs({ url, log }: JobsOptions): Promise<Jobs> {
  const connection = await openConnection(url, log)
  const client = await connection.client
  const queues = new Map<string, OpenQueue>()
  const workers = new Set<JobWorker>()

  function queue(name: string): OpenQueue {
    const known = queues.get(name)
    if (known) return known
    const opened = openQueue({ name, client, onError: reportOutages(log, name) })
    queues.set(name, opened)
    return opened
  }

  const isUp = () => client.status === 'ready'

  async function ping(): Promise<boolean> {
    // Without this a command would wait for the reconnect, and a health check with it.
    if (!isUp()) return false
    return await client.info().then(
      () => true,
      () => false,
    )
  }

  async function close(): Promise<void> {
    await Promise.all([...workers].map((worker) => worker.stop()))
    await Promise.all([...queues.values()].map(({ bull }) => bull.close()))
    await connection.close(!isUp())
  }

  return {
    queue,
    async work(options) {
      queue(options.queue)
      const worker = await startWorker({ url, log, isUp, ...options })
      workers.add(worker)
      return {
        async stop() {
          workers.delete(worker)
          await worker.stop()
        },
      }
    },
    boardQueues: () => [...queues.values()].map(({ bull }) => bull),
    states: () => Promise.all([...queues.values()].map((each) => each.state())),
    search: (wanted) => searchJobs({ client, queues: [...queues.values()] }, wanted),
    ping,
    close,
    [Symbol.asyncDispose]: close,
  }
}
