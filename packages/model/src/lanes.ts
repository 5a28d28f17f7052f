import { compareRevisions } from './item.js'
import { isGone, isSuccess, opened, withoutFlight, withoutOpen } from './lane-parts.js'
import { type RetrySchedule, retryAt, retrySchedule } from './retry-schedule.js'

/*
 * A lane is (endpoint, item). Only its newest version counts, at most one attempt is in flight, and
 * no attempt of an older version starts after one of a newer one. Everything here is pure: what
 * happens comes in as an event, what is to be done goes out as commands, time and chance are
 * arguments. A lane knows nothing of HTTP, jobs or streams.
 */

/** A lane that waits for its endpoint (pending, paused) for longer than this is given up. */
export const laneWaitMsMax = 30 * 24 * 60 * 60 * 1000

/** One item version's delivery to the lane's endpoint, as its plan names it. */
export interface LaneDelivery {
  /** The `webhook-id`. */
  readonly id: string
  readonly revision: string
  readonly sequence: number
  /** The version takes the item back. */
  readonly withdrawal: boolean
  /** The instant of the plan, ms since 1970. */
  readonly plannedAt: number
}

/** What still is to be sent. */
export interface OpenDelivery extends LaneDelivery {
  /** Attempts that have ended. */
  readonly attempts: number
  /** Start of the first attempt. */
  readonly firstAt?: number
  /** Not before this instant. */
  readonly nextAt?: number
}

export interface Flight {
  readonly of: OpenDelivery
  readonly attempt: number
  readonly startedAt: number
}

export interface Lane {
  /** The newest revision that was planned: nothing older ever becomes open again. */
  readonly newest: string
  readonly open?: OpenDelivery
  readonly flight?: Flight
  /** Versions that a newer plan took the place of, while that is not recorded yet. */
  readonly replaced: readonly LaneDelivery[]
  /** An attempt of any version was started, or may have been before a crash. */
  readonly received: boolean
  /** The endpoint has acknowledged a version of this item. */
  readonly knows: boolean
}

/** `open`: takes calls. `waits`: pending or paused. `closed`: disabled or deleted. */
export type LaneGate = 'open' | 'waits' | 'closed'

/** How an attempt ended. */
export type LaneAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs?: number }
  /** No answer: network, timeout, refusal. */
  | { readonly kind: 'failed' }
  /** We broke it off; what became of it is unknown. */
  | { readonly kind: 'aborted' }
  /** Nothing was sent: the endpoint does not ask for this kind of event, or the text is gone. */
  | { readonly kind: 'dropped' }

export type LaneEvent =
  /** `before`: sent in a lane that has ended; `knows`: acknowledged, where that differs. */
  | {
      readonly kind: 'planned'
      readonly delivery: LaneDelivery
      readonly before: boolean
      readonly knows?: boolean | undefined
    }
  /** A person wants no more waiting for the next try. */
  | { readonly kind: 'hurried' }
  /** The lane was made again from its facts. */
  | { readonly kind: 'resumed' }
  /** A slot is free, a job came due, or the endpoint changed. */
  | { readonly kind: 'look'; readonly gate: LaneGate }
  | { readonly kind: 'ended'; readonly delivery: string; readonly answer: LaneAnswer }

export type LaneResult = 'delivered' | 'retry' | 'failed' | 'superseded'

export type LaneCommand =
  | { readonly kind: 'start'; readonly delivery: LaneDelivery; readonly attempt: number }
  | { readonly kind: 'abort'; readonly delivery: string }
  /** Look as soon as there is a slot. */
  | { readonly kind: 'ready' }
  /** Look at this instant. */
  | { readonly kind: 'wake'; readonly delivery: OpenDelivery; readonly at: number }
  /** Nobody needs to look any more at what `wake` asked for. */
  | { readonly kind: 'forget'; readonly delivery: OpenDelivery }
  | {
      readonly kind: 'record'
      readonly delivery: LaneDelivery
      /** 0 where none was made. */
      readonly attempt: number
      readonly result: LaneResult
      readonly nextAt?: number
      /** Why, where no answer says it. */
      readonly reason?: string
    }
  /** The endpoint has said that it is gone. */
  | { readonly kind: 'disable' }

