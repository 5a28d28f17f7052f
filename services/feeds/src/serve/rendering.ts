import { createHash } from 'node:crypto'
import { privateHeaders } from '../private/address.js'
import { decode, type Encoding, encode } from './encodings.js'

export interface RenderingOptions {
  readonly body: Buffer
  readonly mediaType: string
  /** The newest fact of stream TAGGED among its entries; 0 where it has none. */
  readonly sequence: number
  /** Undefined where no date says whether it changed. */
  readonly lastModified: Date | undefined
  /** The Link field: `self`, `hub`, archives. */
  readonly link: string
  /** Only whoever has the address may keep a copy. */
  readonly isPrivate: boolean
  /** For people: what the page may run is said by the server. */
  readonly isPage?: boolean
}

/** A rendering in one encoding, ready to be sent. */
export interface Variant {
  readonly body: Buffer
  /** Strong, quoted; another one for each encoding. */
  readonly etag: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
  /** Those of a 304, which has no body to speak of. */
  readonly notModifiedHeaders: readonly string[]
}

/**
 * A rendered feed with all that its answers need. It is kept in the encodings that were asked for
 * alone: a feed as it is takes five times as much.
 */
export interface Rendering {
  /** Of the body as it is. */
  readonly etag: string
  /** The same for the same bytes. */
  readonly hash: string
  readonly lastModified: Date | undefined
  readonly link: string
  readonly mediaType: string
  readonly sequence: number
  readonly isPrivate: boolean
  variant(encoding: Encoding): Promise<Variant>
  /** The body as it is. */
  plain(): Promise<Buffer>
  /** The variant, if it was made already. */
  ready(encoding: Encoding): Variant | undefined
  /** All that is kept of it. */
  bytes(): number
  /** Calls each time that `bytes` has changed. */
  onSized(listener: () => void): void
}

/**
 * A withdrawal must show within a second: whoever keeps a copy asks each time, and a cache may
 * answer for a second while it asks (RFC 5861).
 */
const publicCaching = 'public, max-age=0, stale-while-revalidate=1'
const privateCaching = privateHeaders['cache-control']
const ends: Record<Encoding, string> = { identity: '', gzip: '.gz', br: '.br' }
const tagChars = 22
export const feedVary = 'Accept, Accept-Encoding, A-IM'
const pageVary = `${feedVary}, Accept-Language`

/** Of a body: a part of its entity tags. */
export function hashOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, tagChars)
}

export function createRendering(options: RenderingOptions): Rendering {
  const { body, ...head } = options
  const { mediaType, sequence, lastModified, link, isPrivate } = head
  const hash = hashOf(body)
  const tag = `${sequence.toString(36)}-${hash}`
  const ready = new Map<Encoding, Variant>()
  const coming = new Map<Encoding, Promise<Variant>>()
  let unencoded: Buffer | undefined = body
  let sized = () => {}

  /** As it is: out of an encoding, where nothing else of it is left. */
  async function whole(): Promise<Buffer> {
    if (unencoded !== undefined) return unencoded
    const [first] = ready
    if (first === undefined) throw new Error('A rendering has neither its body nor an encoding.')
    return decode(first[1].body, first[0])
  }

  async function make(encoding: Encoding): Promise<Variant> {
    const made = variantOf(head, tag, encoding, await encode(await whole(), encoding))
    ready.set(encoding, made)
    unencoded = undefined
    sized()
    return made
  }

  function variant(encoding: Encoding): Promise<Variant> {
    const known = coming.get(encoding) ?? make(encoding)
    coming.set(encoding, known)
    return known
  }

  return {
    ...{ mediaType, sequence, lastModified, link, isPrivate, hash },
    etag: `"${tag}"`,
    ready: (encoding) => ready.get(encoding),
    bytes: () =>
      [...ready.values()].reduce((sum, each) => sum + each.body.length, unencoded?.length ?? 0),
    onSized(listener) {
      sized = listener
    },
    variant,
    plain: async () => (await variant('identity')).body,
  }
}

function variantOf(
  { mediaType, lastModified, link, isPrivate, isPage = false }: Omit<RenderingOptions, 'body'>,
  tag: string,
  encoding: Encoding,
  body: Buffer,
): Variant {
  const etag = `"${tag}${ends[encoding]}"`
  const both = [
    ...['etag', etag],
    ...(lastModified === undefined ? [] : ['last-modified', lastModified.toUTCString()]),
    ...['cache-control', isPrivate ? privateCaching : publicCaching],
    ...['vary', isPage ? pageVary : feedVary],
    ...['link', link],
    ...Object.entries(readableByAll).flat(),
  ]
  const own = ['content-type', mediaType, 'content-length', String(body.length)]
  const encoded = encoding === 'identity' ? [] : ['content-encoding', encoding]
  return {
    body,
    etag,
    headers: [...own, ...encoded, ...both, ...(isPage ? [] : harmlessOf(isPrivate))],
    notModifiedHeaders: both,
  }
}

/** Any page in any browser may read feeds. */
export const readableByAll: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Last-Modified, Link, Newswire-As-Of',
}

/** What the server sets on every answer, for those that it never sees. */
function harmlessOf(isPrivate: boolean): string[] {
  return [
    ...['x-content-type-options', 'nosniff'],
    ...['referrer-policy', isPrivate ? privateHeaders['referrer-policy'] : 'same-origin'],
    ...['content-security-policy', "default-src 'none'"],
  ]
}

/** The sequence that a tag of ours was made at (`"<base 36>-<hash>"`), whatever its encoding. */
export function sequenceOf(etag: string): number | undefined {
  const found = /^(?:W\/)?"([0-9a-z]{1,10})-[\w-]{22}(?:\.gz|\.br)?"$/.exec(etag)?.[1]
  return found === undefined ? undefined : Number.parseInt(found, 36)
}
