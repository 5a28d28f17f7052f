import { type Routes, requireRole } from '@newswire/http'
import type { Watch } from '../watch.js'

/** `/api/v1/overview`: every stage at this moment. Admins only. */
export function overviewRoutes({ watch }: { watch: Pick<Watch, 'overview'> }): Routes {
  return (server) => {
    server.get(
      '/api/v1/overview',
      {
        preHandler: requireRole('admin'),
        schema: {
          tags: ['status'],
          summary: 'Stages, deliveries, sources, queues, streams and alarms at this moment',
        },
      },
      () => watch.overview(),
    )
  }
}