export interface LaneContext {
  /** Ms since 1970. */
  readonly now: number
  /** 0 to 1: where in its jitter a retry falls. */
  readonly chance: number
  readonly schedule?: RetrySchedule
}

export interface LaneDecision {
  readonly lane: Lane
  readonly commands: readonly LaneCommand[]
}

/** Whether nothing is left to do: the lane may be forgotten. */
export function isSettled(lane: Lane): boolean {
  return !lane.open && !lane.flight && lane.replaced.length === 0
}

/** What an event does to a lane. `lane` is undefined where none is kept: only a plan makes one. */
export function decide(
  lane: Lane | undefined,
  event: LaneEvent,
  context: LaneContext,
): LaneDecision | undefined {
  if (event.kind === 'planned') return planned(lane, event)
  if (!lane) return undefined
  switch (event.kind) {
    case 'resumed':
      return resumed(lane)
    case 'hurried':
      return hurried(lane)
    case 'look':
      return looked(lane, event.gate, context)
    case 'ended':
      return ended(lane, event.delivery, event.answer, context)
  }
}

function planned(
  lane: Lane | undefined,
  { delivery, before, knows = before }: LaneEvent & { readonly kind: 'planned' },
): LaneDecision {
  if (!lane) {
    const { revision: newest } = delivery
    const fresh = { newest, open: opened(delivery), replaced: [], received: before, knows }
    return { lane: fresh, commands: [{ kind: 'ready' }] }
  }
  if (compareRevisions(delivery.revision, lane.newest) <= 0) return { lane, commands: [] }
  const { open, flight } = lane
  const next: Lane = { ...lane, newest: delivery.revision, open: opened(delivery) }
  if (flight) {
    // The attempt in flight ends first: then its version is recorded and the new one gets its turn.
    const waiting = open && open.id !== flight.of.id ? [superseded(open)] : []
    const abort = delivery.withdrawal ? [{ kind: 'abort', delivery: flight.of.id } as const] : []
    return { lane: next, commands: [...waiting, ...abort] }
  }
  const cancelled: LaneCommand[] = open
    ? [superseded(open), { kind: 'forget', delivery: open }]
    : []
  return { lane: next, commands: [...cancelled, { kind: 'ready' }] }
}

function hurried(lane: Lane): LaneDecision {
  const { open } = lane
  if (lane.flight || open?.nextAt === undefined) return { lane, commands: [] }
  const { nextAt: _, ...next } = open
  const forget = { kind: 'forget', delivery: open } as const
  return { lane: { ...lane, open: next }, commands: [forget, { kind: 'ready' }] }
}

function resumed(lane: Lane): LaneDecision {
  const records = lane.replaced.map((delivery) => superseded({ ...delivery, attempts: 0 }))
  const { open } = lane
  const next: LaneCommand[] =
    open?.nextAt === undefined
      ? open
        ? [{ kind: 'ready' }]
        : []
      : [{ kind: 'wake', delivery: open, at: open.nextAt }]
  return { lane: { ...lane, replaced: [] }, commands: [...records, ...next] }
}

