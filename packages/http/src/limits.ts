export interface ServerLimits {
  /** A larger body is answered with 413. */
  readonly bodyBytesMax: number
  /** Requests to public routes per minute and client address (IPv6: per /64). */
  readonly publicPerMinuteMax: number
  /** Attempts to sign in per minute and client address. */
  readonly signInPerMinuteMax: number
  /** Whether callers on this machine are limited on public routes too. */
  readonly isLoopbackLimited: boolean
  /** Time for a request to arrive whole. */
  readonly requestMsMax: number
  /** Time for the parts to answer to `/health`. */
  readonly healthMsMax: number
  /** Life of a session. */
  readonly sessionMsMax: number
}

export const defaultLimits: ServerLimits = {
  bodyBytesMax: 8 * 1024 * 1024,
  publicPerMinuteMax: 600,
  signInPerMinuteMax: 10,
  isLoopbackLimited: false,
  requestMsMax: 30_000,
  healthMsMax: 2_000,
  sessionMsMax: 12 * 60 * 60 * 1_000,
}

/** Characters of one path parameter; ids have up to 128. */
export const pathParameterLengthMax = 256
/** Faults that one answer names: a body may have one in each of its bytes. */
export const faultsMax = 50
/** Client addresses whose requests are counted at a time. */
export const limitedAddressesMax = 10_000
