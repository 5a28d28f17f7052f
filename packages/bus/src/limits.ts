/** Every limit of the bus, by name. What a deployment may change is in `BusOptions`. */

const second = 1_000
const minute = 60 * second

export const KiB = 1024
export const MiB = 1024 * KiB
export const GiB = 1024 * MiB

/** The largest message of any stream; the server's `max_payload` may be lower, then that counts. */
export const messageBytesMax = 8 * MiB
/** Kept free in every message for the headers that the bus adds. */
export const headerBytesMax = KiB
/**
 * Kept free in every fact, so that the dead letter made of it, which wraps it whole, always fits
 * into a message.
 */
export const letterEnvelopeBytesMax = 64 * KiB
export const letterMessageCharsMax = 2_000
export const letterStackCharsMax = 8_000

/** JetStream's answer to one request. */
export const requestTimeoutMs = 3 * second
/**
 * Waits between the tries of one publish, 15.6 s in all: the death of a stream's leader was
 * measured to cost 7.6 s (2.9.10, three replicas). The same waits are used for the first
 * connection.
 */
export const publishDelaysMs: readonly number[] = [100, 500, 1_000, 2_000, 4_000, 8_000]
/** A reconnecting client knocks this often. */
export const reconnectWaitMs = 250
export const pingIntervalMs = 10 * second
export const pingsUnansweredMax = 2
export const pingTimeoutMs = 2 * second
export const closeTimeoutMs = 5 * second

/** Waits for another process that makes the same stream. */
export const overlapDelaysMs: readonly number[] = [20, 50, 100, 200, 500]

/** A fact that is not acknowledged or worked on for this long goes to another worker. */
export const ackWaitMsDefault = 10 * second
/** The waits before the second, third, … try of a handler; then the fact is a dead letter. */
export const redeliveryDelaysMsDefault: readonly number[] = [
  second,
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
]
/** A handler that takes longer has failed. */
export const handlerTimeMsMaxDefault = 5 * minute
/** Facts of one group that may be out, those waiting for their next try among them. */
export const ackPendingMax = 10_000
/** Facts fetched ahead, per handler that may run. */
export const prefetchPerHandler = 2

/** Facts that are kept as read for the other groups of the process, and their bytes. */
export const sharedFactsMax = 64
export const sharedBytesMax = 4 * MiB
/** The wait before a fact is tried again whose dead letter could not be stored. */
export const unburiedDelayMs = 30 * second
export const watchdogMsDefault = 15 * second

/** How long the server keeps a pull request. */
export const pullExpiresMs = 30 * second
/** The server shows that a waiting pull lives. */
export const pullHeartbeatMs = 2 * second
/** Heartbeats missed in a row before a pull is made anew. */
export const heartbeatsMissedMax = 3
/** Waits between tries to make a consumer anew; the last one repeats. */
export const reopenDelaysMs: readonly number[] = [50, 250, 1_000, 2_000]
/** An ephemeral consumer that nobody pulls from is forgotten by the server. */
export const readerForgottenMs = minute

/** Facts that a replay hands over at a time. */
export const batchMaxDefault = 500
/** Rows that a register's reader asks for ahead. */
export const rowsAheadMax = 256

/** How often the fill of the streams is read. */
export const fillCheckMs = 5 * second
/** A stream is full when less than this share of its bytes is free … */
export const brimShare = 0.02
/** … or less than this, where the share is larger. */
export const brimBytesMax = 32 * MiB

/** Rows of one register, in bytes: 100,000 webhooks have 70 MB. */
export const registerBytesMax = 256 * MiB
/** A lost race for a row is run again so often. */
export const rowTriesMax = 10
/** A lease that its holder does not renew is free after this time. */
export const leaseMs = 10 * second
/** A host that was not asked for this long may be asked at once. */
export const hostMs = 10 * second
/** A request that comes again with its idempotency key is known as the same for this long. */
export const idempotencyKeyMs = 24 * 60 * minute

/** Dead letters read to fill one page. */
export const letterScanMax = 5_000
/** Facts looked at for one page of the newest. */
export const factsReadMax = 5_000
/** Facts without their bodies that a counter asks for ahead. */
export const arrivalsAheadMax = 2_048
/** Dead letters read at a time. */
export const letterReadsMax = 32
/** Places of DEAD in which the letters of one stage are looked for first, and how that grows. */
export const letterWindowMin = 512
export const letterWindowGrowth = 8
