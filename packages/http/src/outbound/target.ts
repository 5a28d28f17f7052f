import { OutboundRefusedError } from './errors.js'

const urlLengthMax = 8_192
/** RFC 9110, section 5.6.2. */
const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i
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
export function targetOf(text: string): URL {
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
  return url
}

export function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!headerName.test(name)) refuse('A header has a name that is not allowed in HTTP')
    if (ownHeaders.has(name.toLowerCase())) refuse(`The header ${name} can't be chosen`)
    if (!headerValue.test(value)) refuse(`The header ${name} holds a character that is not allowed`)
  }
}

export function portOf(url: URL): number {
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
