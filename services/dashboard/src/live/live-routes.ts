import {
  type HttpReply,
  type HttpRequest,
  identify,
  networkOf,
  publicLimit,
  type Routes,
} from '@newswire/http'
import { liveLimits } from './limits.js'
import type { LiveHub } from './live-hub.js'

/**
 * `/api/v1/live`: server-sent events. Anybody reads items; admins the rest too. A reader that comes
 * back with `Last-Event-ID` (or `?after=`) is told what it missed, or `reset` where that is more
 * than is kept. With `?webhook=` its owner and admins read its deliveries and nothing else; others
 * are told nothing, not even whether it is there.
 */
export function liveRoutes({ live }: { live: LiveHub }): Routes {
  return (server) => {
    server.addHook('preClose', async () => live.endAll())
    server.get(
      '/api/v1/live',
      {
        config: publicLimit,
        // A stream has no end, and its head alone would take a reader's place as long.
        exposeHeadRoute: false,
        schema: {
          tags: ['status'],
          summary: 'What happens, as server-sent events: items, and for admins all the rest',
          querystring: {
            type: 'object',
            properties: {
              after: { type: 'integer', minimum: 0, description: 'The last id.' },
              webhook: {
                type: 'string',
                maxLength: liveLimits.webhookCharsMax,
                description: 'Only the deliveries of this webhook, for its owner and admins.',
              },
            },
          },
        },
      },
      async (request, reply) => {
        const caller = await identify(request)
        const address = networkOf(request.ip)
        live.check(address, caller)
        begin(reply)
        const { webhook } = request.query as { webhook?: string }
        live.join(reply.raw, { caller, address, webhook, after: placeOf(request) })
      },
    )
  }
}

function begin(reply: HttpReply): void {
  reply.hijack()
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // A proxy that waits for more would tell late.
    'x-accel-buffering': 'no',
  })
  reply.raw.write(`retry: ${liveLimits.retryMs}\n\n`)
}

function placeOf({ headers, query }: HttpRequest): number | undefined {
  const given = headers['last-event-id'] ?? (query as { after?: number }).after
  if (given === undefined || given === '') return undefined
  const place = Number(given)
  // What is no place of ours is like one that is forgotten.
  return Number.isSafeInteger(place) && place >= 0 ? place : -1
}
