import { randomBytes } from 'node:crypto'
import { type Row, WrongSequenceError } from '@newswire/bus'
import { type Outbound, OutboundError, OutboundRefusedError } from '@newswire/http'
import type { Job, JobQueue } from '@newswire/jobs'
import type { FeedSubscription, HubActive, HubLane } from '@newswire/model'
import type { Clock, Counter, Log, SecretBox } from '@newswire/runtime'
import type { FeedAddress } from '../address.js'
import type { Contents, Found } from './contents.js'
import type { InFlight } from './in-flight.js'
import * as lanes from './lane.js'
import type { HubLimits } from './limits.js'
import { headersOf } from './message.js'
import { activeOf, type Subscriptions, secretContext } from './subscriptions.js'
import { addressOf } from './topic.js'
import type { Topics } from './topics.js'

export interface DelivererOptions {
  readonly subscriptions: Subscriptions
  readonly topics: Topics
  readonly contents: Contents
  readonly queue: JobQueue
  readonly outbound: Outbound
  readonly secrets: SecretBox
  readonly inFlight: InFlight
  readonly publicUrl: string
  readonly clock: Clock
  /** 0 to 1, for the jitter of pauses. */
  readonly chance: () => number
  readonly log: Log
  readonly limits: HubLimits
  /** By outcome. */
  readonly counted: Counter
}

type Outcome = 'delivered' | 'failed' | 'gone' | 'refused' | 'broken-off'

/** One delivery: to whom, and what. */
interface Delivery {
  readonly key: string
  readonly flight: string
  readonly row: FeedSubscription
  readonly active: HubActive
  readonly address: FeedAddress
  readonly found: Found
}

/** How long a claim outlives its attempt's time limit, for the answer to be written. */
const settleMs = 5_000

/** Sends topics to subscribers (REC WebSub 7), one attempt per subscription at a time. */
export class Deliverer {
  readonly #options: DelivererOptions

  constructor(options: DelivererOptions) {
    this.#options = options
  }

  /** Works a job: subscription, lane and feed say whether there is something to send. */
  async look({ key }: Job): Promise<void> {
    const { subscriptions, topics, contents, queue, clock, limits } = this.#options
    const row = topics.rows().get(key)
    const lane = subscriptions.lanes.get(key)
    const now = clock.now()
    const active = activeOf(row, now)
    if (row === undefined || active === undefined) return
    const again = (delayMs: number) => queue.add({ key, data: {} }, { delayMs })
    const position = await contents.position()
    const view = { now, seen: topics.seen, position, ...topics.lastOf(row.path) }
    const step = lanes.stepOf(lane?.value ?? lanes.newLane, view, limits.freshPauseMsMax)
    if (step.kind === 'rest' || step.kind === 'busy') return
    if (step.kind === 'wait') return again(step.ms)
    if (step.kind === 'behind') return again(limits.behindMs)
    const address = addressOf(row.path)
    const found = await contents.get(address)
    if (found === undefined) return again(limits.behindMs)
    const flight = randomBytes(9).toString('base64url')
    try {
      const isSent = await this.#claim(key, lane, found, flight)
      if (!isSent) return
    } catch (error) {
      // Another process looks at the same lane: what it leaves is decided anew.
      if (error instanceof WrongSequenceError) return again(0)
      throw error
    }
    await this.#options.inFlight.hold(this.#deliver({ key, flight, row, active, address, found }))
  }

  /** Writes what is about to be done, upon exactly what was read. False: nothing is to be sent. */
  async #claim(
    key: string,
    lane: Row<HubLane> | undefined,
    { content }: Found,
    id: string,
  ): Promise<boolean> {
    const { subscriptions, clock, limits } = this.#options
    const isSame = lane?.value.etag === content.etag
    const until = new Date(clock.now().getTime() + limits.deliverTimeoutMs + settleMs)
    const standing = lane?.value ?? lanes.newLane
    const next = isSame
      ? lanes.unchanged(standing, content)
      : lanes.started(standing, content, { id, until: until.toISOString() })
    await subscriptions.lanes.write(key, next, lane)
    return !isSame
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { topics, log, counted, queue, clock, limits } = this.#options
    const { key, row } = delivery
    const startedMs = performance.now()
    const outcome = await this.#send(delivery)
    counted.add(1, { outcome })
    const tookMs = Math.round(performance.now() - startedMs)
    log.info({ subscription: key, outcome, tookMs }, 'feed sent to a subscriber')
    if (outcome === 'gone') return this.#end(delivery)
    const lane = await this.#record(delivery, outcome)
    if (lane === undefined || outcome === 'broken-off') return
    const changes = topics.lastOf(row.path)
    if (!lanes.isOwed(lane, changes.changedAt)) return
    // Jobs that came while it was in flight have found it busy.
    const startsAt = lanes.startOf(lane, changes, limits.freshPauseMsMax)
    const delayMs = Math.max(0, startsAt - clock.now().getTime())
    await queue.add({ key, data: {} }, { delayMs })
  }

  async #send({ key, row, active, address, found }: Delivery): Promise<Outcome> {
    const { outbound, secrets, publicUrl, limits, inFlight, log } = this.#options
    const body = await found.rendering.plain()
    const secret =
      active.secret === undefined ? undefined : secrets.open(active.secret, secretContext(key))
    try {
      const { status } = await outbound.request({
        url: row.callback.split('#')[0] ?? '',
        method: 'POST',
        headers: headersOf({ address, publicUrl, body, secret }),
        body,
        timeoutMs: limits.deliverTimeoutMs,
        answerBytesMax: limits.deliverAnswerBytesMax,
        overflow: 'truncate',
        redirectsMax: 0,
        signal: inFlight.signal,
      })
      if (status === 410) return 'gone'
      return status >= 200 && status < 300 ? 'delivered' : 'failed'
    } catch (error) {
      if (inFlight.signal.aborted) return 'broken-off'
      log.debug({ err: error, subscription: key }, 'subscriber not reached')
      if (error instanceof OutboundRefusedError) return 'refused'
      if (error instanceof OutboundError) return 'failed'
      throw error
    }
  }

  /** The lane with what came of the attempt; undefined where it is not this attempt's any more. */
  async #record({ key, flight, found }: Delivery, outcome: Outcome): Promise<HubLane | undefined> {
    const { subscriptions, limits, clock, chance } = this.#options
    const how = { now: clock.now(), chance: chance() }
    return subscriptions.lanes.change(key, (lane) => {
      if (lane?.flight?.id !== flight) return undefined
      if (outcome === 'delivered') return lanes.delivered(lane, found.content)
      if (outcome === 'broken-off') return lanes.brokenOff(lane)
      return lanes.failed(lane, limits.retry, how)
    })
  }

  /** 410: nobody is there any more. What was asked for meanwhile stays. */
  async #end({ key, active }: Delivery): Promise<void> {
    const { subscriptions } = this.#options
    await subscriptions.change(key, (row) => {
      if (row?.active?.verifiedAt !== active.verifiedAt) return undefined
      const { active: _ended, ...rest } = row
      return rest
    })
  }
}
