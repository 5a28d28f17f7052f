import { randomBytes } from 'node:crypto'
import { type Outbound, OutboundError, OutboundRefusedError, Problem } from '@newswire/http'
import type { Job, JobQueue } from '@newswire/jobs'
import type { FeedSubscription, HubPending } from '@newswire/model'
import type { Clock, Counter, Log } from '@newswire/runtime'
import { askAt } from './callback.js'
import type { Contents } from './contents.js'
import type { InFlight } from './in-flight.js'
import { type Content, laneWith } from './lane.js'
import type { HubLimits } from './limits.js'
import { userAgent } from './message.js'
import { activeOf, type Subscriptions } from './subscriptions.js'
import { addressOf } from './topic.js'
import type { Topics } from './topics.js'

/** 256 bits: nobody can echo a challenge that was not sent to them. */
const challengeBytes = 32

export interface VerifierOptions {
  readonly subscriptions: Subscriptions
  readonly topics: Topics
  readonly contents: Contents
  readonly queue: JobQueue
  readonly outbound: Outbound
  readonly inFlight: InFlight
  readonly clock: Clock
  readonly log: Log
  readonly limits: HubLimits
  /** By mode and result. */
  readonly counted: Counter
}

type Answer = 'confirmed' | 'refused' | 'unreached' | 'broken-off'

/** What was asked of a subscriber, and whether it was meant. */
interface Asked {
  readonly pending: HubPending
  readonly askedAt: Date
  /** Of a `subscribe`: what the feed held before. */
  readonly has: Content | undefined
  readonly isMeant: boolean
}

/** Asks subscribers whether they mean what was asked for, and tells whom we deny (REC 5.2, 5.3). */
export class Verifier {
  readonly #options: VerifierOptions

  constructor(options: VerifierOptions) {
    this.#options = options
  }

  /** Works a job: the row says whether there is something to ask, and when. */
  async look({ key }: Job): Promise<void> {
    const { subscriptions, queue, clock, inFlight } = this.#options
    const row = await subscriptions.register.get(key)
    const pending = row?.value.pending
    if (row === undefined || pending === undefined) return
    const waitMs = Date.parse(pending.dueAt) - clock.now().getTime()
    if (waitMs > 0) return queue.add({ key, data: {} }, { delayMs: waitMs })
    const denial = this.#denialOf(row.value, pending)
    const claimed = this.#claimed(denial === undefined ? pending : asDenied(pending, denial))
    // Whoever else looks finds it claimed; a lost race looks again behind this run.
    let isOurs = false
    await subscriptions.change(key, (standing) => {
      isOurs = standing?.pending?.id === pending.id && standing.pending.dueAt === pending.dueAt
      return isOurs && standing ? { ...standing, pending: claimed } : undefined
    })
    if (isOurs) await inFlight.hold(this.#settle(key, row.value, claimed))
  }

  /** Until then no other process asks; where this one dies, another asks after that. */
  #claimed(pending: HubPending): HubPending {
    const { verifyTimeoutMs, verifyPausesMs } = this.#options.limits
    const pauseMs = verifyTimeoutMs + (verifyPausesMs[pending.tries] ?? 0)
    const dueAt = new Date(this.#options.clock.now().getTime() + pauseMs).toISOString()
    return { ...pending, tries: pending.tries + 1, dueAt }
  }

  #denialOf(row: FeedSubscription, { mode, reason }: HubPending): string | undefined {
    const { topics, limits, clock } = this.#options
    if (mode === 'denied') return reason
    const fault = topicFault(row.path)
    if (fault !== undefined) return fault
    const isMore = mode === 'subscribe' && !activeOf(row, clock.now())
    if (!isMore || topics.onHost(row.callback) <= limits.subscriptionsPerHostMax) return undefined
    return `No more than ${limits.subscriptionsPerHostMax} subscriptions are taken per host.`
  }

