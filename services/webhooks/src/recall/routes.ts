import { callerOf, type HttpServer, requireRole, schemaOf } from '@newswire/http'
import { z } from 'zod'
import type { UntilCurrent } from '../deliveries/current.js'
import { pathParams, text } from '../registry/answers.js'
import { bodyOf } from '../registry/requests.js'
import { type RecallOptions, readRecall } from './read-recall.js'
import { receiverStates } from './recall.js'

export interface RecallRoutesOptions extends RecallOptions {
  readonly untilCurrent: UntilCurrent
}

const recallQuerySchema = z.object({
  revision: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,9})?$/)
    .optional()
    .describe('2.1, or 2 for the version; else the newest correction or withdrawal.'),
})

const count = { type: 'integer' } as const

const receiver = {
  type: 'object',
  properties: {
    endpoint: text,
    state: { type: 'string', enum: [...receiverStates] },
    sent: { type: 'boolean', description: 'An attempt was made to tell it.' },
    delivery: { type: 'string', description: 'The `webhook-id`.' },
    revision: text,
    attempts: count,
    sentAt: text,
    acknowledgedAt: text,
    status: { type: 'integer', description: 'HTTP status of the last answer.' },
    nextAt: text,
    since: { type: 'string', description: 'Of state gone: when its webhook was deleted.' },
    reason: text,
  },
} as const

const response = {
  type: 'object',
  properties: {
    item: text,
    revision: text,
    kind: { type: 'string', enum: ['withdrawal', 'version'] },
    storedAt: { type: 'string', description: 'When the version became public.' },
    counts: {
      type: 'object',
      properties: {
        receivers: count,
        sent: count,
        acknowledged: count,
        pending: count,
        failed: count,
        spared: count,
        unknown: count,
        gone: { ...count, description: 'Their webhook was deleted before they acknowledged.' },
      },
    },
    complete: {
      type: 'boolean',
      description: 'Everyone who must be told, and is still there, has acknowledged it.',
    },
    completeAfterMs: {
      type: ['integer', 'null'],
      description: 'From `storedAt` to the last acknowledgement.',
    },
    receivers: {
      type: 'array',
      items: receiver,
      description: 'At most 1,000; the open ones first.',
    },
    truncated: { type: 'boolean', description: 'There are more receivers than are listed.' },
  },
} as const

/** `GET /api/v1/items/{id}/recall`: who was told of a correction or withdrawal, and who not yet. */
export function addRecall(server: HttpServer, options: RecallRoutesOptions): void {
  server.get(
    '/api/v1/items/:id/recall',
    {
      preHandler: requireRole('subscriber'),
      schema: {
        tags: ['webhooks'],
        summary: 'Who was told of a correction or withdrawal; for a subscriber: of its webhooks',
        params: pathParams('id'),
        querystring: schemaOf(recallQuerySchema),
        response: { 200: response },
      },
    },
    async (request) => {
      const { id } = request.params as { id: string }
      const { revision } = bodyOf(recallQuerySchema, request.query)
      const { role, keyId } = callerOf(request)
      await options.untilCurrent({ items: true })
      const owner = role === 'admin' ? undefined : keyId
      return await readRecall(options, { item: id, revision, owner })
    },
  )
}
