import type { Outbound, OutboundAnswer } from '@newswire/http'
import type { Source } from '@newswire/model'
import { decode } from '../decode/decode.js'
import { type Feed, readFeed } from '../feed/read-feed.js'
import { intakeLimits } from '../limits.js'
import type { Position } from './position.js'

export type Fetched =
  | { readonly kind: 'not-modified' }
  /** The source is gone for good (410). */
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'feed'
      readonly feed: Feed
      readonly validators: { readonly etag?: string; readonly lastModified?: string }
    }

/** The source answered, and its answer is no feed. The message is a sentence. */
export class SourceAnswerError extends Error {
  override readonly name = 'SourceAnswerError'
}

const accept =
  'application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, */*;q=0.5'

export interface FetchOptions {
  readonly outbound: Outbound
  readonly userAgent: string
  readonly signal?: AbortSignal
}

/**
 * Asks a source for its feed, under the conditions of the position. Throws a sentence: the guard's,
 * the network's, SourceAnswerError or FeedError.
 */
export async function fetchFeed(
  source: Pick<Source, 'url'>,
  position: Position,
  { outbound, userAgent, signal }: FetchOptions,
): Promise<Fetched> {
  const answer = await outbound.request({
    url: source.url,
    method: 'GET',
    headers: { accept, 'user-agent': userAgent, ...conditions(position) },
    timeoutMs: intakeLimits.fetchTimeoutMs,
    answerBytesMax: intakeLimits.feedBytesMax,
    overflow: 'refuse',
    redirectsMax: intakeLimits.redirectsMax,
    ...(signal ? { signal } : {}),
  })
  // Some servers send it unasked: there is nothing new either way.
  if (answer.status === 304) return { kind: 'not-modified' }
  if (answer.status === 410) return { kind: 'gone' }
  if (answer.status !== 200) throw new SourceAnswerError(refusal(answer))
  const { text } = decode(answer.body, answer.headers['content-type'])
  return { kind: 'feed', feed: await readFeed(text, answer.url), validators: validators(answer) }
}

/** Both validators, or none where the source has said "not modified" for suspiciously long. */
function conditions(position: Position): Record<string, string> {
  if (position.notModifiedInRow >= intakeLimits.notModifiedInRowMax) return {}
  return {
    ...(position.etag ? { 'if-none-match': position.etag } : {}),
    ...(position.lastModified ? { 'if-modified-since': position.lastModified } : {}),
  }
}

function validators({ headers }: OutboundAnswer): { etag?: string; lastModified?: string } {
  const etag = headers['etag']
  const lastModified = headers['last-modified']
  return { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) }
}

function refusal({ status, headers }: OutboundAnswer): string {
  if (status === 401 || status === 403) {
    return `The source refuses us with status ${status}: look whether its address needs a key.`
  }
  if (status === 404) return 'The source answers 404: nothing is found at this address.'
  if (status === 429) return 'The source answers 429: it is asked too often.'
  if (status >= 300 && status < 400) {
    return `The source redirects more than ${intakeLimits.redirectsMax} times (${status} to ${headers['location'] ?? 'nowhere'}).`
  }
  return `The source answers with status ${status} where 200 or 304 was expected.`
}
