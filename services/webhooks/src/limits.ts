const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** Every limit of the room, by name. */
export interface WebhookLimits {
  /** Webhooks of one key that is not an admin's: each may call any address for its challenge. */
  readonly webhooksPerKeyMax: number
  /** Requests of such a key in a minute, to one process, that change or call something. */
  readonly asksPerMinuteMax: number
  /** Attempts in flight that hold a slot, over all endpoints. */
  readonly attemptsInFlightMax: number
  /** Slots beyond those that only withdrawals get. */
  readonly withdrawalSlots: number
  /** Attempts in flight at one host, over all its endpoints: not more than it has connections. */
  readonly attemptsPerHostMax: number
  /** Of these, how many only withdrawals get. */
  readonly withdrawalSlotsPerHost: number
  /** An attempt that takes longer gives its slot back, so that it holds up nobody. */
  readonly detachAfterMs: number
  /** Attempts that are in flight without a slot; above it the slow ones keep theirs. */
  readonly detachedMax: number
  /** Attempts in flight at one endpoint that answers well; one where it is slow or fails. */
  readonly attemptsPerEndpointMax: number
  /** Failures in a row after which an endpoint gets one probe at a time. */
  readonly circuitFailuresMax: number
  /** What an endpoint may ask for with Retry-After. */
  readonly endpointPauseMsMax: number
  /** An endpoint at which every attempt has failed for this long is disabled. */
  readonly failingMsMax: number
  /** Calls that tell endpoints that they are disabled, per shard. */
  readonly noticesInFlightMax: number
  readonly attemptTimeoutMs: number
  /** What is kept of an answer. */
  readonly answerBytesMax: number
  /** Items that wait for one endpoint; what is planned beyond fails at once. */
  readonly lanesPerEndpointMax: number
  /** Withdrawals that wait beyond these. */
  readonly withdrawalLanesPerEndpointMax: number
  /** Items and their rendered bodies that are kept for more attempts, in bytes. */
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
  /** How long a view waits for the read models to hold what stands in the streams. */
  readonly currentMsMax: number
  /** Pulls that wait for their next event; what comes beyond is answered at once. */
  readonly pullsWaitingMax: number
  readonly pullsWaitingPerWebhookMax: number
  /** UTF-16 units of the bodies in one answer of `events`; whoever pulls goes on behind it. */
  readonly eventsCharsMax: number
  /** Ledger entries that a replay looks back over, and items that it takes from them. */
  readonly replayFactsMax: number
  readonly replayItemsMax: number
  /** Ledger entries that are looked over for one delivery that is to be replayed. */
  readonly replayFindFactsMax: number
  /** Items that a replay plans between two pauses, so that fresh items go first. */
  readonly replayPortionMax: number
  readonly replayPauseMs: number
  /** A replay that can't go on, or waits for its last answers, looks again after this pause. */
  readonly replayLookMs: number
  /** Open lanes of an endpoint above which a replay plans nothing more for it. */
  readonly replayLanesMax: number
  /** Replays of a shard whose items are held in memory. */
  readonly replaysLoadedMax: number
  /** Replays that an endpoint's row tells of; finished ones leave it, oldest first. */
  readonly replaysKeptMax: number
  readonly replaysUnfinishedMax: number
  readonly replaysPerMinuteMax: number
  /** One call of a fire drill, and all of it. */
  readonly drillCallMsMax: number
  readonly drillMsMax: number
}

export const webhookLimits: WebhookLimits = {
  webhooksPerKeyMax: 1_000,
  asksPerMinuteMax: 120,
  attemptsInFlightMax: 256,
  withdrawalSlots: 32,
  attemptsPerHostMax: 128,
  withdrawalSlotsPerHost: 16,
  detachAfterMs: 250,
  detachedMax: 1_024,
  attemptsPerEndpointMax: 8,
  circuitFailuresMax: 5,
  endpointPauseMsMax: 12 * hourMs,
  failingMsMax: 5 * 24 * hourMs,
  noticesInFlightMax: 4,
  attemptTimeoutMs: 15 * secondMs,
  answerBytesMax: 1_024,
  lanesPerEndpointMax: 100_000,
  withdrawalLanesPerEndpointMax: 20_000,
  bodiesBytesMax: 32 * 1_024 * 1_024,
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
  currentMsMax: 2 * secondMs,
  pullsWaitingMax: 2_000,
  pullsWaitingPerWebhookMax: 20,
  eventsCharsMax: 8_000_000,
  replayFactsMax: 1_000_000,
  replayItemsMax: 200_000,
  replayFindFactsMax: 100_000,
  replayPortionMax: 64,
  replayPauseMs: 20,
  replayLookMs: secondMs,
  replayLanesMax: 256,
  replaysLoadedMax: 4,
  replaysKeptMax: 30,
  replaysUnfinishedMax: 20,
  replaysPerMinuteMax: 20,
  drillCallMsMax: 8 * secondMs,
  drillMsMax: 40 * secondMs,
}
