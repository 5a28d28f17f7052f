import { type RetrySchedule, retrySchedule } from '@newswire/model'

const secondMs = 1_000
const minuteMs = 60 * secondMs
const daySeconds = 24 * 60 * 60

/** Every limit of the hub, by name. */
export interface HubLimits {
  /** Subscriptions, those that wait for their verification among them. */
  readonly subscriptionsMax: number
  /** Subscriptions whose callbacks have the same host and port. */
  readonly subscriptionsPerHostMax: number
  /** A form that asks for something. */
  readonly formBytesMax: number
  readonly callbackCharsMax: number
  readonly topicCharsMax: number
  /** REC WebSub 5.1: a secret is shorter than 200 bytes. */
  readonly secretBytesMax: number
  /** Where the subscriber names no lease; REC WebSub 5.1 advises ten days. */
  readonly leaseSecondsDefault: number
  readonly leaseSecondsMin: number
  readonly leaseSecondsMax: number
  /** One call that asks whether a request is meant. */
  readonly verifyTimeoutMs: number
  /** What is read of its answer: more can be no challenge of ours. */
  readonly verifyAnswerBytesMax: number
  /** Pauses between such calls while nobody is reached; then the request has failed. */
  readonly verifyPausesMs: readonly number[]
  readonly verificationsAtOnceMax: number
  /** One delivery, from the wait for a connection to the answer. */
  readonly deliverTimeoutMs: number
  /** What is read of an answer that nobody looks at, so that its connection stays in use. */
  readonly deliverAnswerBytesMax: number
  readonly deliveriesAtOnceMax: number
  /** A call that takes longer gives its place back, so that it holds up nobody. */
  readonly detachAfterMs: number
  /** Calls in flight without a place; above it slow ones keep theirs. */
  readonly detachedMax: number
  /** Pauses between attempts at a subscriber that fails, until its lease ends. */
  readonly retry: RetrySchedule
  /** What is new to a subscriber that fails waits no longer than this after the last attempt. */
  readonly freshPauseMsMax: number
  /** Changes of a topic are gathered until it is quiet for so long … */
  readonly quietMs: number
  /** … and no longer than this. A withdrawal waits for neither. */
  readonly gatherMsMax: number
  /** A process that does not know yet what another one has sent looks again after this. */
  readonly behindMs: number
  readonly reconcileMs: number
  /** Jobs that the reconciler compares with the queue at a time. */
  readonly reconciledAtOnce: number
  /** A stop waits this long for calls in flight; then it breaks them off. */
  readonly stopGraceMs: number
}

/**
 * | after attempt | pause | since the first |
 * |---|---|---|
 * | 1 | 5 s | 5 s |
 * | 2 | 30 s | 35 s |
 * | 3 | 2 min | 2 min 35 s |
 * | 4 | 10 min | 12 min 35 s |
 * | 5 | 30 min | 42 min 35 s |
 * | 6 | 2 h | 2 h 42 min |
 * | 7 | 5 h | 7 h 42 min |
 * | 8 | 10 h | 17 h 42 min |
 * | 9 and on | 12 h | until the lease ends |
 */
const deliveryRetry: RetrySchedule = { ...retrySchedule, giveUpMs: Number.POSITIVE_INFINITY }

export const hubLimits: HubLimits = {
  subscriptionsMax: 50_000,
  subscriptionsPerHostMax: 1_000,
  formBytesMax: 16 * 1_024,
  callbackCharsMax: 2_048,
  topicCharsMax: 8_192,
  secretBytesMax: 199,
  leaseSecondsDefault: 10 * daySeconds,
  leaseSecondsMin: 1,
  leaseSecondsMax: 30 * daySeconds,
  verifyTimeoutMs: 10 * secondMs,
  verifyAnswerBytesMax: 1_024,
  verifyPausesMs: [5 * secondMs, 30 * secondMs, 2 * minuteMs],
  verificationsAtOnceMax: 32,
  deliverTimeoutMs: 15 * secondMs,
  deliverAnswerBytesMax: 16 * 1_024,
  deliveriesAtOnceMax: 64,
  detachAfterMs: 250,
  detachedMax: 1_024,
  retry: deliveryRetry,
  freshPauseMsMax: 30 * secondMs,
  quietMs: 200,
  gatherMsMax: secondMs,
  behindMs: 100,
  reconcileMs: 30 * secondMs,
  reconciledAtOnce: 500,
  stopGraceMs: 3 * secondMs,
}
