import { callerOf, type HttpServer, requireRole, schemaOf } from '@newswire/http'
import type { Store } from '@newswire/store'
import { list, text } from '../registry/answers.js'
import type { Registry } from '../registry/registry.js'
import { bodyOf, listQuerySchema } from '../registry/requests.js'

export interface CountsRoutesOptions {
  readonly store: Pick<Store, 'deliveries'>
  readonly registry: Pick<Registry, 'list'>
}

const count = { type: 'integer' } as const
const none = { waiting: 0, retry: 0, delivered: 0, failed: 0, superseded: 0 }
const counts = {
  type: 'object',
  properties: {
    endpoint: text,
    ...{ waiting: count, retry: count, delivered: count, failed: count, superseded: count },
  },
} as const

/**
 * `GET /api/v1/webhooks/counts`: how the deliveries of webhooks stand, page by page as the list of
 * webhooks is. Where the read model is behind, so are the numbers.
 */
export function addCounts(server: HttpServer, { store, registry }: CountsRoutesOptions): void {
  server.get(
    '/api/v1/webhooks/counts',
    {
      preHandler: requireRole('subscriber'),
      schema: {
        tags: ['webhooks'],
        summary: 'How the kept deliveries of your webhooks stand, in the order of their list',
        querystring: schemaOf(listQuerySchema),
        response: { 200: list(counts) },
      },
    },
    async (request) => {
      const page = bodyOf(listQuerySchema, request.query)
      const { items, next } = await registry.list(callerOf(request), page)
      const found = await store.deliveries.counts(items.map(({ id }) => id))
      return { items: items.map(({ id }) => ({ endpoint: id, ...none, ...found.get(id) })), next }
    },
  )
}
