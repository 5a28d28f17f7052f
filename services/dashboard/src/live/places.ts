import { liveLimits } from './limits.js'

/** Who reads along by now, and who wants to. */
export interface Crowd {
  /** Streams that are open, and those of the same address. */
  readonly all: number
  readonly own: number
  readonly isAdmin: boolean
}

/**
 * What one more stream is refused with; undefined where there is a place. The last places are for
 * admins: a crowd of readers must not keep the house's own people from watching it.
 */
export function refusalOf({ all, own, isAdmin }: Crowd): 429 | 503 | undefined {
  const { readersMax, readersPerAddressMax, adminPlaces } = liveLimits
  if (own >= readersPerAddressMax) return 429
  return all >= readersMax - (isAdmin ? 0 : adminPlaces) ? 503 : undefined
}
