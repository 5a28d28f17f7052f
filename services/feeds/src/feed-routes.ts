import { type HttpReply, type HttpRequest, publicLimit, type Routes } from '@newswire/http'
import type { Metrics } from '@newswire/runtime'
import { readFeedAddress } from './address.js'
import { isNotModified } from './conditional.js'
import { formats } from './render/render.js'
import type { Renderings } from './renderings.js'

export interface FeedRoutesOptions {
  readonly renderings: Renderings
  readonly metrics: Metrics
}

/** `/feeds/rss|atom|json|ninjs?<filter>&limit=`: public, conditional, one address per filter. */
export function feedRoutes({ renderings, metrics }: FeedRoutesOptions): Routes {
  const served = metrics.counter({
    name: 'newswire_feed_requests_total',
    help: 'Feed requests by format and HTTP status.',
    labels: ['format', 'status'],
  })

  async function serve(request: HttpRequest, reply: HttpReply): Promise<HttpReply> {
    const url = new URL(request.url, 'http://feeds.invalid')
    const format = url.pathname.slice('/feeds/'.length)
    const address = readFeedAddress(format, url.searchParams)
    const count = (status: number) => served.add(1, { format: address.format, status: `${status}` })
    reply.header('access-control-allow-origin', '*')
    // As it was sent: the parser drops a lone `?`. A proxy may send the whole address.
    if (!request.url.endsWith(address.path)) {
      count(308)
      return reply.redirect(address.path, 308)
    }
    const { body, etag, lastModified } = await renderings.get(address)
    reply
      .header('etag', etag)
      .header('last-modified', lastModified.toUTCString())
      // A withdrawal must show within a second, so whoever keeps a copy asks each time: a 304 is
      // cheap.
      .header('cache-control', 'public, no-cache')
      .header('access-control-expose-headers', 'ETag, Last-Modified')
    const conditions = {
      ifNoneMatch: request.headers['if-none-match'],
      ifModifiedSince: request.headers['if-modified-since'],
    }
    if (isNotModified(conditions, { etag, lastModified })) {
      count(304)
      return reply.code(304).send()
    }
    count(200)
    return reply.type(formats[address.format].mediaType).send(body)
  }

  return (server) => {
    server.get(
      '/feeds/:format',
      {
        config: publicLimit,
        schema: {
          tags: ['feeds'],
          summary: 'A feed for any filter',
          description:
            'Formats: rss, atom, json, ninjs. The filter keys region, topic, lang, source, issuer and q take values joined by commas; each also as not.<key>. Every other spelling redirects (308) to the canonical address.',
          params: { type: 'object', properties: { format: { type: 'string' } } },
        },
      },
      serve,
    )
  }
}
