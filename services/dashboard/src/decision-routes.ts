import { randomUUID } from 'node:crypto'
import { callerOf, type Routes, requireRole } from '@newswire/http'
import { aliasSchema } from '@newswire/model'
import type { Store } from '@newswire/store'
import { type DecideOptions, decide } from './decide.js'
import { decisionRequests } from './decision-requests.js'

export interface DecisionRoutesOptions extends Omit<DecideOptions, 'newId'> {
  readonly store: Pick<Store, 'versionOfRaw' | 'itemState' | 'publicItem'>
  readonly newId?: () => string
}

/** `/api/v1/items/{id}/withdraw`, `/release`, `/link` and `/erase`. Admins only; audited. */
export function decisionRoutes(options: DecisionRoutesOptions): Routes {
  const { bus, store, clock, newId = randomUUID } = options
  return async (server) => {
    const aliases = await bus.register('aliases', aliasSchema)
    for (const { verb, summary, body, read } of decisionRequests({ store, aliases, clock })) {
      server.post(
        `/api/v1/items/:id/${verb}`,
        {
          preHandler: requireRole('admin'),
          schema: { tags: ['decisions'], summary, params, body, response },
        },
        async (request, reply) => {
          const { id } = request.params as { id: string }
          const decision = await read(id, request.body)
          const said = await decide({ bus, store, clock, newId }, decision, callerOf(request).keyId)
          return reply.code(202).header('location', `/api/v1/receipts/${said.receipt}`).send(said)
        },
      )
    }
  }
}

const params = {
  type: 'object',
  properties: { id: { type: 'string', description: 'The id of an item: `na-5123456`.' } },
  required: ['id'],
} as const

const response = {
  202: {
    type: 'object',
    description: 'The decision stands; id and version are there where it was carried out in time.',
    properties: {
      receipt: { type: 'string' },
      id: { type: 'string' },
      version: { type: 'integer' },
      reason: { type: 'string', description: 'Why nothing changed.' },
    },
  },
} as const
