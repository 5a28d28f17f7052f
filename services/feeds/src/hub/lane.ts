import { type HubLane, type RetrySchedule, retryAt } from '@newswire/model'

/** What one process knows when it looks at a lane. Sequences are those of stream TAGGED. */
export interface View {
  readonly now: Date
  /** Up to where this process was told of changes: what it renders is not older. */
  readonly seen: number
  /** Up to where the read model is, that all processes render from. */
  readonly position: number
  /** The last change that touched the topic, and the last withdrawal among them. */
  readonly changedAt: number
  readonly withdrawnAt: number
}

type Changes = Pick<View, 'changedAt' | 'withdrawnAt'>

export type Step =
  /** The subscriber has everything. */
  | { readonly kind: 'rest' }
  /** An attempt is in flight; its end looks again. */
  | { readonly kind: 'busy' }
  /** What was sent is newer than what this process would render. */
  | { readonly kind: 'behind' }
  | { readonly kind: 'wait'; readonly ms: number }
  /** Render, and send what differs from what the subscriber has. */
  | { readonly kind: 'send' }

/** A rendering: all changes up to `complete` are in it, and none after `newest`. */
export interface Content {
  readonly etag: string
  readonly complete: number
  readonly newest: number
}

/** A subscriber that has this content. */
export function laneWith({ etag, complete, newest }: Content): HubLane {
  return { etag, complete, newest, tried: complete, failures: 0 }
}

/** A subscriber of whom nothing is known. */
export const newLane: HubLane = laneWith({ etag: '', complete: 0, newest: 0 })

export function stepOf(lane: HubLane, view: View, freshPauseMsMax: number): Step {
  const at = view.now.getTime()
  if (isInFlight(lane, view.now)) return { kind: 'busy' }
  if (!isOwed(lane, view.changedAt)) return { kind: 'rest' }
  if (Math.min(view.seen, view.position) < lane.newest) return { kind: 'behind' }
  const waitMs = startOf(lane, view, freshPauseMsMax) - at
  return waitMs > 0 ? { kind: 'wait', ms: waitMs } : { kind: 'send' }
}

/**
 * When the next attempt may start, in milliseconds since 1970. A withdrawal waits for no pause,
 * once; other news for a short one.
 */
export function startOf(lane: HubLane, changes: Changes, freshPauseMsMax: number): number {
  const { dueAt, failedAt, tried } = lane
  if (dueAt === undefined || changes.withdrawnAt > tried) return 0
  const due = Date.parse(dueAt)
  if (changes.changedAt <= tried || failedAt === undefined) return due
  return Math.min(due, Date.parse(failedAt) + freshPauseMsMax)
}

export function isInFlight({ flight }: HubLane, now: Date): boolean {
  return flight !== undefined && now.getTime() < Date.parse(flight.until)
}

/** Whether there may be something that the subscriber does not have. */
export function isOwed({ complete, etag }: HubLane, changedAt: number): boolean {
  return complete < changedAt || etag === ''
}

/** What the subscriber has is rendered again, byte by byte. */
export function unchanged(lane: HubLane, { complete }: Content): HubLane {
  return { ...lane, complete }
}

/** From here on nobody knows what the subscriber has, until an answer comes. */
export function started(
  lane: HubLane,
  { newest, complete }: Content,
  flight: { readonly id: string; readonly until: string },
): HubLane {
  return { ...lane, etag: '', newest: Math.max(lane.newest, newest), tried: complete, flight }
}

export function delivered(lane: HubLane, { etag, complete }: Content): HubLane {
  return { etag, complete, newest: lane.newest, tried: complete, failures: 0 }
}

/** Broken off by us: it says nothing of the subscriber. */
export function brokenOff({ flight: _over, ...lane }: HubLane): HubLane {
  return lane
}

export function failed(
  { flight: _over, ...lane }: HubLane,
  schedule: RetrySchedule,
  { now, chance }: { readonly now: Date; readonly chance: number },
): HubLane {
  const failures = lane.failures + 1
  const firstFailedAt = lane.firstFailedAt ?? now.toISOString()
  const firstAt = Date.parse(firstFailedAt)
  const at = { now: now.getTime(), firstAt, attempts: failures, chance, retryAfterMs: 0 }
  const next = retryAt({ schedule, ...at }) ?? at.now + schedule.thenEveryMs
  const dueAt = new Date(next).toISOString()
  return { ...lane, failures, firstFailedAt, failedAt: now.toISOString(), dueAt }
}
