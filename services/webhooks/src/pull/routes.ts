import { callerOf, type HttpServer, requireRole, schemaOf } from '@newswire/http'
import type { Log } from '@newswire/runtime'
import { z } from 'zod'
import type { UntilCurrent } from '../deliveries/current.js'
import type { WebhookLimits } from '../limits.js'
import { pathParams, text, textOrNull } from '../registry/answers.js'
import type { Registry } from '../registry/registry.js'
import { bodyOf } from '../registry/requests.js'
import { type EventsOptions, eventsAfter, type PulledEvent } from './events-after.js'
import { PlanTail, type PlanTailOptions } from './plan-tail.js'

export interface PullRoutesOptions extends EventsOptions {
  readonly bus: EventsOptions['bus'] & PlanTailOptions['bus']
  readonly registry: Pick<Registry, 'get'>
  readonly untilCurrent: UntilCurrent
  readonly limits: Pick<
    WebhookLimits,
    'eventsCharsMax' | 'pullsWaitingMax' | 'pullsWaitingPerWebhookMax'
  >
}

const pullQuerySchema = z.object({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('The last `newswire-sequence` that you have; 0, the default, for all.'),
  limit: z.coerce.number().int().min(1).max(200).optional().describe('Default 50.'),
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(30)
    .optional()
    .describe('Seconds that the answer may wait for the next event. Default 0.'),
})

const limitDefault = 50

const response = {
  type: 'object',
  properties: {
    items: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: { type: 'string', description: 'The `webhook-id`.' },
          sequence: { type: 'integer' },
          previous: { type: ['integer', 'null'] },
          item: text,
          revision: text,
          superseded: {
            type: 'boolean',
            description: 'Nothing would be sent any more; go on with the next.',
          },
          event: {
            type: ['object', 'null'],
            description: 'The body of the call, as it would be sent today.',
          },
        },
      },
    },
    next: textOrNull,
    after: { type: 'integer', description: 'Give it as `after` for what comes next.' },
  },
} as const

/** `GET /api/v1/webhooks/{id}/events`: what a webhook may have missed, in order. */
export function addPull(server: HttpServer, options: PullRoutesOptions): void {
  const tail = new PlanTail({ bus: options.bus, log: server.log as Log })
  server.addHook('preClose', () => tail.stop())
  server.get(
    '/api/v1/webhooks/:id/events',
    {
      preHandler: requireRole('subscriber'),
      schema: {
        tags: ['webhooks'],
        summary: 'What was planned for a webhook after a sequence, in order; changes nothing',
        params: pathParams('id'),
        querystring: schemaOf(pullQuerySchema),
        response: { 200: response },
      },
    },
    async (request, reply) => {
      const { id } = request.params as { id: string }
      const { after = 0, limit = limitDefault, wait = 0 } = bodyOf(pullQuerySchema, request.query)
      const read = async () => {
        const row = await options.registry.get(id, callerOf(request))
        await options.untilCurrent({ items: true })
        const charsMax = options.limits.eventsCharsMax
        return await eventsAfter(options, row, { sequence: after, limit, charsMax })
      }
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(wait * 1_000)])
      const isPatient = wait > 0 && hasRoom(tail, id, options.limits)
      const items = isPatient ? await readPatiently(tail, id, read, signal) : await read()
      return { items, next: null, after: items.at(-1)?.sequence ?? after }
    },
  )
}

/** Nobody takes the places of all others with one webhook. */
function hasRoom(tail: PlanTail, id: string, limits: PullRoutesOptions['limits']): boolean {
  return tail.size < limits.pullsWaitingMax && tail.countAt(id) < limits.pullsWaitingPerWebhookMax
}

/** Until there is something to tell or the signal comes: each look follows a plan. */
async function readPatiently(
  tail: PlanTail,
  endpoint: string,
  read: () => Promise<PulledEvent[]>,
  signal: AbortSignal,
): Promise<PulledEvent[]> {
  while (!signal.aborted && !tail.isEnded) {
    const waiter = await tail.listen(endpoint)
    try {
      const items = await read()
      if (items.length > 0) return items
      await waiter.planned(signal)
    } finally {
      waiter.end()
    }
  }
  return await read()
}
