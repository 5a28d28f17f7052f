import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import type { AddressRules } from './address-rules.js'
import { OutboundError, OutboundRefusedError } from './errors.js'
import type { Resolve } from './names.js'
import { hostOf } from './target.js'

interface Call {
  readonly host: string
  readonly port: number
  readonly isPlainHttp: boolean
}

/**
 * Opens connections to addresses that the rules let through. The check is done on the addresses
 * that the socket itself is then given, so a name that changes its mind in between gains nothing.
 */
export function createConnector({
  rules,
  resolve,
  connectMsMax,
}: {
  rules: AddressRules
  resolve: Resolve
  connectMsMax: number
}): buildConnector.connector {
  // A lookup does not learn the port, so each port and scheme has its own. Kept, because a
  // connector remembers TLS sessions.
  const connectors = new Map<string, buildConnector.connector>()

  function connectorFor(port: number, isPlainHttp: boolean): buildConnector.connector {
    const key = `${isPlainHttp ? 'http' : 'https'}:${port}`
    const known = connectors.get(key)
    if (known !== undefined) return known
    const lookup: LookupFunction = (host, { all }, done) => {
      checkedAddresses({ host, port, isPlainHttp }, rules, resolve).then(
        (addresses) => {
          const found = addresses.map((address) => ({ address, family: isIP(address) }))
          const [first = { address: '', family: 0 }] = found
          return all === true ? done(null, found) : done(null, first.address, first.family)
        },
        (error: Error) => done(error, '', 0),
      )
    }
    const made = buildConnector({ timeout: connectMsMax, lookup })
    connectors.set(key, made)
    return made
  }

  return (options, callback) => {
    const host = hostOf(options.hostname)
    const isPlainHttp = options.protocol === 'http:'
    const port = Number(options.port) || (isPlainHttp ? 80 : 443)
    // The socket looks up names only: a written address is checked here.
    const refusal = isIP(host) === 0 ? undefined : rules.refusal(host, port, { isPlainHttp })
    if (refusal !== undefined) {
      callback(new OutboundRefusedError(`${host} ${refusal}.`), null)
      return
    }
    connectorFor(port, isPlainHttp)(options, callback)
  }
}

/** The addresses that may be called; OutboundRefusedError where there are only others. */
export async function checkedAddresses(
  { host, port, isPlainHttp }: Call,
  rules: AddressRules,
  resolve: Resolve,
): Promise<readonly string[]> {
  const addresses = isIP(host) === 0 ? await resolve(host) : [host]
  const refusals = addresses.map((address) => rules.refusal(address, port, { isPlainHttp }))
  const open = addresses.filter((_address, index) => refusals[index] === undefined)
  if (open.length > 0) return open
  const refusal = refusals[0]
  if (refusal !== undefined) throw new OutboundRefusedError(`${host} ${refusal}.`)
  throw new OutboundError('dns', `The name ${host} has no address.`)
}
