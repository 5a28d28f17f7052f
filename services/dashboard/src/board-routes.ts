import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import { addRoutes, type Routes, requireSession, useContentSecurityPolicy } from '@newswire/http'
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
    const board = createBullBoard({
      queues: [],
      serverAdapter: adapter,
      options: { uiConfig: { boardTitle: 'Newswire queues' } },
    })
    // The board's own handler makes a 500 of every refusal; ours stands outside its scope.
    adapter.setErrorHandler((error) => {
      throw error
    })
    let shown = 0
    // Stages open their queues when they start, after the routes were hung up.
    const showAll = async () => {
      const queues = jobs.boardQueues()
      if (queues.length === shown) return
      board.setQueues(queues.map((queue) => new BullMQAdapter(queue as BoardQueue)))
      shown = queues.length
    }
    await addRoutes(server, async (scope) => {
      useContentSecurityPolicy(scope, boardPolicy)
      scope.addHook('onRequest', requireSession('admin'))
      scope.addHook('onRequest', showAll)
      await scope.register(adapter.registerPlugin(), { prefix: path })
    })
  }
}
