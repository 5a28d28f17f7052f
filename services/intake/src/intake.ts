import type { Bus } from '@newswire/bus'
import type { Outbound, Routes } from '@newswire/http'
import type { Jobs } from '@newswire/jobs'
import type { Source } from '@newswire/model'
import type { Clock, Log, Metrics, RunningWorker, SecretBox, Worker } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import { createDropWorker } from './drop/drop-worker.js'
import { type HostGate, openHostGate } from './poll/host-gate.js'
import { createPoller, type Poller, type PollerOptions } from './poll/poller.js'
import { openPositions, type Positions } from './poll/positions.js'
import { createPollWorker } from './poll/schedules.js'
import { pushRoutes } from './push/routes.js'
import { seedSources } from './sources/default-sources.js'
import { sourceRoutes } from './sources/routes.js'
import { openSources, type SourceRows } from './sources/rows.js'
import { createHubs } from './websub/hubs.js'
import { webSubRoutes } from './websub/routes.js'
import { createSubscriber } from './websub/subscriber.js'
import { openSubscriptions, type Subscriptions } from './websub/subscriptions.js'

export interface IntakeOptions {
  readonly bus: Bus
  readonly jobs: Jobs
  readonly outbound: Outbound
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Seals the keys of sources and the secrets of hubs. */
  readonly secrets: SecretBox
  /**
   * Where hubs reach `intakeRoutes`, without a slash at the end. Absent: no hub is asked to push.
   */
  readonly publicUrl?: string
  /** Sources that are made where they never stood: `defaultSources`, or none. */
  readonly sources: readonly Source[]
  /** Folder that is watched for dropped files; made where it is missing. Absent: none. */
  readonly dropDir?: string
  /** How sources see us; should say how to reach whoever runs this. */
  readonly userAgent?: string
  /** Between two requests to one host; default: two seconds, or nearly none to this machine. */
  readonly hostGapMs?: number
  /** How often lost schedules are made again. */
  readonly reconcileMs?: number
}

const defaultUserAgent = 'Newswire/0.1 (feed reader)'

/** The world → item.raw, through polls and the drop folder; pushes come in by `intakeRoutes`. */
export function createIntake(options: IntakeOptions): Worker {
  return {
    name: 'intake',
    async start(life) {
      const { dropDir, publicUrl, userAgent = defaultUserAgent } = options
      const ground = await openGround({ ...options, userAgent })
      await seedSources(ground, options.sources)
      const workers = [createPollWorker({ ...options, ...ground })]
      if (publicUrl !== undefined) {
        workers.push(createSubscriber({ ...options, ...ground, publicUrl, userAgent }))
      }
      if (dropDir !== undefined) {
        workers.push(createDropWorker({ ...options, sources: ground.sources, folder: dropDir }))
      }
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

interface Ground {
  readonly sources: SourceRows
  readonly positions: Positions
  readonly subscriptions: Subscriptions
  readonly gate: HostGate
  readonly poller: Poller
}

type GroundOptions = Omit<PollerOptions, 'sources' | 'positions' | 'hubs' | 'gate'> & {
  readonly publicUrl?: string
  readonly hostGapMs?: number
}

/** The rows that intake works on, and what polls them. */
async function openGround(options: GroundOptions): Promise<Ground> {
  const { bus, clock, hostGapMs: gapMs } = options
  const [sources, positions, subscriptions, gate] = await Promise.all([
    openSources(bus),
    openPositions(bus),
    openSubscriptions(bus),
    openHostGate({ bus, clock, ...(gapMs === undefined ? {} : { gapMs }) }),
  ])
  const hubs = createHubs({ ...options, subscriptions })
  const poller = createPoller({ ...options, sources, positions, hubs, gate })
  return { sources, positions, subscriptions, gate, poller }
}

export interface IntakeRoutesOptions {
  readonly bus: Bus
  readonly store: Store
  readonly outbound: Outbound
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly secrets: SecretBox
  readonly publicUrl?: string
  readonly userAgent?: string
  /** Chance as an argument: ids of pushes that bring no Idempotency-Key. */
  readonly newId?: () => string
}

/** `/api/v1/items` (POST), `/api/v1/receipts`, `/api/v1/sources` and `/websub`. */
export function intakeRoutes(options: IntakeRoutesOptions): Routes {
  return async (server) => {
    const { userAgent = defaultUserAgent } = options
    const ground = await openGround({ ...options, userAgent })
    await pushRoutes(options)(server)
    await sourceRoutes({ ...options, ...ground })(server)
    await webSubRoutes({ ...options, ...ground })(server)
  }
}
