import { type Routes, requireRole, schemaOf } from '@newswire/http'
import { z } from 'zod'
import type { Watch } from '../watch.js'

const querySchema = z.object({ range: z.enum(['24h', '30d']).default('24h') })

/** `/api/v1/history`: what passed the house; null where nothing is known. Admins only. */
export function historyRoutes({ watch }: { watch: Pick<Watch, 'history'> }): Routes {
  return (server) => {
    server.get(
      '/api/v1/history',
      {
        preHandler: requireRole('admin'),
        schema: {
          tags: ['status'],
          summary:
            'What passed the house: a step a minute for 24 hours, or half an hour for 30 days',
          querystring: schemaOf(querySchema),
        },
      },
      async (request) => watch.history(querySchema.parse(request.query).range),
    )
  }
}
