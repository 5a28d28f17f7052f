import type { Outbound, OutboundAnswer } from '@newswire/http'
import type { Source } from '@newswire/model'
import type { SecretBox } from '@newswire/runtime'
import { decode } from '../decode/decode.js'
import { intakeLimits } from '../limits.js'
import { retryAfterMsOf } from '../poll/answer-times.js'
import { isKnown, type Marks } from '../poll/marks.js'
import type { Piece } from '../poll/piece.js'
import { type Asking, type Fetched, refusalOf, SourceAnswerError } from '../poll/source-answer.js'
import { sentenceOf } from '../sentence.js'
import { readPage } from './page.js'

export interface StoriesOptions {
  readonly outbound: Outbound
  readonly userAgent: string
  readonly secrets: SecretBox
}

type ApiSource = Pick<Source, 'id' | 'url' | 'key'>

/** Binds the sealed key of a source to it. */
export function keyContext(id: string): string {
  return `source:${id}`
}

/**
 * Asks the API page by page, newest first, until a page brings nothing new, the list ends, or
 * `apiPagesMax`. Any page that fails fails the poll: the pages behind it would else never be asked
 * for again. No error ever shows the key, which goes in the address.
 */
export async function fetchStories(
  source: ApiSource,
  asking: Asking,
  options: StoriesOptions,
): Promise<Fetched> {
  if (source.key === undefined) {
    throw new SourceAnswerError('This source has no key: give it one with PATCH.')
  }
  const key = options.secrets.open(source.key, keyContext(source.id))
  try {
    return await fetchPages(source, key, asking, options)
  } catch (error) {
    throw withoutKey(error, key)
  }
}

async function fetchPages(
  source: ApiSource,
  key: string,
  asking: Asking,
  options: StoriesOptions,
): Promise<Fetched> {
  const { apiPageStories, apiPagesMax } = intakeLimits
  const marks = await asking.marks()
  const stories = new Map<string, Piece>()
  let nameless = 0
  let isEnd = false
  for (let page = 0; page < apiPagesMax && !isEnd; page += 1) {
    if (page > 0) await asking.pause(source.url)
    const answer = await ask(pageUrl(source.url, key, page * apiPageStories), asking, options)
    if (answer.status === 410) return { kind: 'gone' }
    const read = readAnswer(answer, asking.now)
    const isNews = takePage(read.stories, stories, marks)
    nameless += read.nameless
    isEnd = !isNews || read.stories.length + read.nameless < apiPageStories
  }
  const notes = notesOn(nameless, isEnd)
  return { kind: 'pieces', answered: {}, validators: {}, pieces: [...stories.values()], notes }
}

/**
 * Adds what the pages before have not shown, and tells whether anything of it is new to us. Stories
 * move to the next page while we read: what came first is the newer one.
 */
function takePage(page: readonly Piece[], stories: Map<string, Piece>, marks: Marks): boolean {
  const added = page.filter(({ key }) => !stories.has(key))
  for (const story of added) stories.set(story.key, story)
  return added.some((story) => !isKnown(marks, story))
}

function notesOn(nameless: number, isEnd: boolean): string[] {
  const { apiPageStories, apiPagesMax } = intakeLimits
  return [
    ...(nameless > 0 ? [`${nameless} stories have no id and were left out.`] : []),
    ...(isEnd ? [] : [`Stories behind the newest ${apiPagesMax * apiPageStories} were left out.`]),
  ]
}

/** `lang` is asked of every request by the Swiss API; an address may name another one. */
export function pageUrl(address: string, key: string, start: number): string {
  const url = new URL(address)
  const query = url.searchParams
  query.set('api_key', key)
  query.set('format', 'json')
  query.set('start', String(start))
  query.set('limit', String(intakeLimits.apiPageStories))
  query.set('teaser', '0')
  if (url.hostname.endsWith('.ch') && !query.has('lang')) query.set('lang', 'de')
  return url.href
}

function ask(
  url: string,
  { signal }: Asking,
  { outbound, userAgent }: StoriesOptions,
): Promise<OutboundAnswer> {
  return outbound.request({
    url,
    method: 'GET',
    headers: { accept: 'application/json, */*;q=0.5', 'user-agent': userAgent },
    timeoutMs: intakeLimits.fetchTimeoutMs,
    answerBytesMax: intakeLimits.feedBytesMax,
    overflow: 'refuse',
    // The key is for this host alone.
    redirectsMax: 0,
    ...(signal ? { signal } : {}),
  })
}

function readAnswer(answer: OutboundAnswer, now: Date): ReturnType<typeof readPage> {
  const { text } = decode(answer.body, answer.headers['content-type'])
  if (answer.status === 200) return readPage(text)
  // An error of the API says more than its status, where there is one.
  if (text.trimStart().startsWith('{') && text.includes('"error"')) {
    return readRefusal(text, retryAfterMsOf(answer.headers, now))
  }
  throw refusalOf(answer, now)
}

function readRefusal(text: string, retryAfterMs: number | undefined): ReturnType<typeof readPage> {
  try {
    return readPage(text)
  } catch (cause) {
    throw new SourceAnswerError(sentenceOf(cause), { retryAfterMs, cause })
  }
}

function withoutKey(error: unknown, key: string): unknown {
  const message = sentenceOf(error)
  // As it is, and in both ways in which it may stand in an address.
  const inQuery = new URLSearchParams({ key }).toString().slice('key='.length)
  const spellings = [key, encodeURIComponent(key), inQuery]
  const hidden = spellings.reduce((text, spelling) => text.replaceAll(spelling, '…'), message)
  if (hidden === message) return error
  // The cause stays behind: it holds the address with the key.
  const retryAfterMs = error instanceof SourceAnswerError ? error.retryAfterMs : undefined
  return new SourceAnswerError(hidden, { retryAfterMs })
}
