import { callerOf, type HttpRequest, type HttpServer, requireRole, schemaOf } from '@newswire/http'
import { z } from 'zod'
import { pathParams, text } from '../registry/answers.js'
import type { WebhookAudit } from '../registry/audit.js'
import { given } from '../registry/given.js'
import type { Registry } from '../registry/registry.js'
import { bodyOf } from '../registry/requests.js'
import { ReplayDesk, type ReplayDeskOptions } from './replay-desk.js'
import type { Replay } from './replay-row.js'

const tags = ['webhooks']
const preHandler = requireRole('subscriber')
const count = { type: 'integer' } as const

const instant = z.iso.datetime({ offset: true })
export const replayBodySchema = z.strictObject({
  from: instant.optional().describe('Planned at this instant or later.'),
  to: instant.optional().describe('Planned before this instant.'),
  status: z
    .enum(['failed', 'all'])
    .optional()
    .describe('failed (default): what was not delivered; all: what was delivered too.'),
  sequences: z
    .strictObject({
      after: z.number().int().nonnegative().optional(),
      upTo: z.number().int().positive().optional(),
    })
    .optional()
    .describe('By `newswire-sequence`: above `after`, up to and with `upTo`.'),
})

const accepted = {
  type: 'object',
  properties: {
    id: text,
    count: { type: ['integer', 'null'], description: 'Items; null until they are counted.' },
  },
} as const

const progress = {
  type: 'object',
  properties: {
    id: text,
    state: { type: 'string', enum: ['planning', 'sending', 'done', 'stopped'] },
    requestedAt: text,
    finishedAt: { type: ['string', 'null'] },
    count: accepted.properties.count,
    planned: count,
    delivered: count,
    failed: count,
    superseded: count,
    left: { type: ['integer', 'null'], description: 'Items without a last word.' },
    reason: { type: ['string', 'null'] },
  },
} as const

/** Replays of one delivery, or of all that an endpoint missed; and how far they are. */
export function addReplays(
  server: HttpServer,
  options: ReplayDeskOptions & { readonly registry: Registry; readonly audit: WebhookAudit },
): void {
  const { registry, audit } = options
  const desk = new ReplayDesk(options)
  const idsOf = (request: HttpRequest) => request.params as Record<'id' | 'of', string>
  const webhookOf = (request: HttpRequest) => registry.get(idsOf(request).id, callerOf(request))
  const base = '/api/v1/webhooks/:id'
  server.post(
    `${base}/deliveries/:of/replay`,
    {
      preHandler,
      schema: {
        tags,
        summary: 'Sends the newest version of the item of a delivery once more',
        params: pathParams('id', 'of'),
        response: { 202: accepted },
      },
    },
    async (request, reply) => {
      const replay = await desk.askForOne(await webhookOf(request), idsOf(request).of)
      await audit(request, 'delivery.replay', idsOf(request).id, { delivery: idsOf(request).of })
      return reply.code(202).send(acceptedView(replay))
    },
  )
  server.post(
    `${base}/replay`,
    {
      preHandler,
      schema: {
        tags,
        summary: 'Sends what a webhook missed: newest versions, under their webhook-ids',
        params: pathParams('id'),
        body: schemaOf(replayBodySchema),
        response: { 202: accepted },
      },
    },
    async (request, reply) => {
      const { status = 'failed', sequences, from, to } = bodyOf(replayBodySchema, request.body)
      const wish = { kind: 'range', status, ...given({ ...sequences, from, to }) } as const
      const replay = await desk.askForRange(await webhookOf(request), wish)
      await audit(request, 'webhook.replay', idsOf(request).id, { status, ...sequences, from, to })
      request.log.info({ endpoint: idsOf(request).id, replay: replay.id }, 'replay asked for')
      return reply.code(202).send(acceptedView(replay))
    },
  )
  server.get(
    `${base}/replays/:of`,
    {
      preHandler,
      schema: {
        tags,
        summary: 'How far a replay is',
        params: pathParams('id', 'of'),
        response: { 200: progress },
      },
    },
    async (request) => progressView(await desk.get(await webhookOf(request), idsOf(request).of)),
  )
  server.delete(
    `${base}/replays/:of`,
    {
      preHandler,
      schema: {
        tags,
        summary: 'Cancels a replay: what is planned already is sent, and nothing more',
        params: pathParams('id', 'of'),
        response: { 200: progress },
      },
    },
    async (request) => {
      const { id, of } = idsOf(request)
      const replay = await desk.cancel(await webhookOf(request), of)
      await audit(request, 'webhook.cancel-replay', id, { replay: of })
      request.log.info({ endpoint: id, replay: of }, 'replay cancelled')
      return progressView(replay)
    },
  )
}

function acceptedView({ id, total }: Replay) {
  return { id, count: total ?? null }
}

function progressView(replay: Replay) {
  const { state, requestedAt, finishedAt, planned, delivered, failed, superseded } = replay
  const { total, reason } = replay
  return {
    ...acceptedView(replay),
    state,
    requestedAt,
    finishedAt: finishedAt ?? null,
    ...{ planned, delivered, failed, superseded },
    left: total === undefined ? null : total - delivered - failed - superseded,
    reason: reason ?? null,
  }
}
