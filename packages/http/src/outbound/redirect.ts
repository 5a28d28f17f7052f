import { OutboundError } from './errors.js'
import type { Call, Hop } from './exchange.js'
import type { Target } from './target.js'

const redirects = new Set([301, 302, 303, 307, 308])
const permanents = new Set([301, 308])
const toGet = new Set([301, 302, 303])
/** What was meant for one origin is not shown to the next. */
const originHeaders = new Set(['authorization', 'cookie'])

export function isRedirect({ status, headers }: Pick<Hop, 'status' | 'headers'>): boolean {
  return redirects.has(status) && headers['location'] !== undefined
}

export function isPermanent({ status }: Hop): boolean {
  return permanents.has(status)
}

/** Where the answer points to; RFC 9110, section 10.2.2. */
export function locationOf({ href, hostname }: Target, hop: Hop): string {
  const location = hop.headers['location'] ?? ''
  if (URL.canParse(location, href)) return new URL(location, href).href
  throw new OutboundError('redirects', `${hostname} redirects to an address that is not valid.`)
}

/** The call that follows a redirect; RFC 9110, section 15.4. */
export function redirected(call: Call, { status }: Hop, target: Target): Call {
  const isNowGet = toGet.has(status) && call.method === 'POST'
  const isElsewhere = target.origin !== call.target.origin
  const headers = Object.entries(call.headers).filter(([name]) => {
    const lower = name.toLowerCase()
    if (isNowGet && lower.startsWith('content-')) return false
    return !(isElsewhere && originHeaders.has(lower))
  })
  const { body: _body, ...rest } = call
  const next = { ...rest, target, headers: Object.fromEntries(headers) }
  if (isNowGet) return { ...next, method: 'GET' }
  return call.body === undefined ? next : { ...next, body: call.body }
}
