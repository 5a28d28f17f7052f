import {
  answerFirst,
  type HttpReply,
  type HttpRequest,
  Problem,
  publicLimit,
  type Routes,
} from '@newswire/http'
import type { Counter, Metrics } from '@newswire/runtime'
import { type FeedAddress, readFeedAddress } from './address.js'
import { feedAsPage } from './page/feed-as-page.js'
import { pageLanguage } from './page/language.js'
import { prefersPage } from './page/prefers-page.js'
import { privateHeaders, readerOf, type TokenFinder } from './private/address.js'
import { formats } from './render/render.js'
import { ElsewhereError, type Rendering, type Renderings } from './renderings.js'
import { hotFeeds } from './serve/hot-feeds.js'
import { linkField } from './serve/link-field.js'
import { entityTags } from './serve/preconditions.js'
import { createRendering, feedVary, readableByAll, sequenceOf } from './serve/rendering.js'
import { listOf, sendRendering } from './serve/send.js'

export interface FeedRoutesOptions {
  readonly renderings: Renderings
  readonly metrics: Metrics
  /** Without a slash at the end. */
  readonly publicUrl: string
  readonly tokens?: TokenFinder
  /** Since when feeds may lack what is newer; undefined while they are as of now. */
  readonly asOf: () => Date | undefined
}

/** What a page of another site may send along (CORS). */
const preflight = {
  ...readableByAll,
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': 'If-None-Match, If-Modified-Since, A-IM',
  'access-control-max-age': '86400',
}

