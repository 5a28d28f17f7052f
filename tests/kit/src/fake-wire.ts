import { createHash } from 'node:crypto'
import { type Reply, type SeenRequest, startWeb } from './web.js'

export interface Page extends Reply {
  /** Sends a strong ETag of the body and answers a matching If-None-Match with 304. */
  readonly etag?: boolean
  /** Sent as Last-Modified; a newer or equal If-Modified-Since is answered with 304. */
  readonly lastModified?: Date
}

/** A source on the web: pages that a test sets, misbehaving on request. Unknown paths are 404. */
export interface FakeWire extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly requests: SeenRequest[]
  /** What the path answers from now on. `path` begins with a slash and may carry a query. */
  serve(path: string, page: Page): void
  stop(): Promise<void>
}

export interface FakeWireOptions {
  /** An address of the loopback network, so that several wires are several hosts. */
  readonly host?: string
}

export async function startFakeWire({ host }: FakeWireOptions = {}): Promise<FakeWire> {
  const pages = new Map<string, Page>()
  const requests: SeenRequest[] = []
  const { url, port, stop } = await startWeb((request) => {
    requests.push(request)
    const page = pages.get(request.path) ?? pages.get(request.path.split('?')[0] ?? '')
    return page ? conditional(page, request) : { status: 404, body: 'Nothing is served here.' }
  }, host)
  return {
    url,
    port,
    requests,
    serve: (path, page) => void pages.set(path, page),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** RFC 9110, section 13.2.2: If-None-Match wins over If-Modified-Since. */
function conditional({ etag, lastModified, ...reply }: Page, { headers }: SeenRequest): Reply {
  const validators: Record<string, string> = {}
  if (etag) validators['etag'] = etagOf(reply.body ?? '')
  if (lastModified) validators['last-modified'] = lastModified.toUTCString()
  const known = headers['if-none-match']
  const since = headers['if-modified-since']
  const isUnchanged =
    known === undefined
      ? lastModified !== undefined && since !== undefined && !isNewer(lastModified, since)
      : etag === true && known.split(/\s*,\s*/).some((tag) => bare(tag) === validators['etag'])
  if (!isUnchanged) return { ...reply, headers: { ...validators, ...reply.headers } }
  const { body: _, ...rest } = reply
  return { ...rest, status: 304, headers: validators }
}

const etagOf = (body: string | Buffer) =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`
const bare = (tag: string) => tag.replace(/^W\//, '')
/** HTTP dates have no milliseconds. */
const isNewer = (modified: Date, since: string) =>
  Math.floor(modified.getTime() / 1000) > Math.floor(new Date(since).getTime() / 1000)
