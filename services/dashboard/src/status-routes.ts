import { type Routes, requireRole } from '@newswire/http'
import { readStatus, type StatusOptions } from './status.js'

/** `/api/v1/status`: how far each part of the house is. Admins only. */
export function statusRoutes(options: StatusOptions): Routes {
  return (server) => {
    server.get(
      '/api/v1/status',
      {
        preHandler: requireRole('admin'),
        schema: { tags: ['status'], summary: 'Stages, sources, queues and dead letters' },
      },
      () => readStatus(options),
    )
  }
}
