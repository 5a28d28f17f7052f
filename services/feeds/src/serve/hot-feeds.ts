import type { IncomingMessage } from 'node:http'
import type { FirstAnswer } from '@newswire/http'
import type { Counter } from '@newswire/runtime'
import { chooseEncoding } from './encodings.js'
import { evaluate } from './preconditions.js'
import type { Rendering } from './rendering.js'

/** A kept feed that is right at this moment. */
export interface Hot {
  readonly format: string
  readonly rendering: Rendering
}

export interface HotFeedsOptions {
  /** By the whole address as it is sent. */
  readonly peek: (path: string) => Hot | undefined
  /** `format` and `status`. */
  readonly served: Counter
}

/** Fields that ask for more than a whole feed or a 304. */
const rare = ['a-im', 'if-match', 'if-unmodified-since'] as const

/**
 * Answers for feeds that are kept, right and encoded, without the server's routing: a poll costs
 * little more than sending the bytes. Everything else goes on to the routes, which answer the same.
 */
export function hotFeeds({ peek, served }: HotFeedsOptions): FirstAnswer {
  return (request, response, mayAnswer) => {
    const hot = hotOf(request, peek)
    const variant = hot?.rendering.ready(chooseEncoding(header(request, 'accept-encoding')))
    if (!hot || !variant || !mayAnswer()) return false
    const { etag, body, headers, notModifiedHeaders } = variant
    const { lastModified } = hot.rendering
    const isSent = evaluate(request.headers, { etag, lastModified }) === 'send'
    const status = isSent ? 200 : 304
    served.add(1, { format: hot.format, status: String(status) })
    response.writeHead(status, (isSent ? headers : notModifiedHeaders) as string[])
    response.end(isSent && request.method === 'GET' ? body : undefined)
    return true
  }
}

function hotOf(request: IncomingMessage, peek: HotFeedsOptions['peek']): Hot | undefined {
  const { method, url = '', headers } = request
  if ((method !== 'GET' && method !== 'HEAD') || !url.startsWith('/feeds/')) return undefined
  if (rare.some((name) => headers[name] !== undefined)) return undefined
  if (headers.accept && /text\/html/i.test(headers.accept)) return undefined
  // A body that nobody reads would stand before the next request of the connection.
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) {
    return undefined
  }
  return peek(url)
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}
