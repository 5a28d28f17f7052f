import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

export interface AddressRules {
  /** Why this address may not be called, as the end of "<host> …"; undefined where it may. */
  refusal(address: string, port: number, call: { isPlainHttp: boolean }): string | undefined
}

/** Global unicast, the only part of IPv6 that is handed out (RFC 4291, section 2.4). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Which addresses may be called: public ones on the given ports, and the allowed ones (addresses or
 * CIDR ranges) without further conditions.
 */
export function createAddressRules({
  allow,
  ports,
  httpsOnly = false,
}: {
  allow: readonly string[]
  ports: readonly number[]
  httpsOnly?: boolean
}): AddressRules {
  const ranges = allow.map(rangeOf)
  return {
    refusal(text, port, { isPlainHttp }) {
      // A zone (`fe80::1%eth0`) only says through which interface.
      const address = parsed(text.replace(/%.*$/, ''))
      if (address === undefined) return 'leads to something that is no IP address'
      if (isInside(unmapped(address), ranges)) return undefined
      const range = rangeNameOf(address)
      if (range !== 'unicast') {
        return `leads to an address that is not public (${range}); OUTBOUND_ALLOW may allow it`
      }
      if (!ports.includes(port)) {
        return `may not be called on port ${port}, only on ${ports.join(', ')} (OUTBOUND_PORTS)`
      }
      return httpsOnly && isPlainHttp ? 'must be called with https' : undefined
    },
  }
}

/**
 * `unicast` for a public address. IPv6 forms that carry an IPv4 address (mapped, NAT64, 6to4,
 * Teredo) have ranges of their own and are never public: a translator on our side could lead them
 * anywhere.
 */
function rangeNameOf(address: Address): string {
  const range = address.range()
  const isHandedOut = address instanceof ipaddr.IPv4 || address.match(globalUnicast)
  return range === 'unicast' && !isHandedOut ? 'reserved' : range
}

function rangeOf(text: string): [Address, number] {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text)
    const address = ipaddr.parse(text)
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  } catch (error) {
    const say = `${text} is no IP address or CIDR range, such as 10.0.0.0/8; correct OUTBOUND_ALLOW.`
    throw new Error(say, { cause: error })
  }
}

function parsed(text: string): Address | undefined {
  return ipaddr.isValid(text) ? ipaddr.parse(text) : undefined
}

/** `::ffff:10.0.0.1` is what the system calls 10.0.0.1 on a double-stack socket. */
function unmapped(address: Address): Address {
  const isMapped = address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()
  return isMapped ? address.toIPv4Address() : address
}

function isInside(address: Address, ranges: readonly [Address, number][]): boolean {
  return ranges.some(
    ([start, bits]) => start.kind() === address.kind() && address.match(start, bits),
  )
}
