/** The guard said no: the same call will never be allowed. `message` is a sentence. */
export class OutboundRefusedError extends Error {
  override readonly name = 'OutboundRefusedError'
}

export type OutboundErrorKind =
  | 'dns'
  | 'network'
  | 'tls'
  | 'timeout'
  /** The caller's own signal, or the end of the process. */
  | 'aborted'
  /** More than `answerBytesMax` with `overflow: 'refuse'`. */
  | 'too-large'
  | 'redirects'
  /** The answer's content-encoding is broken or unknown. */
  | 'encoding'
  /** Too many calls are under way. */
  | 'busy'

/** The call was allowed and failed. `message` is a sentence. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError'
  readonly kind: OutboundErrorKind

  constructor(kind: OutboundErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** What undici, the socket or the guard threw, as one of ours. */
export function outboundErrorOf(error: unknown, host: string): Error {
  if (error instanceof OutboundError || error instanceof OutboundRefusedError) return error
  const code = codeOf(error)
  const kind = kindOf(code)
  return new OutboundError(kind, `${host} ${says[kind]}${code === '' ? '' : ` (${code})`}.`, {
    cause: error,
  })
}

type FailureKind = 'timeout' | 'tls' | 'aborted' | 'network'

const says: Readonly<Record<FailureKind, string>> = {
  timeout: 'did not take the connection in time',
  tls: 'could not be spoken to over TLS; its certificate may be wrong',
  aborted: 'was not waited for, as this process ends',
  network: 'could not be reached, or broke off',
}

const timeoutCodes = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'])
const endCodes = new Set(['UND_ERR_DESTROYED', 'UND_ERR_CLOSED'])
const tlsCodes = /^(ERR_TLS|ERR_SSL|CERT_|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_)/

function kindOf(code: string): FailureKind {
  if (timeoutCodes.has(code)) return 'timeout'
  if (endCodes.has(code)) return 'aborted'
  return tlsCodes.test(code) ? 'tls' : 'network'
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  // Several addresses were tried; the first one's reason stands for all.
  return error instanceof AggregateError ? codeOf(error.errors[0]) : ''
}
