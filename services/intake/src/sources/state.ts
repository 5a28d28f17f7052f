import type { HubSubscription, Source } from '@newswire/model'
import { rhythmLimits } from '../limits.js'
import type { Position } from '../poll/position.js'
import { isActive, leaseEnd } from '../websub/subscription.js'

export interface SourceState {
  readonly state: 'waiting' | 'ok' | 'failing' | 'silent' | 'disabled' | 'gone'
  /** A sentence for a person. */
  readonly reason: string
}

/** How a source is, and why. */
export function stateOf(source: Source, position: Position | undefined, now: Date): SourceState {
  if (source.goneAt !== undefined) {
    return {
      state: 'gone',
      reason: `The source answered 410 at ${source.goneAt}: it is gone for good. Give it another address, or enable it to try again.`,
    }
  }
  if (!source.enabled) return { state: 'disabled', reason: 'Somebody has disabled it.' }
  if (source.kind === 'drop') {
    return { state: 'ok', reason: `Files in the subfolder ${folderOf(source)} are taken.` }
  }
  if (!position?.lastPollAt) return { state: 'waiting', reason: 'It was not polled yet.' }
  if (position.failuresInRow > 0) {
    return { state: 'failing', reason: position.lastError ?? 'The last poll failed.' }
  }
  return silenceOf(position, now) ?? { state: 'ok', reason: position.lastNote ?? 'It answers.' }
}

/** A feed may answer for months and bring nothing: nobody would know that it died. */
function silenceOf({ newestAt, gapMs }: Position, now: Date): SourceState | undefined {
  if (newestAt === undefined || gapMs === undefined) return undefined
  const { silentAfterMs, silentGapsMin } = rhythmLimits
  const ageMs = now.getTime() - Date.parse(newestAt)
  if (ageMs <= Math.max(silentAfterMs, gapMs * silentGapsMin)) return undefined
  return {
    state: 'silent',
    reason: `It answers, but its newest entry is ${sayTime(ageMs)} old, where one came every ${sayTime(gapMs)} before. Look whether its address still is the right one.`,
  }
}

/** What is known of a hub, or undefined where the feed advertises none. */
export function hubStateOf(
  source: Source,
  { position, subscription, now, isReachable }: HubFacts,
): HubState | undefined {
  if (subscription === undefined) {
    if (position?.hub) {
      const { url, topic } = position.hub
      const reason = isReachable
        ? 'It will be subscribed to after the next reading of the feed.'
        : 'Set PUBLIC_URL to have it push: a hub must reach us.'
      return { url, topic, state: 'advertised', reason }
    }
    const isMissing = source.kind === 'websub' && position?.lastReadAt !== undefined
    return isMissing
      ? { state: 'missing', reason: 'The feed advertises no hub with a self link: it is polled.' }
      : undefined
  }
  const { hub: url, topic, reason, lastPushAt } = subscription
  const until = leaseEnd(subscription)
  return {
    url,
    topic,
    state: stateOfSubscription(subscription, now),
    ...(reason === undefined ? {} : { reason }),
    ...(until === 0 ? {} : { until: new Date(until).toISOString() }),
    ...(lastPushAt === undefined ? {} : { lastPushAt }),
  }
}

export interface HubFacts {
  readonly position: Position | undefined
  readonly subscription: HubSubscription | undefined
  readonly now: Date
  /** Whether hubs know where to find us. */
  readonly isReachable: boolean
}

export interface HubState {
  readonly url?: string
  readonly topic?: string
  readonly state: 'missing' | 'advertised' | 'asked' | 'subscribed' | 'denied' | 'ending'
  readonly reason?: string
  /** End of the lease; it is renewed before. */
  readonly until?: string
  readonly lastPushAt?: string
}

function stateOfSubscription(row: HubSubscription, now: Date): HubState['state'] {
  if (row.wish === 'unsubscribe') return 'ending'
  if (row.deniedAt !== undefined) return 'denied'
  return isActive(row, now) ? 'subscribed' : 'asked'
}

/** `drop:<name>` → `<name>`. */
function folderOf({ url }: Pick<Source, 'url'>): string {
  return url.replace(/^drop:/, '')
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/** The largest unit of which there are two: `90 minutes`, `3 days`. */
function sayTime(ms: number): string {
  for (const [name, unit] of units) {
    const count = Math.round(ms / unit)
    if (count >= 2) return `${count} ${name}s`
  }
  return 'a second'
}