function looked(lane: Lane, gate: LaneGate, { now }: LaneContext): LaneDecision {
  const { open } = lane
  if (!open || lane.flight) return { lane, commands: [] }
  if (gate === 'closed') return closed(lane, open, 'failed', 'the webhook is disabled or deleted')
  if (open.withdrawal && !lane.received) {
    return closed(lane, open, 'superseded', 'withdrawn before anything was sent')
  }
  if (now - open.plannedAt > laneWaitMsMax) {
    return closed(lane, open, 'failed', 'the webhook took no calls for 30 days')
  }
  if (gate === 'waits') return { lane, commands: [] }
  if (open.nextAt !== undefined && now < open.nextAt) {
    return { lane, commands: [{ kind: 'wake', delivery: open, at: open.nextAt }] }
  }
  const attempt = open.attempts + 1
  const { newest, replaced, knows } = lane
  const flight = { of: open, attempt, startedAt: now }
  return {
    lane: { newest, replaced, received: true, knows, open, flight },
    commands: [{ kind: 'start', delivery: open, attempt }],
  }
}

function ended(
  lane: Lane,
  delivery: string,
  answer: LaneAnswer,
  context: LaneContext,
): LaneDecision {
  const { flight } = lane
  if (flight?.of.id !== delivery) return { lane, commands: [] }
  const isTaken = isSuccess(answer)
  const landed = withoutFlight(lane, isTaken)
  const { of, attempt } = flight
  if (isTaken) {
    const record = { kind: 'record', delivery: of, attempt, result: 'delivered' } as const
    return finished(landed, of, record)
  }
  const gone: LaneCommand[] = isGone(answer) ? [{ kind: 'disable' }] : []
  if (lane.open?.id !== of.id) {
    const record = { kind: 'record', delivery: of, attempt, result: 'superseded' } as const
    return withCommands(finished(landed, of, record), gone)
  }
  if (answer.kind === 'dropped') {
    const record = { kind: 'record', delivery: of, attempt: 0, result: 'superseded' } as const
    return finished(landed, of, record)
  }
  if (answer.kind === 'answered' && gone.length > 0) {
    const record = { kind: 'record', delivery: of, attempt, result: 'failed' } as const
    return withCommands(finished(landed, of, record), gone)
  }
  return failed(landed, flight, answer, context)
}

function failed(
  lane: Lane,
  { of, attempt, startedAt }: Flight,
  answer: LaneAnswer,
  { now, chance, schedule = retrySchedule }: LaneContext,
): LaneDecision {
  const firstAt = of.firstAt ?? startedAt
  const retryAfterMs = answer.kind === 'answered' ? (answer.retryAfterMs ?? 0) : 0
  const nextAt =
    answer.kind === 'aborted'
      ? now
      : retryAt({ schedule, attempts: attempt, firstAt, now, chance, retryAfterMs })
  if (nextAt === undefined) {
    return finished(lane, of, { kind: 'record', delivery: of, attempt, result: 'failed' })
  }
  const open: OpenDelivery = { ...of, attempts: attempt, firstAt, nextAt }
  return {
    lane: { ...lane, open },
    commands: [
      { kind: 'record', delivery: of, attempt, result: 'retry', nextAt },
      { kind: 'wake', delivery: open, at: nextAt },
    ],
  }
}

/** The attempt of `of` has its last word; a newer version that waited gets its turn. */
function finished(lane: Lane, of: OpenDelivery, record: LaneCommand): LaneDecision {
  const { open } = lane
  if (!open || open.id === of.id) return { lane: withoutOpen(lane), commands: [record] }
  return { lane, commands: [record, { kind: 'ready' }] }
}

function closed(
  lane: Lane,
  open: OpenDelivery,
  result: 'failed' | 'superseded',
  reason: string,
): LaneDecision {
  const rest = withoutOpen(lane)
  const record = { kind: 'record', delivery: open, attempt: open.attempts, result, reason } as const
  return { lane: rest, commands: [record] }
}

function superseded(delivery: OpenDelivery): LaneCommand {
  const reason = 'a newer version took its place'
  const { attempts: attempt } = delivery
  return { kind: 'record', delivery, attempt, result: 'superseded', reason }
}

function withCommands(decision: LaneDecision, more: readonly LaneCommand[]): LaneDecision {
  return { lane: decision.lane, commands: [...decision.commands, ...more] }
}
