import { type Routes, requireRole } from '@newswire/http'
import { type OverviewOptions, readOverview } from './overview.js'

/** `/api/v1/status`: what the overview shows, as JSON. Admins only. */
export function statusRoutes(options: OverviewOptions): Routes {
  return (server) => {
    server.get(
      '/api/v1/status',
      {
        preHandler: requireRole('admin'),
        schema: { tags: ['status'], summary: 'Stages, sources, queues and dead letters' },
      },
      async () => {
        const { deadLetters, matters, ...overview } = await readOverview(options)
        return { ...overview, deadLetters: deadLetters.count, matters: matters.length }
      },
    )
  }
}
