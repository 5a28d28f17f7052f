import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import {
  addRoutes,
  callerOf,
  type HttpRequest,
  type Routes,
  requireSession,
  useContentSecurityPolicy,
} from '@newswire/http'
import type { Jobs } from '@newswire/jobs'
import type { Audit } from './audit.js'

type BoardQueue = ConstructorParameters<typeof BullMQAdapter>[0]

const path = '/dashboard/queues'

export interface BoardRoutesOptions {
  readonly jobs: Pick<Jobs, 'boardQueues'>
  readonly audit: Audit
}

/** The board's own page carries a script and styles in its markup. */
const boardPolicy =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"

/** The board's page asks another house for its letters; ours tell nobody who looks. */
const foreignStyles = /<link\b[^>]*\bhref="https?:[^>]*>\s*/g

function withoutForeignStyles(payload: unknown): unknown {
  return typeof payload === 'string' ? payload.replace(foreignStyles, '') : payload
}

/** bull-board for every BullMQ queue, behind the login. */
export function boardRoutes({ jobs, audit }: BoardRoutesOptions): Routes {
  return async (server) => {
    const adapter = new FastifyAdapter()
    adapter.setBasePath(path)
    const board = createBullBoard({
      queues: [],
      serverAdapter: adapter,
      options: {
        uiConfig: {
          boardTitle: 'Newswire queues',
          miscLinks: [{ text: 'Newswire', url: '/dashboard' }],
        },
      },
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
    // Written before it is done: the board itself tells nobody what came of it.
    const auditChange = async (request: HttpRequest) => {
      const { method, url } = request
      if (method === 'GET' || method === 'HEAD') return
      const subject = url.slice(`${path}/api/queues/`.length).split('?')[0] ?? ''
      const { keyId: actor } = callerOf(request)
      await audit({ actor, action: `queue.${method.toLowerCase()}`, subject })
    }
    await addRoutes(server, async (scope) => {
      useContentSecurityPolicy(scope, boardPolicy)
      scope.addHook('onRequest', requireSession('admin'))
      scope.addHook('onRequest', showAll)
      scope.addHook('onRequest', auditChange)
      scope.addHook('onSend', async (_request, reply, payload) => {
        const isPage = String(reply.getHeader('content-type')).startsWith('text/html')
        return isPage ? withoutForeignStyles(payload) : payload
      })
      await scope.register(adapter.registerPlugin(), { prefix: path })
    })
  }
}
