import type { Outbound, OutboundAnswer } from '@newswire/http'
import type { Source } from '@newswire/model'
import { decode } from '../decode/decode.js'
import { FeedError } from '../feed/feed-error.js'
import { type Feed, readFeed } from '../feed/read-feed.js'
import { intakeLimits } from '../limits.js'
import { freshMsOf } from './answer-times.js'
import { type Channel, channelOf } from './channel.js'
import { piecesOf } from './piece.js'
import type { Answered, Hub, Position } from './position.js'
import { type Asking, type Fetched, refusalOf, SourceAnswerError } from './source-answer.js'

const accept =
  'application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5'

export interface FetchOptions {
  readonly outbound: Outbound
  readonly userAgent: string
}

/**
 * Asks a source for its feed, under the conditions of the position. Throws a sentence: the guard's,
 * the network's, SourceAnswerError or FeedError.
 */
export async function fetchFeed(
  source: Pick<Source, 'url'>,
  position: Position,
  asking: Asking,
  options: FetchOptions,
): Promise<Fetched> {
  const answer = await askSteadily(source.url, conditions(position, source.url), asking, options)
  const answered = answeredOf(answer, asking.now)
  // Some servers send it unasked: there is nothing new either way.
  if (answer.status === 304) return { kind: 'not-modified', answered }
  if (answer.status === 410) return { kind: 'gone' }
  if (answer.status !== 200) throw refusalOf(answer, asking.now)
  const { text } = decode(answer.body, answer.headers['content-type'])
  const channel = channelOf(text, answer.url, answer.headers['link'])
  const feed = await readOrExplain(text, answer.url, channel)
  return { kind: 'pieces', answered, ...foundIn(feed, channel, answer) }
}

function foundIn(feed: Feed, channel: Channel, answer: OutboundAnswer) {
  const hub = hubOf(channel, answer.url)
  return {
    // What broke off may lack its newest entry: the same bytes are wanted again.
    ...(feed.isCut ? {} : { validators: validatorsOf(answer) }),
    ...piecesOf(feed),
    ...(channel.ttlMs === undefined ? {} : { ttlMs: channel.ttlMs }),
    ...(hub === undefined ? {} : { hub }),
  }
}

/**
 * A redirect that ends in a 404 is tried again: PR Newswire sends one request of three to an
 * address with a slash at its end, where nothing is.
 */
async function askSteadily(
  url: string,
  headers: Record<string, string>,
  { signal, pause }: Asking,
  { outbound, userAgent }: FetchOptions,
): Promise<OutboundAnswer> {
  for (let tries = 0; ; tries += 1) {
    const answer = await outbound.request({
      url,
      method: 'GET',
      headers: { accept, 'user-agent': userAgent, ...headers },
      timeoutMs: intakeLimits.fetchTimeoutMs,
      answerBytesMax: intakeLimits.feedBytesMax,
      overflow: 'refuse',
      redirectsMax: intakeLimits.redirectsMax,
      ...(signal ? { signal } : {}),
    })
    const isStray = answer.status === 404 && answer.url !== new URL(url).href
    if (!isStray || tries >= intakeLimits.strayRedirectTriesMax) return answer
    await pause(url)
  }
}

/**
 * Both validators, or none where they are of another address, or the source has said "not modified"
 * for suspiciously long.
 */
function conditions(position: Position, url: string): Record<string, string> {
  if (position.validFor !== url) return {}
  if (position.notModifiedInRow >= intakeLimits.notModifiedInRowMax) return {}
  return {
    ...(position.etag ? { 'if-none-match': position.etag } : {}),
    ...(position.lastModified ? { 'if-modified-since': position.lastModified } : {}),
  }
}

function validatorsOf({ headers }: OutboundAnswer): { etag?: string; lastModified?: string } {
  const etag = headers['etag']
  const lastModified = headers['last-modified']
  return { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) }
}

function answeredOf({ headers, movedTo }: OutboundAnswer, now: Date): Answered {
  const freshMs = freshMsOf(headers, now)
  return {
    ...(movedTo === undefined ? {} : { movedTo }),
    ...(freshMs === undefined ? {} : { freshMs }),
  }
}

/** A web page may advertise a hub for the feed that it lists: its failure still tells of it. */
async function readOrExplain(text: string, url: string, channel: Channel): Promise<Feed> {
  try {
    return await readFeed(text, url)
  } catch (error) {
    const hub = hubOf(channel, url)
    if (!(error instanceof FeedError) || hub === undefined) throw error
    throw new SourceAnswerError(error.message, { hub, cause: error })
  }
}

/** A hub without the address under which it knows the feed is of no use. */
function hubOf({ hub, self }: Channel, url: string): Hub | undefined {
  return hub === undefined || self === undefined ? undefined : { url: hub, topic: self, base: url }
}
