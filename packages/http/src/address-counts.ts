import ipaddr from 'ipaddr.js'

export interface AddressCountsOptions {
  /** Requests of one client address in a window. */
  readonly max: number
  readonly windowMs: number
  /** Addresses that are counted at a time; the oldest is forgotten first. */
  readonly addressesMax: number
  readonly now: () => number
}

/** How often each client address asked since the window began. */
export interface AddressCounts {
  /** Counts one request; the seconds until the next window where it is one too many, else 0. */
  take(ip: string): number
}

/** Windows begin for all addresses at once, so that a request costs one look into a table. */
export function createAddressCounts(options: AddressCountsOptions): AddressCounts {
  const { max, windowMs, addressesMax, now } = options
  const counts = new Map<string, { requests: number }>()
  let endsAt = 0

  function count(ip: string): { requests: number } {
    const key = networkOf(ip)
    const known = counts.get(key)
    if (known) return known
    for (const oldest of counts.keys()) {
      if (counts.size < addressesMax) break
      counts.delete(oldest)
    }
    const fresh = { requests: 0 }
    counts.set(key, fresh)
    return fresh
  }

  return {
    take(ip) {
      const at = now()
      if (at >= endsAt) {
        counts.clear()
        endsAt = at + windowMs
      }
      const own = count(ip)
      own.requests += 1
      return own.requests <= max ? 0 : Math.max(1, Math.ceil((endsAt - at) / 1_000))
    },
  }
}

/** What stands for one client: whoever has one IPv6 address has its whole /64. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || !ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return (address as ipaddr.IPv6).parts.slice(0, 4).join(':')
}
