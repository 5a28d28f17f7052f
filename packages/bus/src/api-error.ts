import { NatsError } from 'nats'

/** JetStream's own error numbers (nats-server, server/errors.json). */
export const apiErrors = {
  accountResources: 10002,
  noConsumer: 10014,
  insufficientResources: 10023,
  memoryResources: 10028,
  noMessage: 10037,
  sequenceNotFound: 10043,
  noStorageLeft: 10047,
  messageTooLarge: 10054,
  messageNotDeleted: 10057,
  streamNameInUse: 10058,
  noStream: 10059,
  subjectsOverlap: 10065,
  wrongLastSequence: 10071,
  storeFailed: 10077,
} as const

/** JetStream's error number, where the server answered with one. */
export function apiErrorCode(error: unknown): number | undefined {
  return error instanceof NatsError ? error.api_error?.err_code : undefined
}

const fullCodes: ReadonlySet<number> = new Set([
  apiErrors.accountResources,
  apiErrors.insufficientResources,
  apiErrors.memoryResources,
  apiErrors.noStorageLeft,
  // "maximum bytes exceeded", "maximum messages exceeded", or a disk that takes nothing.
  apiErrors.storeFailed,
])

export type AppendFault = 'wrong sequence' | 'full' | 'too large' | 'closed' | 'passing'

/** What to do about a publish that failed. What the server did not decide may pass. */
export function appendFaultOf(error: unknown): AppendFault {
  const code = apiErrorCode(error)
  if (code === apiErrors.wrongLastSequence) return 'wrong sequence'
  if (code === apiErrors.messageTooLarge) return 'too large'
  if (code !== undefined && fullCodes.has(code)) return 'full'
  if (!(error instanceof NatsError)) return 'passing'
  if (error.code === 'MAX_PAYLOAD_EXCEEDED') return 'too large'
  if (error.code === 'CONNECTION_CLOSED' || error.code === 'CONNECTION_DRAINING') return 'closed'
  return 'passing'
}
