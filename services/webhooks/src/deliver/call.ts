import type { CallSignal, Outbound } from '@newswire/http'
import type { Clock } from '@newswire/runtime'
import type { WebhookLimits } from '../limits.js'
import { type SignedHeaders, type SigningKey, signedHeaders } from './signature.js'

export const userAgent = 'Newswire-Webhooks/1 (Standard Webhooks 1.0)'

/** A signed call, ready to be made. */
export interface Call {
  readonly url: string
  /** The `webhook-id`. */
  readonly id: string
  readonly body: string | Uint8Array
  /** Default `application/json`. */
  readonly contentType?: string
  readonly keys: readonly SigningKey[]
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: CallSignal
}

/** What came of a call. */
export interface CallResult {
  readonly startedAt: Date
  readonly latencyMs: number
  /** HTTP status; absent where there was no answer. */
  readonly status?: number
  /** The first kB of the answer. */
  readonly answer?: string
  readonly retryAfterMs?: number
  readonly error?: string
  readonly isAborted?: boolean
}

export type Caller = (call: Call) => Promise<CallResult>

/**
 * Makes calls by Standard Webhooks 1.0: POST, signed at this instant, no redirects. Never throws.
 */
export function createCaller({
  outbound,
  clock,
  limits,
}: {
  readonly outbound: Pick<Outbound, 'request'>
  readonly clock: Clock
  readonly limits: Pick<WebhookLimits, 'attemptTimeoutMs' | 'answerBytesMax'>
}): Caller {
  return async ({ url, id, body, contentType = 'application/json', keys, headers, signal }) => {
    const startedAt = clock.now()
    const startedMs = performance.now()
    const since = () => Math.round(performance.now() - startedMs)
    try {
      const answer = await outbound.request({
        url,
        method: 'POST',
        headers: withOurs(headers, contentType, signedHeaders({ id, now: startedAt, body, keys })),
        body,
        timeoutMs: limits.attemptTimeoutMs,
        answerBytesMax: limits.answerBytesMax,
        overflow: 'truncate',
        redirectsMax: 0,
        httpsOnly: true,
        signal,
      })
      const retryAfterMs = retryAfter(answer.headers['retry-after'], startedAt)
      const { status } = answer
      const text = textOf(answer.body)
      if (retryAfterMs === undefined) return { startedAt, latencyMs: since(), status, answer: text }
      return { startedAt, latencyMs: since(), status, answer: text, retryAfterMs }
    } catch (error) {
      const isAborted = signal?.aborted === true
      const say = isAborted ? 'broken off by us' : sentenceOf(error)
      return { startedAt, latencyMs: since(), error: say, isAborted }
    }
  }
}

/** Ours hold, whatever the others say. Not a spread: it takes thirty times as long. */
function withOurs(
  others: Readonly<Record<string, string>> = {},
  contentType: string,
  signed: SignedHeaders,
): Record<string, string> {
  const headers: Record<string, string> = {
    'webhook-id': signed['webhook-id'],
    'webhook-timestamp': signed['webhook-timestamp'],
    'webhook-signature': signed['webhook-signature'],
    'content-type': contentType,
    'user-agent': userAgent,
  }
  for (const name of Object.keys(others)) {
    if (!Object.hasOwn(headers, name)) headers[name] = others[name] ?? ''
  }
  return headers
}

/** RFC 9110, section 10.2.3: seconds or an HTTP date. */
export function retryAfter(value: string | undefined, now: Date): number | undefined {
  const text = value?.trim()
  if (text === undefined || text === '') return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}

/** A body that is cut in the middle of a character loses that character only. */
function textOf(body: Uint8Array): string {
  return body.byteLength === 0 ? '' : new TextDecoder().decode(body).replace(/�+$/, '')
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The call failed.'
}
