import { Problem } from '@newswire/http'
import { rawContentTypes } from '@newswire/model'
import { decode } from '../decode/decode.js'
import { intakeLimits } from '../limits.js'

/** What comes in, decoded and looked at: ready to be stored. */
export interface Accepted {
  readonly contentType: string
  readonly body: string
}

/** Content types that are taken, and what they are in stream RAW. */
export const acceptedTypes: Readonly<Record<string, string>> = {
  'text/plain': rawContentTypes.text,
  'application/json': rawContentTypes.ninjs,
  'application/ninjs+json': rawContentTypes.ninjs,
}

const expected = 'Send one ninjs document: a JSON object with headline, body_text or uri.'

/** Bytes and their content type → text that a normalizer can read; else a Problem that says why. */
export function accept(bytes: Uint8Array, contentType: string): Accepted {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const kind = acceptedTypes[mediaType]
  if (kind === undefined) throw unsupported(mediaType)
  const { text } = decode(bytes, contentType)
  if (Buffer.byteLength(text) > intakeLimits.itemBytesMax) throw tooLarge()
  if (text.trim() === '') throw empty()
  if (kind === rawContentTypes.ninjs) checkNinjs(text)
  return { contentType: kind, body: text }
}

/** Only what tells a release from any other JSON; the normalizer reads the rest. */
function checkNinjs(text: string): void {
  const document = parsed(text)
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new Problem({
      status: 400,
      slug: 'not-an-object',
      title: 'The JSON is no object',
      detail: expected,
    })
  }
  if (isRelease(document)) return
  throw new Problem({
    status: 422,
    slug: 'not-ninjs',
    title: 'The JSON is no release',
    detail: `None of uri, headline, headlines, body_text, body_html and bodies has content. ${expected}`,
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem(
      { status: 400, slug: 'broken-json', title: 'The body is not JSON', detail: expected },
      { cause: error },
    )
  }
}

/** ninjs 1.x has texts, from 2.x on lists of objects; `guid` is what Superdesk calls `uri`. */
function isRelease(document: object): boolean {
  const fields = new Map<string, unknown>(Object.entries(document))
  const texts = ['uri', 'guid', 'headline', 'body_text', 'body_html', 'body_xhtml']
  const lists = ['headlines', 'bodies']
  return (
    texts.some((name) => isText(fields.get(name))) || lists.some((name) => isList(fields.get(name)))
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.some((entry) => typeof entry === 'object' && entry !== null)
}

function unsupported(mediaType: string): Problem {
  const accepted = Object.keys(acceptedTypes)
  return new Problem({
    status: 415,
    slug: 'unsupported-media-type',
    title: 'This media type is not taken here',
    detail: `${mediaType || 'No content type'} can't be read: send ${accepted.join(', ')}.`,
    extra: { accepted },
  })
}

function empty(): Problem {
  return new Problem({
    status: 422,
    slug: 'empty-body',
    title: 'The release is empty',
    detail: 'Send the text of the release as the body.',
  })
}

function tooLarge(): Problem {
  return new Problem({
    status: 413,
    slug: 'too-large',
    title: 'The release is too large',
    detail: `Send at most ${intakeLimits.itemBytesMax} bytes of text in UTF-8.`,
    extra: { bytesMax: intakeLimits.itemBytesMax },
  })
}
