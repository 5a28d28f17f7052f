import { OutboundRefusedError } from './errors.js'

/** An address to call, taken apart. */
export interface Target {
  readonly href: string
  readonly protocol: string
  readonly origin: string
  readonly hostname: string
  readonly port: string
  /** With the query. */
  readonly path: string
}

const urlLengthMax = 8_192
/** RFC 9110, section 5.6.2. */
const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i
/** Longer addresses are read each time. */
const knownLengthMax = 1_024
/** Names that `headerName` has let through. */
const knownNames = new Map<string, string>()
const knownNamesMax = 1_024
/** A line break here would write headers, or a whole request, of the caller's making. */
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/
const ownHeaders = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * The address to call. The URL standard has made `0x7f.1`, `2130706433` and `127.0.0.1.` into
 * 127.0.0.1 when this returns, so what is checked later is what is meant.
 */
export function targetOf(text: string): Target {
  if (text.length > urlLengthMax) refuse(`The URL has more than ${urlLengthMax} characters`)
  if (!URL.canParse(text)) refuse('The URL is not valid; send an absolute one, with https://')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    refuse(`${url.protocol.slice(0, -1)} can't be called; use https`)
  }
  if (url.username !== '' || url.password !== '') {
    refuse('The URL holds a user name or a password; leave them out')
  }
  if (url.hostname === '') refuse('The URL has no host')
  const { href, protocol, origin, hostname, port, pathname, search } = url
  return { href, protocol, origin, hostname, port, path: `${pathname}${search}` }
}

/** As `targetOf`; the last `max` addresses are remembered, as the same ones are called again. */
export function createTargets(max: number): (text: string) => Target {
  const known = new Map<string, Target>()
  return (text) => {
    const standing = known.get(text)
    if (standing) return standing
    const target = targetOf(text)
    if (text.length > knownLengthMax) return target
    known.set(text, target)
    const [oldest = ''] = known.size > max ? known.keys() : []
    known.delete(oldest)
    return target
  }
}

/** The headers' names in lower case. */
export function checkHeaders(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(headers).map((name) => {
    const lower = knownNames.get(name) ?? checkedName(name)
    if (!headerValue.test(headers[name] ?? '')) {
      refuse(`The header ${name} holds a character that is not allowed`)
    }
    return lower
  })
}

function checkedName(name: string): string {
  if (!headerName.test(name)) refuse('A header has a name that is not allowed in HTTP')
  const lower = name.toLowerCase()
  if (ownHeaders.has(lower)) refuse(`The header ${name} can't be chosen`)
  if (knownNames.size < knownNamesMax) knownNames.set(name, lower)
  return lower
}

export function portOf(url: Pick<Target, 'port' | 'protocol'>): number {
  if (url.port !== '') return Number(url.port)
  return url.protocol === 'https:' ? 443 : 80
}

/** `[::1]` → `::1`. */
export function hostOf(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
}

function refuse(sentence: string): never {
  throw new OutboundRefusedError(`${sentence}.`)
}
