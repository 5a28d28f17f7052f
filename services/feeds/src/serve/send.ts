import { type HttpReply, type HttpRequest, Problem } from '@newswire/http'
import { chooseEncoding } from './encodings.js'
import { evaluate } from './preconditions.js'
import { feedVary, type Rendering } from './rendering.js'

/**
 * Sends a rendering by the request's conditions, in the encoding that it likes best: 200 or 304, or
 * a Problem (412) where the client demands another one. `onStatus` is told before it is sent.
 */
export async function sendRendering(
  { headers }: HttpRequest,
  reply: HttpReply,
  rendering: Rendering,
  onStatus: (status: number) => void = () => undefined,
): Promise<HttpReply> {
  const variant = await rendering.variant(chooseEncoding(listOf(headers['accept-encoding'])))
  const { etag, body } = variant
  const verdict = evaluate(headers, { etag, lastModified: rendering.lastModified })
  if (verdict === 'failed') throw notAsDemanded(etag)
  const isSent = verdict === 'send'
  const status = isSent ? 200 : 304
  onStatus(status)
  const fields = isSent ? variant.headers : variant.notModifiedHeaders
  for (let at = 0; at < fields.length; at += 2) reply.header(fields[at] ?? '', fields[at + 1])
  return reply.code(status).send(isSent ? body : undefined)
}

/** A field that was sent more than once is one list. */
export function listOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}

function notAsDemanded(etag: string): Problem {
  return new Problem({
    status: 412,
    slug: 'precondition-failed',
    title: 'The feed is another than demanded',
    detail: 'Ask without If-Match and If-Unmodified-Since, or with the ETag of this answer.',
    headers: { etag, vary: feedVary },
  })
}
