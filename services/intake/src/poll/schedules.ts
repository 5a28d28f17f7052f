import { setMaxListeners } from 'node:events'
import type { Job, JobQueue, Jobs } from '@newswire/jobs'
import { type Source, toToken } from '@newswire/model'
import type { Clock, Log, RunningWorker, Worker } from '@newswire/runtime'
import { intakeLimits, rhythmLimits } from '../limits.js'
import type { SourceRows } from '../sources/rows.js'
import { dueInMs, isOverdue } from './due.js'
import type { HostGate } from './host-gate.js'
import { type KnownSources, watchKnown } from './known.js'
import type { Poller } from './poller.js'
import type { Position } from './position.js'
import type { Positions } from './positions.js'
import { restOf } from './rhythm.js'

const queueName = 'polls'
const arrangedAtOnceMax = 32
const listenersPerPoll = 2

export interface PollWorkerOptions {
  readonly jobs: Jobs
  readonly sources: SourceRows
  readonly positions: Positions
  readonly poller: Poller
  readonly gate: HostGate
  readonly clock: Clock
  readonly log: Log
  readonly reconcileMs?: number
}

/**
 * Sources → polls. Each enabled source has a schedule that beats as often as it is to be polled;
 * the beats only say *look*: the handler reads the row and the position again, and polls where it
 * is due. Where the beat does not fit (its host is busy, somebody polled between), one look is put
 * where it is needed, and the schedule is laid anew from there.
 */
export function createPollWorker(options: PollWorkerOptions): Worker {
  return { name: 'polls', start: () => startPolls(options) }
}

async function startPolls(options: PollWorkerOptions): Promise<RunningWorker> {
  const { jobs, log } = options
  const queue = jobs.queue(queueName)
  const stopping = new AbortController()
  // Each poll under way listens to it.
  setMaxListeners(intakeLimits.pollsAtOnceMax * listenersPerPoll, stopping.signal)
  const report = (error: unknown) => log.error({ err: error }, 'poll schedules not settled')
  const worker = await jobs.work({
    queue: queueName,
    concurrency: intakeLimits.pollsAtOnceMax,
    handle: createLook(options, queue, stopping.signal),
  })
  const known = await watchKnown(options, {
    report,
    onNews: (news) => takeNews(news, queue, options),
  })
  let settling: Promise<void> | undefined
  // Where Redis is slow the next round waits for this one.
  const reconcile = () => {
    settling ??= settleSchedules(known, queue, options).finally(() => {
      settling = undefined
    })
    return settling
  }
  await reconcile()
  const timer = setInterval(
    () => void reconcile().catch(report),
    options.reconcileMs ?? intakeLimits.reconcileMs,
  )
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await known.stop()
      await worker.stop()
    },
  }
}

function createLook(options: PollWorkerOptions, queue: JobQueue, signal: AbortSignal) {
  const { sources, positions, clock, gate, poller } = options
  const running = new Set<string>()
  const wanted = new Set<string>()

  async function pollWhereDue(source: Source, job: Job): Promise<void> {
    const before = await positions.get(source.id)
    const waitMs = dueInMs(before, clock.now())
    if (waitMs > 0) return lookAgain(source, { waitMs, beatMs: before?.everyMs ?? 0 }, queue)
    const entry = await gate.enter(source.id, source.url)
    if (entry.kind === 'wait') return queue.add(onceJob(source.id), { delayMs: entry.ms })
    try {
      const { position } = await poller.poll(source, signal)
      const isOffBeat = job.data['once'] === 1 || position.everyMs !== before?.everyMs
      if (isOffBeat) await layAnew(source, position, queue)
    } finally {
      entry.leave()
    }
  }

  return async function look(job: Job): Promise<void> {
    const id = String(job.data['source'])
    // Before anything is awaited: the beat and the one-off job of a new source come together.
    if (running.has(id)) {
      if (job.data['once'] === 1) wanted.add(id)
      return
    }
    running.add(id)
    try {
      const source = await sources.get(id)
      if (!source || !isPolled(source)) return await queue.unschedule(job.key)
      await pollWhereDue(source, job)
    } finally {
      running.delete(id)
      // Its row may have changed since the look began.
      if (wanted.delete(id)) await queue.add(onceJob(id))
    }
  }
}

/** Nothing to do where the next beat comes in time. */
async function lookAgain(
  { id }: Source,
  { waitMs, beatMs }: { waitMs: number; beatMs: number },
  queue: JobQueue,
): Promise<void> {
  if (waitMs > beatMs * (1 - rhythmLimits.earlyShare) && waitMs <= beatMs) return
  await queue.add(onceJob(id), { delayMs: waitMs })
}

/** The first beat of a new schedule comes at once, and finds that nothing is due. */
async function layAnew(source: Source, position: Position, queue: JobQueue): Promise<void> {
  await queue.unschedule(toToken(source.id))
  await queue.schedule(jobOf(source.id), beatMsOf(source, position))
}

async function takeNews(
  news: Source | { readonly gone: string },
  queue: JobQueue,
  { positions }: PollWorkerOptions,
): Promise<void> {
  if ('gone' in news) return queue.unschedule(news.gone)
  if (!isPolled(news)) return queue.unschedule(toToken(news.id))
  await queue.schedule(jobOf(news.id), beatMsOf(news, await positions.get(news.id)))
  // A person who adds a source or mends its address wants to see it polled now.
  await queue.add(onceJob(news.id))
}

/**
 * Makes missing schedules again (Redis may have been emptied), removes those of no source, and
 * looks at sources whose beat is lost in time.
 */
async function settleSchedules(
  known: KnownSources,
  queue: JobQueue,
  { clock }: PollWorkerOptions,
): Promise<void> {
  const standing = await queue.schedules()
  const wanted = [...known.sources.values()].filter(isPolled)
  const keys = new Set(wanted.map(({ id }) => toToken(id)))
  const missing = wanted.filter(({ id }) => !standing.has(toToken(id)))
  for (let at = 0; at < missing.length; at += arrangedAtOnceMax) {
    await Promise.all(
      missing
        .slice(at, at + arrangedAtOnceMax)
        .map((source) =>
          queue.schedule(jobOf(source.id), beatMsOf(source, known.positions.get(source.id))),
        ),
    )
  }
  for (const key of standing) if (!keys.has(key)) await queue.unschedule(key)
  const now = clock.now()
  const late = wanted.filter(({ id }) => isOverdue(known.positions.get(id), now))
  await queue.addAll(late.map(({ id }) => onceJob(id)))
}

function beatMsOf(source: Source, position: Position | undefined): number {
  const failuresInRow = position?.failuresInRow ?? 0
  return position?.everyMs ?? restOf(source, { failuresInRow, isPushed: false }).ms
}

function isPolled({ kind, enabled }: Pick<Source, 'kind' | 'enabled'>): boolean {
  return kind !== 'drop' && enabled
}

function jobOf(id: string): Job {
  return { key: toToken(id), data: { source: id } }
}

function onceJob(id: string): Job {
  return { key: toToken(id), data: { source: id, once: 1 } }
}
