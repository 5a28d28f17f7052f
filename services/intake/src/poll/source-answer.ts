import type { OutboundAnswer } from '@newswire/http'
import { retryAfterMsOf } from './answer-times.js'
import type { Marks } from './marks.js'
import type { Piece } from './piece.js'
import type { Answered, Hub } from './position.js'

/** What a source gave when it was asked. */
export type Fetched =
  | { readonly kind: 'not-modified'; readonly answered: Answered }
  /** The source is gone for good (410). */
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'pieces'
      readonly answered: Answered
      /** Absent where the answer must not be taken for the last word. */
      readonly validators?: { readonly etag?: string; readonly lastModified?: string }
      /** Newest first. */
      readonly pieces: readonly Piece[]
      readonly ttlMs?: number
      readonly hub?: Hub
      /** What had to be left out, as sentences. */
      readonly notes: readonly string[]
    }

/** What asking a source needs. */
export interface Asking {
  readonly now: Date
  readonly signal?: AbortSignal | undefined
  /** Waits as long as the host wants between two requests. */
  readonly pause: (url: string) => Promise<void>
  readonly marks: () => Promise<Marks>
}

export interface SourceAnswerErrorOptions extends ErrorOptions {
  readonly retryAfterMs?: number | undefined
  readonly hub?: Hub | undefined
}

/** The source answered, and its answer holds no releases. The message is a sentence. */
export class SourceAnswerError extends Error {
  override readonly name = 'SourceAnswerError'
  readonly retryAfterMs: number | undefined
  readonly hub: Hub | undefined

  constructor(message: string, { retryAfterMs, hub, ...options }: SourceAnswerErrorOptions = {}) {
    super(message, options)
    this.retryAfterMs = retryAfterMs
    this.hub = hub
  }
}

/** The failure that a status other than 200, 304 and 410 is. */
export function refusalOf(answer: OutboundAnswer, now: Date): SourceAnswerError {
  const retryAfterMs = retryAfterMsOf(answer.headers, now)
  return new SourceAnswerError(sayRefusal(answer), { retryAfterMs })
}

function sayRefusal({ status, headers }: OutboundAnswer): string {
  if (status === 401 || status === 403) {
    return `The source refuses us with status ${status}: look whether its address needs a key.`
  }
  if (status === 404) return 'The source answers 404: nothing is found at this address.'
  if (status === 429) return 'The source answers 429: it is asked too often.'
  if (status >= 300 && status < 400) {
    return `The source redirects to ${hostIn(headers['location'])}, where it is not followed.`
  }
  return `The source answers with status ${status} where 200 or 304 was expected.`
}

/** The host alone: the rest of an address may hold a key. */
function hostIn(location = ''): string {
  return URL.canParse(location) ? new URL(location).host : 'another address'
}
