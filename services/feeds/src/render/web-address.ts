/** What is neither reserved nor unreserved (RFC 2396, section 2): validators still go by it. */
const outsideAddress = /[^A-Za-z0-9;/?:@&=+$,\-_.!~*'()%#]/g
const strayPercent = /%(?![0-9a-f]{2})/gi
/** An IPv6 host stands in brackets, which are encoded anywhere else. */
const origin = /^https?:\/\/[^/?#]*/

/** Most addresses are right as they are; parsing one takes longer than the paragraph around it. */
const plainAddress =
  /^https?:\/\/(?:[a-z0-9-]+\.)+[a-z]+(?::\d{1,5})?\/(?:[A-Za-z0-9;/?:@&=+$,\-_.!~*'()#]|%[0-9A-Fa-f]{2})*$/

/** An absolute http or https address in ASCII; `undefined` for everything else. */
export function webAddress(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (plainAddress.test(text)) return text
  if (!URL.canParse(text)) return undefined
  const { protocol, href } = new URL(text)
  if (protocol !== 'http:' && protocol !== 'https:') return undefined
  const host = origin.exec(href)?.[0] ?? ''
  const rest = href.slice(host.length)
  return `${host}${rest.replace(strayPercent, '%25').replace(outsideAddress, encodeURIComponent)}`
}

const mediaTypes: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  webm: 'video/webm',
  pdf: 'application/pdf',
}

/** A media type without parameters (RFC 6838), else what the address ends in. */
export function mediaTypeOf(stated: string | undefined, address: string): string | undefined {
  const type = stated?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (/^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/.test(type)) return type
  const extension = /\.([a-z0-9]{2,4})$/i.exec(new URL(address).pathname)?.[1]
  return extension === undefined ? undefined : mediaTypes[extension.toLowerCase()]
}
