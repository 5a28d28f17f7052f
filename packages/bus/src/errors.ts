/** The input can never be handled: it becomes a dead letter at once. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError'
}

/** Compare-and-set failed: another fact (or row) stands on the subject. JetStream error 10071. */
export class WrongSequenceError extends Error {
  override readonly name = 'WrongSequenceError'
}

/** The stream has reached its limit and takes nothing more. Intake answers 507. */
export class StreamFullError extends Error {
  override readonly name = 'StreamFullError'
}

/** The fact is larger than the server takes. */
export class FactTooLargeError extends Error {
  override readonly name = 'FactTooLargeError'
}

/** The server did not answer within the written retries. */
export class BusDownError extends Error {
  override readonly name = 'BusDownError'
}

/**
 * A replay's position lies behind the end of its stream: what was built from it is to be rebuilt.
 */
export class PositionAheadError extends Error {
  override readonly name = 'PositionAheadError'
}
