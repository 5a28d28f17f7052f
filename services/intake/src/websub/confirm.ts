import type { HubSubscription } from '@newswire/model'
import { intakeLimits } from '../limits.js'
import { isAwaited } from './subscription.js'

/** What a hub asks at a callback (REC WebSub 5.2, 5.3), read from the query. */
export interface HubQuestion {
  readonly mode: string
  readonly topic: string
  readonly challenge: string | undefined
  readonly leaseSeconds: number | undefined
  readonly reason: string | undefined
}

export type HubAnswer =
  | { readonly kind: 'confirm'; readonly challenge: string; readonly row: HubSubscription }
  | { readonly kind: 'ended'; readonly challenge: string }
  | { readonly kind: 'denied'; readonly row: HubSubscription }
  /** Nobody asked for this. */
  | { readonly kind: 'refuse' }

const reasonCharsMax = 300

export function readQuestion(query: unknown): HubQuestion {
  const fields: Readonly<Record<string, unknown>> =
    typeof query === 'object' && query !== null ? Object.fromEntries(Object.entries(query)) : {}
  const text = (name: string) => {
    const value = fields[name]
    return typeof value === 'string' ? value : undefined
  }
  const lease = text('hub.lease_seconds') ?? ''
  return {
    mode: text('hub.mode') ?? '',
    topic: text('hub.topic') ?? '',
    challenge: text('hub.challenge'),
    leaseSeconds: /^\d{1,10}$/.test(lease) ? Number(lease) : undefined,
    reason: text('hub.reason')?.slice(0, reasonCharsMax),
  }
}

/** Answers only what we have asked for ourselves: this topic, this mode, not long ago. */
export function answerTo(row: HubSubscription, question: HubQuestion, now: Date): HubAnswer {
  const { mode, topic, challenge, reason } = question
  if (mode === 'denied') {
    if (topic !== row.topic) return { kind: 'refuse' }
    const said = reason ? `The hub denies the subscription: ${reason}` : 'The hub denies it.'
    return { kind: 'denied', row: { ...row, deniedAt: now.toISOString(), reason: said } }
  }
  const isFit = challenge !== undefined && challenge.length <= intakeLimits.challengeCharsMax
  if (!isFit || !isAwaited(row, mode, topic, now)) return { kind: 'refuse' }
  if (mode === 'unsubscribe') return { kind: 'ended', challenge }
  const { deniedAt: _denied, reason: _reason, ...kept } = row
  const leaseSeconds = boundedLease(question.leaseSeconds)
  const verified = { ...kept, verifiedAt: now.toISOString(), leaseSeconds, tries: 0 }
  return { kind: 'confirm', challenge, row: verified }
}

/** A hub that names no lease has the one that was asked for. */
function boundedLease(seconds: number = intakeLimits.leaseSecondsAsked): number {
  const { leaseSecondsMin, leaseSecondsMax } = intakeLimits
  return Math.min(leaseSecondsMax, Math.max(leaseSecondsMin, seconds))
}
