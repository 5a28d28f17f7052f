import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '@newswire/runtime'
import { type Job as BullJob, UnrecoverableError, Worker } from 'bullmq'
import type { Job, JobWorker, WorkOptions } from './jobs.js'
import { jobLimits, retryDelaysMs } from './limits.js'
import { prefix } from './queue.js'
import { reportOutages, workerConnection } from './redis.js'

export interface WorkerOptions extends WorkOptions {
  readonly url: string
  readonly log: Log
  /** Whether Redis is connected. */
  readonly isUp: () => boolean
}

/** Resolves once the worker takes jobs. */
export async function startWorker({
  url,
  log,
  queue,
  concurrency,
  handle,
  isUp,
}: WorkerOptions): Promise<JobWorker> {
  const running = new Set<Promise<void>>()
  function track(run: Promise<void>): Promise<void> {
    const ended = run.finally(() => running.delete(ended))
    running.add(ended)
    return ended
  }
  const worker = new Worker(queue, (job: BullJob) => track(runJob(job, handle)), {
    connection: workerConnection(url),
    prefix,
    concurrency,
    lockDuration: jobLimits.lockMs,
    stalledInterval: jobLimits.stalledLookMs,
    maxStalledCount: jobLimits.stalledMax,
    drainDelay: jobLimits.idleSeconds,
    settings: { backoffStrategy: retryDelayMs },
  })
  worker.on('error', reportOutages(log, queue))
  worker.on('failed', (job, error) => {
    const fields = { err: error, queue, job: job?.name, attempt: job?.attemptsMade }
    if (job?.finishedOn === undefined) log.warn(fields, 'job failed and is tried again')
    else log.error(fields, 'job failed for good and is kept')
  })
  worker.on('stalled', (id) => log.warn({ queue, id }, 'job of a dead worker is given to another'))
  await worker.waitUntilReady()
  return { stop: () => stopWorker(worker, running, { log, isUp }) }
}

async function runJob(job: BullJob, handle: (job: Job) => Promise<void>): Promise<void> {
  try {
    await handle({ key: job.name, data: job.data as Job['data'] })
  } catch (error) {
    // Known by its name: this room does not know the bus that defines it.
    if (error instanceof Error && error.name === 'PermanentError') {
      throw new UnrecoverableError(error.message)
    }
    throw error
  }
}

/** The wait after the given number of failed tries. */
export function retryDelayMs(triesMade: number): number {
  return retryDelaysMs[triesMade - 1] ?? retryDelaysMs.at(-1) ?? 0
}

/** Waits for the handlers that run, as long as they take, and then a moment for Redis. */
async function stopWorker(
  worker: Worker,
  running: ReadonlySet<Promise<void>>,
  { log, isUp }: Pick<WorkerOptions, 'log' | 'isUp'>,
): Promise<void> {
  if (!isUp()) {
    // An orderly close would wait for the reconnect.
    await Promise.allSettled(running)
    return await worker.close(true)
  }
  const closed = worker.close()
  await Promise.allSettled(running)
  const left = await Promise.race([closed, delay(jobLimits.closeGraceMs, 'left', { ref: false })])
  if (left === 'left') log.warn({ queue: worker.name }, 'worker left without an answer from redis')
}
