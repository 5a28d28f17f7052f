import { rawContentTypes } from '@newswire/model'
import { decode } from '../decode/decode.js'
import { intakeLimits } from '../limits.js'
import { acceptJson } from './accept-json.js'
import { acceptXml } from './accept-xml.js'
import { empty, iptc7901, tooLarge, tooMany, unsupported } from './problems.js'

/** What comes in, decoded and looked at: ready to be stored. */
export interface Accepted {
  readonly contentType: string
  readonly body: string
}

type Kind = 'text' | 'json' | 'xml'

/** Content types that are taken, and how they are read. */
const kinds: Readonly<Record<string, Kind>> = {
  'text/plain': 'text',
  'text/html': 'text',
  'application/json': 'json',
  'application/ninjs+json': 'json',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'application/vnd.iptc.g2.newsitem+xml': 'xml',
  'application/vnd.iptc.g2.newsmessage+xml': 'xml',
  'application/nitf+xml': 'xml',
  'application/rss+xml': 'xml',
  'application/atom+xml': 'xml',
}

/** With this byte begins a message of IPTC 7901, whose fields control characters part. */
const startOfHeader = 0x01

export const acceptedTypes: readonly string[] = Object.keys(kinds)

/**
 * Bytes and their content type → the releases in them, each a text that a normalizer can read; else
 * a Problem that says why.
 */
export async function accept(
  bytes: Uint8Array,
  contentType: string,
): Promise<readonly [Accepted, ...Accepted[]]> {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const kind = kinds[mediaType]
  if (kind === undefined) throw unsupported(mediaType, acceptedTypes)
  if (bytes.length > intakeLimits.messageBytesMax) throw tooLarge()
  if (kind === 'text' && bytes[0] === startOfHeader) throw iptc7901()
  const { text } = decode(bytes, contentType)
  if (text.trim() === '') throw empty()
  const [first, ...others] = await releasesIn(text, kind)
  if (first === undefined) throw empty()
  if (others.length >= intakeLimits.releasesPerMessageMax) throw tooMany(others.length + 1)
  for (const { body } of [first, ...others]) {
    if (Buffer.byteLength(body) > intakeLimits.itemBytesMax) throw tooLarge()
  }
  return [first, ...others]
}

/** Some senders call everything plain text. */
const xmlBeginning =
  /^\s*<(?:\?xml\s|(?:[\w.-]{1,40}:)?(?:newsItem|newsMessage|NewsML|nitf|rss|feed|RDF)[\s>])/u

async function releasesIn(text: string, kind: Kind): Promise<Accepted[]> {
  if (kind === 'text' && xmlBeginning.test(text)) return acceptXml(text)
  if (kind === 'text') return [{ contentType: rawContentTypes.text, body: text }]
  return kind === 'json' ? acceptJson(text) : acceptXml(text)
}
