import type { Subscription } from '@newswire/bus'
import type { Job, Jobs } from '@newswire/jobs'
import type { Source } from '@newswire/model'
import { toToken } from '@newswire/model'
import type { Clock, Log, Worker } from '@newswire/runtime'
import { intakeLimits } from '../limits.js'
import type { SourceRows } from '../sources/rows.js'
import type { Poller } from './poller.js'
import type { Positions } from './positions.js'
import { restMs } from './rhythm.js'

const queueName = 'polls'
/** A tick that comes this share of the rest too early still counts: timers are not exact. */
const earlyShare = 0.1

export interface PollWorkerOptions {
  readonly jobs: Jobs
  readonly sources: SourceRows
  readonly positions: Positions
  readonly poller: Poller
  readonly clock: Clock
  readonly log: Log
  readonly reconcileMs?: number
}

/**
 * Sources → polls. Each enabled source has a schedule whose ticks only say *look*: the handler
 * reads the row and the position again, and polls where it is due.
 */
export function createPollWorker(options: PollWorkerOptions): Worker {
  return { name: 'polls', start: () => startPolls(options) }
}

async function startPolls(options: PollWorkerOptions): Promise<{ stop(): Promise<void> }> {
  const { jobs, sources, log } = options
  const queue = jobs.queue(queueName)
  const stopping = new AbortController()
  const running = new Set<string>()
  const report = (error: unknown) => log.error({ err: error }, 'poll schedules not settled')

  async function arrange(source: Source): Promise<void> {
    const key = toToken(source.id)
    if (!isPolled(source)) return queue.unschedule(key)
    const position = await options.positions.get(source.id)
    await queue.schedule(jobOf(source.id), restMs(source, position?.failuresInRow ?? 0))
  }

  async function look(job: Job): Promise<void> {
    const id = String(job.data['source'])
    const source = await sources.get(id)
    if (!source || !isPolled(source)) return queue.unschedule(job.key)
    // Before anything is awaited: the tick and the one-off job of a new source come together.
    if (running.has(id)) return
    running.add(id)
    try {
      if (!(await isDue(source, options))) return
      const failuresBefore = (await options.positions.get(id))?.failuresInRow ?? 0
      const { position } = await options.poller.poll(source, stopping.signal)
      // Failing and recovering change the rhythm; else the schedule is right as it stands.
      if (position.failuresInRow !== failuresBefore) {
        await queue.schedule(job, restMs(source, position.failuresInRow))
      }
    } finally {
      running.delete(id)
    }
  }

  const reconcile = () => settleSchedules(options, arrange)
  const worker = await jobs.work({
    queue: queueName,
    concurrency: intakeLimits.pollsAtOnceMax,
    handle: look,
  })
  const watching = await watchSources(sources, { arrange, queue, report })
  await reconcile()
  const timer = setInterval(
    () => void reconcile().catch(report),
    options.reconcileMs ?? intakeLimits.reconcileMs,
  )
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await watching.stop()
      await worker.stop()
    },
  }
}

/** New, changed and deleted rows take effect at once, in the order in which they come. */
async function watchSources(
  sources: SourceRows,
  {
    arrange,
    queue,
    report,
  }: {
    arrange: (source: Source) => Promise<void>
    queue: ReturnType<Jobs['queue']>
    report: (error: unknown) => void
  },
): Promise<Subscription> {
  let turn = Promise.resolve()
  let isCurrent = false
  return sources.register.watch({
    onChange: (change) => {
      const isNews = isCurrent
      turn = turn
        .then(async () => {
          if (change.kind === 'delete') return queue.unschedule(change.key)
          await arrange(change.row.value)
          // A person who adds a source or mends its address wants to see it polled now.
          if (isNews && isPolled(change.row.value)) await queue.add(jobOf(change.row.value.id))
        })
        .catch(report)
    },
    onCurrent: () => {
      isCurrent = true
    },
  })
}

/** Makes missing schedules again (Redis may have been emptied) and removes those of no source. */
async function settleSchedules(
  { jobs, sources }: PollWorkerOptions,
  arrange: (source: Source) => Promise<void>,
): Promise<void> {
  const queue = jobs.queue(queueName)
  const [standing, rows] = await Promise.all([queue.schedules(), sources.all()])
  const wanted = rows.filter(isPolled)
  for (const source of wanted) {
    if (!standing.has(toToken(source.id))) await arrange(source)
  }
  const keys = new Set(wanted.map((source) => toToken(source.id)))
  for (const key of standing) {
    if (!keys.has(key)) await queue.unschedule(key)
  }
}

function isPolled(source: Source): boolean {
  return source.kind === 'rss' && source.enabled
}

async function isDue(source: Source, { positions, clock }: PollWorkerOptions): Promise<boolean> {
  const position = await positions.get(source.id)
  if (!position?.nextPollAt) return true
  const earlyMs = restMs(source, position.failuresInRow) * earlyShare
  return clock.now().getTime() >= Date.parse(position.nextPollAt) - earlyMs
}

function jobOf(id: string): Job {
  return { key: toToken(id), data: { source: id } }
}