/** `/feeds/rss|atom|json|ninjs?<filter>&limit=`: public, conditional, one address per filter. */
export function feedRoutes(options: FeedRoutesOptions): Routes {
  const { renderings, metrics, asOf, publicUrl, tokens } = options
  const served = metrics.counter({
    name: 'newswire_feed_requests_total',
    help: 'Feed requests by format and HTTP status.',
    labels: ['format', 'status'],
  })

  async function serve(request: HttpRequest, reply: HttpReply): Promise<HttpReply> {
    const url = new URL(request.url, 'http://feeds.invalid')
    reply.headers(readableByAll)
    await readerOf(url.searchParams, reply, tokens)
    const address = readFeedAddress(url.pathname.slice('/feeds/'.length), url.searchParams)
    if (asSent(request.url) !== address.path) {
      served.add(1, { format: address.format, status: '308' })
      return reply.redirect(address.path, 308)
    }
    const answer = new FeedAnswer(request, reply, address, served)
    try {
      const behind = asOf()
      if (behind !== undefined) reply.header('newswire-as-of', behind.toISOString())
      if (isForPeople(request, address)) return await answer.page(renderings, publicUrl)
      return await answer.feed(renderings)
    } catch (error) {
      if (error instanceof ElsewhereError) return answer.elsewhere(error.path)
      throw error
    }
  }

  return (server) => {
    const peek = (path: string) => (asOf() === undefined ? renderings.peek(path) : undefined)
    answerFirst(server, hotFeeds({ peek, served }))
    server.get(
      '/feeds/:format',
      {
        config: publicLimit,
        schema: {
          tags: ['feeds'],
          summary: 'A feed for any filter',
          description:
            'Formats: rss, atom, json, ninjs. The filter keys region, topic, lang, source, issuer and q take values joined by commas; each also as not.<key>. `limit` (1 to 500), `hl` (de, en, fr, it, es: the language of the title), `archive` (as the link prev-archive says) and `token` (private sources). Every other spelling redirects (308) to the canonical address. Conditional requests (RFC 9110), gzip and br, `A-IM: feed` (RFC 3229), archives (RFC 5005).',
          params: { type: 'object', properties: { format: { type: 'string' } } },
        },
      },
      serve,
    )
    const hidden = { config: publicLimit, schema: { hide: true } }
    server.options('/feeds/:format', hidden, (_request, reply) =>
      reply
        .code(204)
        .headers({ ...preflight, allow: 'GET, HEAD, OPTIONS' })
        .send(),
    )
    server.route({
      method: ['POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/feeds/:format',
      ...hidden,
      handler: () => {
        throw new Problem({
          status: 405,
          slug: 'read-only',
          title: 'Feeds are read',
          detail: 'Ask with GET or HEAD. Items come in with POST /api/v1/items.',
          headers: { allow: 'GET, HEAD, OPTIONS', ...readableByAll },
        })
      },
    })
  }
}

/** One answer to one request for a feed. */
class FeedAnswer {
  readonly #request: HttpRequest
  readonly #reply: HttpReply
  readonly #address: FeedAddress
  readonly #served: Counter

  constructor(request: HttpRequest, reply: HttpReply, address: FeedAddress, served: Counter) {
    this.#request = request
    this.#reply = reply
    this.#address = address
    this.#served = served
  }

  /** The feed, or what changed in it. */
  async feed(renderings: Renderings): Promise<HttpReply> {
    const rendering = await renderings.get(this.#address)
    // A reply is a promise of its own end: nothing can be decided by one that was awaited.
    const changes = await this.#changesOf(renderings)
    return changes === undefined ? this.#whole(rendering) : this.#changes(rendering, changes)
  }

  /** 200 or 304, or 412 where the client demands another representation. */
  #whole(rendering: Rendering): Promise<HttpReply> {
    return sendRendering(this.#request, this.#reply, rendering, (status) => this.#count(status))
  }

  /** What changed since the client's copy (RFC 3229, `feed`), where it asks for that. */
  async #changesOf(renderings: Renderings): Promise<Buffer | undefined> {
    const { headers } = this.#request
    const isConditional = headers['if-match'] ?? headers['if-unmodified-since']
    if (isConditional !== undefined || !wantsChanges(listOf(headers['a-im']))) return undefined
    const known = entityTags(headers['if-none-match'] ?? '').map(sequenceOf)
    const after = Math.max(-1, ...known.filter((sequence) => sequence !== undefined))
    return after < 0 ? undefined : renderings.delta(this.#address, after)
  }

  /** 226 with that. A cache that knows RFC 3229 takes `im` for leave to keep it all the same. */
  #changes(rendering: Rendering, body: Buffer): HttpReply {
    this.#count(226)
    const { etag, lastModified, mediaType, isPrivate } = rendering
    return this.#reply
      .code(226)
      .headers({
        im: 'feed',
        etag,
        ...(lastModified === undefined ? {} : { 'last-modified': lastModified.toUTCString() }),
        'cache-control': isPrivate ? privateHeaders['cache-control'] : 'no-store, im',
        vary: feedVary,
        link: rendering.link,
      })
      .type(mediaType)
      .send(body)
  }

  /** The same entries for people. */
  async page(renderings: Renderings, publicUrl: string): Promise<HttpReply> {
    const { hl } = this.#request.query as { hl?: string }
    const language = pageLanguage(hl, this.#request.headers['accept-language'])
    const loaded = await renderings.page(this.#address)
    const written = feedAsPage(this.#address, loaded, { publicUrl, language })
    const self = `${publicUrl}${this.#address.path}`
    return this.#whole(
      createRendering({
        body: Buffer.from(written),
        mediaType: 'text/html; charset=utf-8',
        sequence: Math.max(0, ...loaded.items.map(({ sequence }) => sequence)),
        // What a person sees depends on more than its entries.
        lastModified: undefined,
        link: linkField({ self, ...loaded.links }),
        isPrivate: this.#address.token !== undefined,
        isPage: true,
      }),
    )
  }

  elsewhere(path: string): HttpReply {
    this.#count(307)
    if (this.#address.token === undefined) this.#reply.header('cache-control', 'no-cache')
    return this.#reply.redirect(path, 307)
  }

  #count(status: number): void {
    this.#served.add(1, { format: this.#address.format, status: String(status) })
  }
}

/** Before any parsing, which drops a lone `?`. A proxy may send the whole address. */
function asSent(target: string): string {
  return target.replace(/^https?:\/\/[^/?#]*/i, '')
}

function isForPeople({ headers }: HttpRequest, { format }: FeedAddress): boolean {
  return prefersPage(headers.accept, formats[format].mediaType)
}

function wantsChanges(manipulations: string | undefined): boolean {
  return (manipulations ?? '').split(',').some((each) => {
    const [name = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase())
    return name === 'feed' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  })
}
