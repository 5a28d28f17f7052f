import type { Bus, Subscription } from '@newswire/bus'
import { type Outbound, Problem, type Routes } from '@newswire/http'
import type { JobQueue, Jobs } from '@newswire/jobs'
import type { FeedSubscription } from '@newswire/model'
import type { Clock, Log, Metrics, RunningWorker, SecretBox, Worker } from '@newswire/runtime'
import type { OnPublicChange } from '@newswire/store'
import type { Renderings } from '../renderings.js'
import { type Contents, createContents } from './contents.js'
import { Deliverer } from './deliverer.js'
import { createDispatch, type Dispatch } from './dispatch.js'
import { createInFlight } from './in-flight.js'
import { isOwed, newLane } from './lane.js'
import { type HubLimits, hubLimits } from './limits.js'
import { type HubMeter, meterOf } from './meter.js'
import { reconcile } from './reconcile.js'
import { hubRoutes } from './routes.js'
import { openSubscriptions, type Subscriptions, untilCurrent } from './subscriptions.js'
import { Topics } from './topics.js'
import { Verifier } from './verifier.js'

const queueNames = { verifications: 'hub-verifications', deliveries: 'hub-deliveries' } as const

export interface HubOptions {
  readonly bus: Bus
  readonly jobs: Jobs
  readonly outbound: Outbound
  readonly secrets: SecretBox
  readonly renderings: Pick<Renderings, 'get'>
  /** Up to where TAGGED is in the read model that is rendered from. */
  readonly position: () => Promise<number>
  /** Where subscribers reach the house, without a slash at the end. */
  readonly publicUrl: string
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly limits?: Partial<HubLimits>
  /** 0 to 1, for the jitter of pauses. */
  readonly chance?: () => number
}

export interface Hub {
  readonly routes: Routes
  /** To be started behind the TAGGED projector of the process. */
  readonly workers: Worker[]
  /** Give to that projector, behind the renderings' own. */
  readonly onPublicChange: OnPublicChange
}

/** What the parts of a hub stand on. */
interface Ground extends HubOptions {
  readonly limits: HubLimits
  readonly subscriptions: Subscriptions
  readonly topics: Topics
  readonly contents: Contents
  readonly verifications: JobQueue
  readonly deliveries: JobQueue
  readonly dispatch: Dispatch
  readonly meter: HubMeter
}

/**
 * A WebSub hub for our own feeds (W3C REC-websub-20180123). Registers hold the facts; jobs only say
 * *look*, and any process may work them. Any number of processes may be told of one change.
 */
export async function createHub(options: HubOptions): Promise<Hub> {
  const { bus, jobs, clock, log } = options
  const limits = { ...hubLimits, ...options.limits }
  const subscriptions = await openSubscriptions(bus)
  const topics = new Topics()
  const verifications = jobs.queue(queueNames.verifications)
  const deliveries = jobs.queue(queueNames.deliveries)
  const laneOf = (key: string) => subscriptions.lanes.get(key)?.value
  const dispatch = createDispatch({ topics, laneOf, queue: deliveries, clock, log, limits })
  const ground: Ground = {
    ...options,
    ...{ limits, subscriptions, topics, verifications, deliveries, dispatch },
    contents: createContents({ ...options, topics }),
    meter: meterOf(options.metrics, topics, clock),
  }
  return {
    routes: hubRoutes({ ...ground, queue: verifications }),
    workers: [{ name: 'hub', start: () => startHub(ground) }],
    onPublicChange(change) {
      const paths = topics.touched(change)
      dispatch.changed(paths, change.item.status !== 'usable')
    },
  }
}

async function startHub(ground: Ground): Promise<RunningWorker> {
  const { jobs, topics, position, limits, log, meter, subscriptions, dispatch } = ground
  topics.begin(await position())
  const inFlight = createInFlight(limits, log)
  const { verifications, deliveries, chance = Math.random } = ground
  const asked = { ...ground, queue: verifications, inFlight, counted: meter.verifications }
  const sent = { ...ground, queue: deliveries, inFlight, chance, counted: meter.deliveries }
  const verifier = new Verifier(asked)
  const deliverer = new Deliverer(sent)
  let turn = Promise.resolve()
  const look = () => {
    turn = turn
      .then(() => reconcile(ground))
      .catch((error: unknown) => log.warn({ err: error }, 'hub not reconciled'))
  }
  const watches = await Promise.all([subscriptions.watchLanes(), watchSubscriptions(ground)])
  const workers = await Promise.all([
    jobs.work({
      queue: queueNames.verifications,
      concurrency: limits.verificationsAtOnceMax,
      handle: (job) => verifier.look(job),
    }),
    jobs.work({
      queue: queueNames.deliveries,
      concurrency: limits.deliveriesAtOnceMax,
      handle: (job) => deliverer.look(job),
    }),
  ])
  look()
  const timer = setInterval(look, limits.reconcileMs)
  return {
    async stop() {
      clearInterval(timer)
      await dispatch.stop()
      await Promise.all(watches.map((watch) => watch.stop()))
      await turn
      await Promise.all([...workers.map((worker) => worker.stop()), inFlight.stop()])
      await inFlight.stop()
    },
  }
}

/** Keeps the index; a subscription that came to hold is looked at, for what changed meanwhile. */
function watchSubscriptions(ground: Ground): Promise<Subscription> {
  const { subscriptions, topics, dispatch, log } = ground
  let isCurrent = false
  const report = (error: unknown) => log.warn({ err: error }, 'hub subscription not denied')
  function keep(key: string, row: FeedSubscription): void {
    const verifiedAt = topics.rows().get(key)?.active?.verifiedAt
    topics.put(key, row)
    if (!isCurrent || !row.active || row.active.verifiedAt === verifiedAt) return
    const lane = subscriptions.lanes.get(key)?.value ?? newLane
    if (!isOwed(lane, topics.lastOf(row.path).changedAt)) return
    // Gathered like any change: what came while it was asked may be the beginning of a burst.
    dispatch.changed(new Set([row.path]), false)
  }
  return untilCurrent((onCurrent) =>
    subscriptions.register.watch({
      onChange(change) {
        if (change.kind === 'delete') return topics.remove(change.key)
        const { key, value } = change.row
        try {
          keep(key, value)
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          deny(ground, key, value, error).catch(report)
        }
      },
      onCurrent() {
        isCurrent = true
        onCurrent()
      },
    }),
  )
}

/** A filter that is no longer one: the subscriber is told, and the subscription ends. */
async function deny(
  { subscriptions, verifications, clock }: Ground,
  key: string,
  { active, pending }: FeedSubscription,
  fault: Problem,
): Promise<void> {
  if (pending?.mode === 'denied') return verifications.add({ key, data: {} })
  const now = clock.now().toISOString()
  const topic = pending?.topic ?? active?.topic
  if (topic === undefined) return
  const reason = `The feed is not served any more. ${fault.message}`
  const told = { id: 'denied', mode: 'denied' as const, topic, reason, leaseSeconds: 1 }
  await subscriptions.change(
    key,
    (row) => row && { ...row, pending: { ...told, askedAt: now, dueAt: now, tries: 0 } },
  )
}
