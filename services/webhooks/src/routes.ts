import { randomBytes } from 'node:crypto'
import type { Bus } from '@newswire/bus'
import {
  callerOf,
  type HttpRequest,
  type HttpServer,
  type Outbound,
  type Routes,
  requireRole,
  schemaOf,
} from '@newswire/http'
import { type Clock, type SecretBox, systemClock } from '@newswire/runtime'
import { createCaller } from './deliver/call.js'
import { renderEvent } from './deliver/events.js'
import { readHistory } from './ledger/history.js'
import { type WebhookLimits, webhookLimits } from './limits.js'
import { answers, cursorOf, positionOf, webhookView } from './registry/answers.js'
import { keysOf } from './registry/directory.js'
import { Registry } from './registry/registry.js'
import {
  bodyOf,
  historyQuerySchema,
  newWebhookSchema,
  webhookChangeSchema,
} from './registry/requests.js'
import { webhookRowSchema } from './registry/webhook-row.js'
import { leaseRowSchema } from './shard/lease.js'
import { shardsDefault } from './webhooks.js'

export interface WebhookRoutesOptions {
  readonly bus: Bus
  readonly outbound: Outbound
  readonly secrets: SecretBox
  /** As the workers have it. */
  readonly shards?: number
  readonly clock?: Clock
  readonly limits?: Partial<WebhookLimits>
}

const base = '/api/v1/webhooks'
const tags = ['webhooks']
const ids = {
  type: 'object',
  properties: { id: { type: 'string' } },
  required: ['id'],
} as const

/** `/api/v1/webhooks`: the registry, the test call and the ledger, for the owner of a key. */
export function webhookRoutes(options: WebhookRoutesOptions): Routes {
  return async (server) => {
    const { bus, clock = systemClock, shards = shardsDefault } = options
    const limits = { ...webhookLimits, ...options.limits }
    const endpoints = await bus.register('endpoints', webhookRowSchema)
    const leases = await bus.register('leases', leaseRowSchema)
    const room = { ...options, clock, shards, limits }
    const registry = new Registry({ ...room, endpoints, leases })
    addRegistry(server, registry)
    addTest(server, registry, room)
    addHistory(server, registry, room)
  }
}

type Room = WebhookRoutesOptions & { readonly clock: Clock; readonly limits: WebhookLimits }

const preHandler = requireRole('subscriber')
const idOf = (request: HttpRequest) => (request.params as { id: string }).id

function addRegistry(server: HttpServer, registry: Registry): void {
  server.post(
    base,
    {
      preHandler,
      schema: {
        tags,
        summary: 'Registers a webhook; the secret is shown this once',
        body: schemaOf(newWebhookSchema),
        response: { 201: answers.created },
      },
    },
    async (request, reply) => {
      const wish = bodyOf(newWebhookSchema, request.body)
      const { row, secret } = await registry.create(wish, callerOf(request))
      request.log.info({ endpoint: row.id }, 'webhook registered')
      return reply
        .code(201)
        .header('location', `${base}/${row.id}`)
        .header('cache-control', 'no-store')
        .send({ ...webhookView(row), secret })
    },
  )
  server.get(
    base,
    {
      preHandler,
      schema: { tags, summary: 'The webhooks of your key', response: { 200: answers.webhooks } },
    },
    async (request) => {
      const rows = await registry.list(callerOf(request))
      return { items: rows.map(webhookView), next: null }
    },
  )
  addOne(server, registry)
}

function addOne(server: HttpServer, registry: Registry): void {
  server.get(
    `${base}/:id`,
    {
      preHandler,
      schema: { tags, summary: 'One webhook', params: ids, response: { 200: answers.webhook } },
    },
    async (request) => webhookView(await registry.get(idOf(request), callerOf(request))),
  )
  server.patch(
    `${base}/:id`,
    {
      preHandler,
      schema: {
        tags,
        summary: 'Changes a webhook; another url is verified again',
        params: ids,
        body: schemaOf(webhookChangeSchema),
        response: { 200: answers.webhook },
      },
    },
    async (request) => {
      const wish = bodyOf(webhookChangeSchema, request.body)
      return webhookView(await registry.change(idOf(request), wish, callerOf(request)))
    },
  )
  server.delete(
    `${base}/:id`,
    { preHandler, schema: { tags, summary: 'Deletes a webhook', params: ids } },
    async (request, reply) => {
      await registry.remove(idOf(request), callerOf(request))
      request.log.info({ endpoint: idOf(request) }, 'webhook deleted')
      return reply.code(204).send()
    },
  )
  server.post(
    `${base}/:id/rotate-secret`,
    {
      preHandler,
      schema: {
        tags,
        summary: 'Makes a new secret; the old one signs beside it for 24 hours',
        params: ids,
        response: { 200: answers.created },
      },
    },
    async (request, reply) => {
      const { row, secret } = await registry.rotateSecret(idOf(request), callerOf(request))
      return reply.header('cache-control', 'no-store').send({ ...webhookView(row), secret })
    },
  )
}

function addTest(server: HttpServer, registry: Registry, room: Room): void {
  const { clock, secrets } = room
  const call = createCaller(room)
  server.post(
    `${base}/:id/test`,
    {
      preHandler,
      schema: {
        tags,
        summary: 'Sends a signed webhook.test and tells the answer',
        params: ids,
        response: { 200: answers.tested },
      },
    },
    async (request) => {
      const row = await registry.get(idOf(request), callerOf(request))
      const now = clock.now()
      const { status, latencyMs, answer, error } = await call({
        url: row.url,
        id: `msg_test_${randomBytes(12).toString('base64url')}`,
        body: renderEvent('webhook.test', now, { webhook: row.id }),
        keys: keysOf(row, secrets)(now),
      })
      return {
        delivered: status !== undefined && status >= 200 && status < 300,
        status: status ?? null,
        latencyMs,
        answer: answer ?? null,
        error: error ?? null,
      }
    },
  )
}

function addHistory(server: HttpServer, registry: Registry, { bus, limits }: Room): void {
  server.get(
    `${base}/:id/deliveries`,
    {
      preHandler,
      schema: {
        tags,
        summary: 'What was sent to a webhook and what came of it, newest first',
        params: ids,
        querystring: schemaOf(historyQuerySchema),
        response: { 200: answers.deliveries },
      },
    },
    async (request) => {
      const row = await registry.get(idOf(request), callerOf(request))
      const { limit = limits.historyPageMax, cursor } = bodyOf(historyQuerySchema, request.query)
      const before = cursor === undefined ? {} : { before: positionOf(cursor) }
      const page = await readHistory(bus, limits, { endpoint: row.id, limit, ...before })
      return { items: page.items, next: cursorOf(page.before) }
    },
  )
}