  async #settle(key: string, row: FeedSubscription, pending: HubPending): Promise<void> {
    const { log, counted, limits, clock } = this.#options
    const { mode, tries } = pending
    // What the subscriber is taken to have: all that changes while it is asked is sent to it.
    const has = mode === 'subscribe' ? await this.#contentOf(row.path) : undefined
    // REC 5.3: a lease is measured from here.
    const askedAt = clock.now()
    const answer = await this.#ask(row.callback, pending)
    counted.add(1, { mode, result: answer })
    log.info({ subscription: key, mode, answer }, 'hub asked a subscriber')
    if (answer === 'broken-off') return
    const pauseMs = limits.verifyPausesMs[tries - 1]
    if (answer === 'unreached' && pauseMs !== undefined) return this.#again(key, pending, pauseMs)
    await this.#conclude(key, { pending, askedAt, has, isMeant: answer === 'confirmed' })
  }

  async #again(key: string, pending: HubPending, pauseMs: number): Promise<void> {
    const { subscriptions, queue, clock } = this.#options
    const dueAt = new Date(clock.now().getTime() + pauseMs).toISOString()
    await subscriptions.change(key, (row) =>
      row?.pending?.id === pending.id ? { ...row, pending: { ...pending, dueAt } } : undefined,
    )
    await queue.add({ key, data: {} }, { delayMs: pauseMs })
  }

  async #conclude(key: string, asked: Asked): Promise<void> {
    const { subscriptions } = this.#options
    const { pending, askedAt, has, isMeant } = asked
    const standing = await subscriptions.get(key)
    if (isMeant && has && !activeOf(standing, askedAt)) {
      await subscriptions.lanes.change(key, (lane) => ({
        ...laneWith({ ...has, newest: Math.max(has.newest, lane?.newest ?? 0) }),
        ...(lane?.flight ? { flight: lane.flight } : {}),
      }))
    }
    await subscriptions.change(key, (row) => {
      // A newer request has taken its place, and is asked for itself.
      if (row?.pending?.id !== pending.id) return undefined
      return concluded(row, asked)
    })
  }

  async #contentOf(path: string): Promise<Content> {
    const found = await this.#options.contents.get(addressOf(path))
    // A read model that is being made again shows too little: it is no ground to start from.
    return found === undefined ? { etag: '', complete: 0, newest: 0 } : found.content
  }

  /** Redirects are no confirmation, nor is anything but exactly the challenge (REC 5.3.1). */
  async #ask(callback: string, pending: HubPending): Promise<Answer> {
    const { outbound, limits, inFlight, log } = this.#options
    const challenge = randomBytes(challengeBytes).toString('base64url')
    try {
      const { status, body } = await outbound.request({
        url: askAt(callback, fieldsOf(pending, challenge)),
        method: 'GET',
        headers: { 'user-agent': userAgent, accept: 'text/plain, */*' },
        timeoutMs: limits.verifyTimeoutMs,
        answerBytesMax: limits.verifyAnswerBytesMax,
        overflow: 'truncate',
        redirectsMax: 0,
        signal: inFlight.signal,
      })
      if (pending.mode === 'denied') return 'confirmed'
      const isEcho = Buffer.from(body).equals(Buffer.from(challenge))
      return status >= 200 && status < 300 && isEcho ? 'confirmed' : 'refused'
    } catch (error) {
      if (inFlight.signal.aborted) return 'broken-off'
      log.debug({ err: error }, 'subscriber not reached')
      if (error instanceof OutboundRefusedError) return 'refused'
      if (error instanceof OutboundError) return 'unreached'
      throw error
    }
  }
}

function asDenied(pending: HubPending, reason: string): HubPending {
  return { ...pending, mode: 'denied', reason }
}

function fieldsOf(pending: HubPending, challenge: string): Record<string, string> {
  const { mode, topic, leaseSeconds, reason } = pending
  const fields = { 'hub.mode': mode, 'hub.topic': topic }
  if (mode === 'denied') return { ...fields, 'hub.reason': reason ?? '' }
  const lease = mode === 'subscribe' ? { 'hub.lease_seconds': String(leaseSeconds) } : {}
  return { ...fields, 'hub.challenge': challenge, ...lease }
}

/** What does not come to be confirmed leaves the subscription as it was (REC 5.1). */
function concluded(row: FeedSubscription, { pending, askedAt, isMeant }: Asked): FeedSubscription {
  const { pending: _settled, active, ...rest } = row
  const { mode, topic, secret, leaseSeconds } = pending
  if (mode === 'denied' || (mode === 'unsubscribe' && isMeant)) return rest
  if (!isMeant) return active ? { ...rest, active } : rest
  const verifiedAt = askedAt.toISOString()
  const until = new Date(askedAt.getTime() + leaseSeconds * 1_000).toISOString()
  const given = secret === undefined ? {} : { secret }
  return { ...rest, active: { topic, ...given, verifiedAt, leaseSeconds, until } }
}

function topicFault(path: string): string | undefined {
  try {
    addressOf(path)
    return undefined
  } catch (error) {
    if (error instanceof Problem) return `The feed is not served any more. ${error.message}`
    throw error
  }
}
