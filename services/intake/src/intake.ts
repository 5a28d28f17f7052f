import type { Bus } from '@newswire/bus'
import type { Outbound, Routes } from '@newswire/http'
import type { Jobs } from '@newswire/jobs'
import type { Source } from '@newswire/model'
import type { Clock, Log, Metrics, RunningWorker, Worker } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import { createDropWorker } from './drop/drop-worker.js'
import { createPoller } from './poll/poller.js'
import { openPositions } from './poll/positions.js'
import { createPollWorker } from './poll/schedules.js'
import { pushRoutes } from './push/routes.js'
import { seedSources } from './sources/default-sources.js'
import { sourceRoutes } from './sources/routes.js'
import { openSources } from './sources/rows.js'

export interface IntakeOptions {
  readonly bus: Bus
  readonly jobs: Jobs
  readonly outbound: Outbound
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Sources that are made where they never stood: `defaultSources`, or none. */
  readonly sources: readonly Source[]
  /** Folder that is watched for dropped files; made where it is missing. Absent: none. */
  readonly dropDir?: string
  /** How sources see us; should say how to reach whoever runs this. */
  readonly userAgent?: string
  /** How often lost schedules are made again. */
  readonly reconcileMs?: number
}

const defaultUserAgent = 'Newswire/0.1 (feed reader)'

/** The world → item.raw, through polls and the drop folder; pushes come in by `intakeRoutes`. */
export function createIntake(options: IntakeOptions): Worker {
  return {
    name: 'intake',
    async start(life) {
      const { bus, dropDir } = options
      const [sources, positions] = await Promise.all([openSources(bus), openPositions(bus)])
      await seedSources({ sources, positions }, options.sources)
      const { userAgent = defaultUserAgent } = options
      const poller = createPoller({ ...options, sources, positions, userAgent })
      const workers = [createPollWorker({ ...options, sources, positions, poller })]
      if (dropDir !== undefined) workers.push(createDropWorker({ ...options, folder: dropDir }))
      const running: RunningWorker[] = []
      for (const worker of workers) running.push(await worker.start(life))
      return {
        async stop() {
          for (const worker of running.toReversed()) await worker.stop()
        },
      }
    },
  }
}

export interface IntakeRoutesOptions {
  readonly bus: Bus
  readonly store: Store
  readonly outbound: Outbound
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly userAgent?: string
  /** Chance as an argument: ids of pushes that bring no Idempotency-Key. */
  readonly newId?: () => string
}

/** `/api/v1/items` (POST), `/api/v1/receipts` and `/api/v1/sources`. */
export function intakeRoutes(options: IntakeRoutesOptions): Routes {
  return async (server) => {
    const { bus } = options
    const [sources, positions] = await Promise.all([openSources(bus), openPositions(bus)])
    const { userAgent = defaultUserAgent } = options
    const poller = createPoller({ ...options, sources, positions, userAgent })
    await pushRoutes(options)(server)
    await sourceRoutes({ ...options, sources, positions, poller })(server)
  }
}
