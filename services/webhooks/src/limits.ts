const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** Every limit of the room, by name. */
export interface WebhookLimits {
  /** Attempts in flight that hold a slot, over all endpoints. */
  readonly attemptsInFlightMax: number
  /** An attempt that takes longer gives its slot back, so that it holds up nobody. */
  readonly detachAfterMs: number
  /** Attempts that are in flight without a slot; above it the slow ones keep theirs. */
  readonly detachedMax: number
  /** Attempts in flight at one endpoint that answers well; one where it is slow or fails. */
  readonly attemptsPerEndpointMax: number
  readonly attemptTimeoutMs: number
  /** What is kept of an answer. */
  readonly answerBytesMax: number
  /** Items that wait for one endpoint; what is planned beyond fails at once. */
  readonly lanesPerEndpointMax: number
  /** Rendered bodies that are kept for more attempts, in bytes. */
  readonly bodiesBytesMax: number
  readonly deliveriesPerPlanMax: number
  /** Attempts in one entry of the ledger, and how long the first of them waits for the others. */
  readonly outcomesMax: number
  readonly outcomesWaitMs: number
  readonly checkpointPlansMax: number
  readonly checkpointEveryMs: number
  readonly reconcileEveryMs: number
  readonly looksAtOnceMax: number
  /** The register forgets a lease that is not renewed for this long. */
  readonly leaseMs: number
  readonly leaseRenewMs: number
  /** Attempts start only while the lease holds for at least this much longer. */
  readonly leaseMarginMs: number
  readonly leaseLookMs: number
  /** After an owner broke off, it tries to own again after this pause. */
  readonly reownMs: number
  /** A stop waits this long for attempts in flight; then it breaks them off. */
  readonly stopGraceMs: number
  /** A registration waits this long until the endpoint's owner knows of it. */
  readonly registrationMsMax: number
  /** Pauses between the calls that ask a new webhook for its challenge; then it is disabled. */
  readonly verifyPausesMs: readonly number[]
  readonly verificationsInFlightMax: number
  /** Ledger entries that one page of `GET /{id}/deliveries` looks at. */
  readonly historyFactsMax: number
  readonly historyPageMax: number
}

export const webhookLimits: WebhookLimits = {
  attemptsInFlightMax: 256,
  detachAfterMs: 250,
  detachedMax: 1_024,
  attemptsPerEndpointMax: 8,
  attemptTimeoutMs: 15 * secondMs,
  answerBytesMax: 1_024,
  lanesPerEndpointMax: 100_000,
  bodiesBytesMax: 64 * 1_024 * 1_024,
  deliveriesPerPlanMax: 1_000,
  outcomesMax: 500,
  outcomesWaitMs: 20,
  checkpointPlansMax: 1_000,
  checkpointEveryMs: minuteMs,
  reconcileEveryMs: 30 * secondMs,
  looksAtOnceMax: 64,
  leaseMs: 10 * secondMs,
  leaseRenewMs: 3 * secondMs,
  leaseMarginMs: 2 * secondMs,
  leaseLookMs: secondMs,
  reownMs: secondMs,
  stopGraceMs: 3 * secondMs,
  registrationMsMax: 25 * secondMs,
  verifyPausesMs: [
    5 * secondMs,
    30 * secondMs,
    2 * minuteMs,
    10 * minuteMs,
    30 * minuteMs,
    2 * hourMs,
    5 * hourMs,
    10 * hourMs,
  ],
  verificationsInFlightMax: 16,
  historyFactsMax: 5_000,
  historyPageMax: 200,
}
