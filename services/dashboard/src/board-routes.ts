import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import { requireSession, type Routes, useContentSecurityPolicy } from '@newswire/http'
import type { Jobs } from '@newswire/jobs'

type BoardQueue = ConstructorParameters<typeof BullMQAdapter>[0]

const path = '/dashboard/queues'

/** The board's own page carries a script and styles in its markup. */
const boardPolicy =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"

/** bull-board for every BullMQ queue, behind the login. */
export function boardRoutes({ jobs }: { jobs: Pick<Jobs, 'boardQueues'> }): Routes {
  return async (server) => {
    const adapter = new FastifyAdapter()
    adapter.setBasePath(path)
    createBullBoard({
      queues: jobs.boardQueues().map((queue) => new BullMQAdapter(queue as BoardQueue)),
      serverAdapter: adapter,
      options: { uiConfig: { boardTitle: 'Newswire queues' } },
    })
    await server.register(async (scope) => {
      scope.addHook('onRequest', requireSession('admin'))
      useContentSecurityPolicy(scope, boardPolicy)
      await scope.register(adapter.registerPlugin(), { prefix: path })
    })
  }
}
