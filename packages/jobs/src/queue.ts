import { type JobsOptions, Queue, type RedisConnection } from 'bullmq'
import type { Job, JobQueue, QueueState } from './jobs.js'
import { jobLimits, retryDelaysMs } from './limits.js'

/** All keys of all queues lie in one slot of a cluster, as BullMQ's scripts need it. */
export const prefix = '{nw}'

export interface OpenQueue extends JobQueue {
  readonly bull: Queue
  state(): Promise<QueueState>
}

export interface OpenQueueOptions {
  readonly name: string
  readonly client: Awaited<RedisConnection['client']>
  readonly onError: (error: Error) => void
}

const jobOptions: JobsOptions = {
  attempts: retryDelaysMs.length + 1,
  backoff: { type: 'custom' },
  removeOnComplete: { count: jobLimits.completedJobsMax },
  removeOnFail: { count: jobLimits.failedJobsMax },
}

type Added = Job & { readonly delayMs?: number }

/**
 * A job's key is its deduplication id and its name; BullMQ gives each job an id of its own. A kept
 * job with the same *id* would silently block every later one. A deduplication id ends with its
 * job, and what is added while that job runs is put behind it: the run may have read the old facts.
 */
export function openQueue({ name, client, onError }: OpenQueueOptions): OpenQueue {
  const bull = new Queue(requireToken(name, 'queue'), {
    connection: client,
    prefix,
    defaultJobOptions: jobOptions,
    streams: { events: { maxLen: jobLimits.eventsMax } },
    skipVersionCheck: true,
  })
  bull.on('error', onError)

  async function addAll(jobs: readonly Added[]): Promise<void> {
    for (let at = 0; at < jobs.length; at += jobLimits.addedAtOnceMax) {
      await bull.addBulk(jobs.slice(at, at + jobLimits.addedAtOnceMax).map(bullJob))
    }
  }

  async function idOf(key: string): Promise<string | undefined> {
    const id = await bull.getDeduplicationJobId(key)
    // After a loss of keys a deduplication id may have outlived its job.
    return id && (await client.hexists(bull.toKey(id), 'name')) === 1 ? id : undefined
  }

  return {
    bull,
    addAll,
    add: (job, options) => addAll([{ ...job, ...options }]),
    async remove(key) {
      const id = await idOf(key)
      if (id !== undefined) await bull.remove(id)
    },
    async has(keys) {
      const ids = await Promise.all(keys.map(idOf))
      return new Set(keys.filter((_, index) => ids[index] !== undefined))
    },
    async schedule({ key, data }, everyMs) {
      // BullMQ 6.7 keeps the offset of the old rhythm, and after a missed beat waits that long.
      const standing = await bull.getJobScheduler(key)
      if (standing && standing.every !== everyMs) await bull.removeJobScheduler(key)
      const template = { name: key, data, opts: jobOptions }
      await bull.upsertJobScheduler(requireToken(key, 'job'), { every: everyMs }, template)
    },
    async unschedule(key) {
      await bull.removeJobScheduler(key)
    },
    async schedules() {
      const schedulers = await bull.getJobSchedulers()
      return new Set(schedulers.map(({ key }) => key))
    },
    async state() {
      const counts = await bull.getJobCounts('waiting', 'active', 'delayed', 'failed')
      const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts
      const [oldest] = waiting > 0 ? await bull.getJobs(['waiting'], 0, 0, true) : []
      const since = oldest === undefined ? {} : { oldestAt: new Date(oldest.timestamp) }
      return { queue: name, waiting, active, delayed, failed, ...since }
    },
  }
}

function bullJob({ key, data, delayMs = 0 }: Added) {
  const deduplication = { id: requireToken(key, 'job'), keepLastIfActive: true }
  return { name: key, data, opts: { ...jobOptions, delay: delayMs, deduplication } }
}

function requireToken(name: string, of: string): string {
  if (/^[A-Za-z0-9_-]{1,128}$/.test(name)) return name
  throw new TypeError(`"${name}" cannot name a ${of}. Use at most 128 of A-Z a-z 0-9 _ and -.`)
}
