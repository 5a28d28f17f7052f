import type { Bus, GroupState, StreamState } from '@newswire/bus'
import type { QueueState } from '@newswire/jobs'
import type { FactName } from '@newswire/model'
import type { Counters } from '../figures/counters.js'
import type { Stage, StageName } from './shapes.js'

export interface StageFacts {
  readonly bus: Pick<Bus, 'storedAfter'>
  readonly counters: Counters
  readonly groups: readonly GroupState[]
  readonly streams: readonly StreamState[]
  readonly queues: readonly QueueState[]
  /** Up to where in TAGGED the read model of feeds is. */
  readonly taggedPosition: number
  readonly now: Date
}

/** What waits before a stage, and up to where in its stream nothing waits. */
interface Backlog {
  readonly backlog: number
  readonly done: number
  readonly fact: FactName
}

const reads: Readonly<Record<Exclude<StageName, 'intake' | 'feeds'>, FactName>> = {
  normalizer: 'item.raw',
  tagger: 'item.normalized',
  webhooks: 'item.tagged',
}

/** The stages in the order of the flow. */
export async function readStages(facts: StageFacts): Promise<Stage[]> {
  return [
    intake(facts),
    ...(await Promise.all([
      stageOf('normalizer', facts, groupBacklog('normalizer', facts)),
      stageOf('tagger', facts, groupBacklog('tagger', facts)),
      stageOf('feeds', facts, feedsBacklog(facts)),
      stageOf('webhooks', facts, groupBacklog('webhooks', facts)),
    ])),
  ]
}

/** Polls that are due wait before intake. */
function intake({ counters, queues, now }: StageFacts): Stage {
  const polls = queues.find(({ queue }) => queue === 'polls')
  return {
    stage: 'intake',
    ...figuresOf('intake', counters, now),
    backlog: polls?.waiting ?? 0,
    oldestWaitingSeconds: secondsSince(polls?.oldestAt, now),
  }
}

async function stageOf(
  stage: StageName,
  { bus, counters, now }: StageFacts,
  { backlog, done, fact }: Backlog,
): Promise<Stage> {
  const oldestAt = backlog > 0 ? await bus.storedAfter(fact, done) : undefined
  const oldestWaitingSeconds = secondsSince(oldestAt, now)
  return { stage, ...figuresOf(stage, counters, now), backlog, oldestWaitingSeconds }
}

/** Every shard reads all items: the one that is farthest behind tells how far the stage is. */
function groupBacklog(
  stage: 'normalizer' | 'tagger' | 'webhooks',
  { groups }: StageFacts,
): Backlog {
  const own = groups.filter(({ group }) => group === stage || group.startsWith(`${stage}-`))
  const waiting = own.filter(({ pending, inFlight }) => pending + inFlight > 0)
  return {
    backlog: Math.max(0, ...waiting.map(({ pending, inFlight }) => pending + inFlight)),
    done: Math.min(...waiting.map(({ acknowledged }) => acknowledged)),
    fact: reads[stage],
  }
}

function feedsBacklog({ streams, taggedPosition }: StageFacts): Backlog {
  const last = streams.find(({ stream }) => stream === 'TAGGED')?.lastSequence ?? 0
  const backlog = Math.max(0, last - taggedPosition)
  return { backlog, done: taggedPosition, fact: 'item.tagged' }
}

const countedAs: Readonly<Record<StageName, string>> = {
  intake: 'raw',
  normalizer: 'items',
  tagger: 'tagged',
  feeds: 'tagged',
  webhooks: 'delivered',
}

function figuresOf(stage: StageName, { tally, deliveries }: Counters, now: Date) {
  const counted = stage === 'webhooks' ? deliveries.tally : tally
  const { perMinute, previous } = counted.rates(countedAs[stage], now)
  const letters = tally.rates(`dead:${stage}`, now).perMinute
  const more = {
    intake: tally.rates('poll-failures', now).perMinute,
    webhooks: deliveries.tally.rates('failed', now).perMinute,
    ...{ normalizer: 0, tagger: 0, feeds: 0 },
  }[stage]
  return {
    itemsPerMinute: perMinute,
    previousPerMinute: previous,
    errorsPerMinute: letters + more,
    lastAt: counted.lastAt(countedAs[stage])?.toISOString() ?? null,
  }
}

export function secondsSince(at: Date | undefined, now: Date): number | null {
  if (at === undefined) return null
  return Math.max(0, Math.round((now.getTime() - at.getTime()) / 1_000))
}
