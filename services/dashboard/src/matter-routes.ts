import { type HttpRequest, type Routes, requireRole, schemaOf } from '@newswire/http'
import type { Store } from '@newswire/store'
import { z } from 'zod'
import { readMatters } from './matters.js'

/** Matters in one answer. */
const pageLimits = { mattersDefault: 50, mattersMax: 200 } as const

const querySchema = z.object({
  limit: z.number().int().min(1).max(pageLimits.mattersMax).default(pageLimits.mattersDefault),
})

export interface MatterRoutesOptions {
  readonly store: Pick<Store, 'openMatters' | 'kin'>
}

/** `/api/v1/matters`: what waits for a person. Admins only, since held items are among them. */
export function matterRoutes({ store }: MatterRoutesOptions): Routes {
  return (server) => {
    server.get(
      '/api/v1/matters',
      {
        preHandler: requireRole('admin'),
        schema: {
          tags: ['decisions'],
          summary: 'Notices without their item and embargoes that can’t be read, newest first',
          querystring: schemaOf(querySchema),
        },
      },
      async (request: HttpRequest) => {
        const { limit } = querySchema.parse(request.query)
        return { items: await readMatters(store, { limit }), next: null }
      },
    )
  }
}
