import type { Outbound } from '@newswire/http'
import type { Job, Jobs } from '@newswire/jobs'
import { type HubSubscription, toToken } from '@newswire/model'
import type { Clock, Log, RunningWorker, SecretBox, Worker } from '@newswire/runtime'
import { intakeLimits } from '../limits.js'
import { sentenceOf } from '../sentence.js'
import type { SourceRows } from '../sources/rows.js'
import { ended } from './hubs.js'
import { stepOf } from './subscription.js'
import {
  callbackIdOf,
  type Subscriptions,
  secretContext,
  subscriptionKey,
} from './subscriptions.js'

const queueName = 'subscriptions'

export interface SubscriberOptions {
  readonly jobs: Jobs
  readonly sources: SourceRows
  readonly subscriptions: Subscriptions
  readonly outbound: Outbound
  readonly secrets: SecretBox
  readonly clock: Clock
  readonly log: Log
  readonly publicUrl: string
  readonly userAgent: string
  readonly reconcileMs?: number
}

/**
 * Subscriptions → hubs. The rows are the facts; a job only says *look*: its handler reads the row
 * and its source again, and asks the hub where that is due. Jobs are made again from the rows.
 */
export function createSubscriber(options: SubscriberOptions): Worker {
  return { name: 'subscriptions', start: () => startSubscriber(options) }
}

async function startSubscriber(options: SubscriberOptions): Promise<RunningWorker> {
  const { jobs, sources, subscriptions, clock, log } = options
  const queue = jobs.queue(queueName)
  const rows = new Map<string, HubSubscription>()
  const keyOfSource = new Map<string, string>()
  let isCurrent = false
  const report = (error: unknown) => log.error({ err: error }, 'subscriptions not settled')
  let turn = Promise.resolve()
  const inTurn = (work: () => Promise<void>) => {
    turn = turn.then(work).catch(report)
  }

  /** Looks when the row says so; a job that waits for another time gives way. */
  async function arrange(row: HubSubscription, delayMs = delayOf(row, clock.now())): Promise<void> {
    const job = jobOf(row.source)
    await queue.remove(job.key)
    await queue.add(job, { delayMs })
  }

  async function look(job: Job): Promise<void> {
    const row = await settled(String(job.data['source']), options)
    if (row === undefined) return
    const step = stepOf(row, clock.now())
    if (step.kind === 'forget') return subscriptions.delete(row.source)
    if (step.kind === 'ask') return askHub(row, options)
    await queue.add(jobOf(row.source), { delayMs: step.ms })
  }

  async function reconcile(): Promise<void> {
    const standing = await queue.has([...rows.keys()])
    for (const [key, row] of rows) {
      // What is due has a job that waits for another time, or none.
      const isDue = stepOf(row, clock.now()).kind !== 'rest'
      if (isDue || !standing.has(key)) await arrange(row)
    }
  }

  const worker = await jobs.work({
    queue: queueName,
    concurrency: intakeLimits.hubLooksAtOnceMax,
    handle: look,
  })
  const watching = await subscriptions.register.watch({
    onChange: (change) => {
      if (change.kind === 'delete') {
        keyOfSource.delete(toToken(rows.get(change.key)?.source ?? ''))
        rows.delete(change.key)
        return inTurn(() => queue.remove(change.key))
      }
      const { key, value } = change.row
      rows.set(key, value)
      keyOfSource.set(toToken(value.source), key)
      // At the start each is looked at: its source may have gone while nobody watched.
      const delayMs = isCurrent ? delayOf(value, clock.now()) : 0
      inTurn(() => arrange(value, delayMs))
    },
    onCurrent: () => {
      isCurrent = true
    },
  })
  // A source that is deleted, disabled or enabled may change what is wished.
  const watchingSources = await sources.register.watch({
    onChange: (change) => {
      const token = change.kind === 'delete' ? change.key : change.row.key
      const row = rows.get(keyOfSource.get(token) ?? '')
      if (row) inTurn(() => arrange(row, 0))
    },
  })
  const timer = setInterval(
    () => inTurn(reconcile),
    options.reconcileMs ?? intakeLimits.reconcileMs,
  )
  return {
    async stop() {
      clearInterval(timer)
      await watchingSources.stop()
      await watching.stop()
      await turn
      await worker.stop()
    },
  }
}

/** The row, with the wish that its source leaves it. */
async function settled(
  id: string,
  { sources, subscriptions }: SubscriberOptions,
): Promise<HubSubscription | undefined> {
  const source = await sources.get(id)
  if (source?.enabled) return subscriptions.get(id)
  return subscriptions.change(id, (row) => row && ended(row))
}

/**
 * REC WebSub 5.1. The row first: a hub may confirm before it answers. The secret goes to a hub
 * without TLS too: whoever reads it there reads the callback as well, and could push without it.
 */
async function askHub(row: HubSubscription, options: SubscriberOptions): Promise<void> {
  const { subscriptions, outbound, secrets, clock, log, publicUrl, userAgent } = options
  const { source, hub, wish } = row
  await subscriptions.change(source, (standing) => standing && asked(standing, clock.now()))
  const form = new URLSearchParams({
    'hub.callback': `${publicUrl}/websub/${callbackIdOf(row)}`,
    'hub.mode': wish,
    'hub.topic': row.topic,
    'hub.lease_seconds': String(intakeLimits.leaseSecondsAsked),
    'hub.secret': secrets.open(row.secret, secretContext(source)),
  })
  const refusal = await outbound
    .request({
      url: hub,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': userAgent },
      body: form.toString(),
      timeoutMs: intakeLimits.hubTimeoutMs,
      answerBytesMax: intakeLimits.hubAnswerBytesMax,
      overflow: 'truncate',
      redirectsMax: intakeLimits.redirectsMax,
    })
    .then(({ status }) => (status >= 200 && status < 300 ? undefined : `It answers ${status}.`))
    .catch(sentenceOf)
  log.info({ source, mode: wish, refusal }, 'hub asked for a subscription')
  if (refusal === undefined) return
  const reason = `The hub did not take the request to ${wish}. ${refusal}`
  await subscriptions.change(source, (standing) => standing && { ...standing, reason })
}

function asked({ deniedAt: _denied, ...row }: HubSubscription, now: Date): HubSubscription {
  return { ...row, askedAt: now.toISOString(), tries: row.tries + 1 }
}

function delayOf(row: HubSubscription, now: Date): number {
  const step = stepOf(row, now)
  return step.kind === 'rest' ? step.ms : 0
}

function jobOf(source: string): Job {
  return { key: subscriptionKey(source), data: { source } }
}
