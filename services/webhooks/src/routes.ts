import type { Bus } from '@newswire/bus'
import {
  callerOf,
  describeCalls,
  type HttpRequest,
  type HttpServer,
  keyRowSchema,
  type Outbound,
  type Routes,
  requireRole,
  schemaOf,
} from '@newswire/http'
import { type Clock, type SecretBox, systemClock } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import { createCaller } from './deliver/call.js'
import { sendTest } from './deliver/test-call.js'
import { addCounts } from './deliveries/counts-routes.js'
import { createUntilCurrent } from './deliveries/current.js'
import { addDeliveries } from './deliveries/routes.js'
import { webhookCalls } from './described/calls.js'
import { addDrill } from './drill/drill-routes.js'
import { type WebhookLimits, webhookLimits } from './limits.js'
import { isOnBus } from './onto-bus/subscription.js'
import { testOnBus } from './onto-bus/test-message.js'
import { addPreview } from './preview/routes.js'
import { addPull } from './pull/routes.js'
import { addRecall } from './recall/routes.js'
import { answers, pathParams, webhookView } from './registry/answers.js'
import { limitAsks } from './registry/asks.js'
import { createAudit, detailOf, type WebhookAudit } from './registry/audit.js'
import { createKeyOf } from './registry/hand-over.js'
import { claimRowSchema } from './registry/idempotency.js'
import { Owned } from './registry/owned.js'
import { Registry } from './registry/registry.js'
import {
  bodyOf,
  idempotencyHeaders,
  idempotencyKeyOf,
  listQuerySchema,
  newWebhookSchema,
  webhookChangeSchema,
} from './registry/requests.js'
import { openedWebhook } from './registry/sealed.js'
import { webhookRowSchema } from './registry/webhook-row.js'
import { addReplays } from './replay/replay-routes.js'
import { replayRowSchema } from './replay/replay-row.js'
import { leaseRowSchema } from './shard/lease.js'
import { shardsDefault } from './webhooks.js'

export interface WebhookRoutesOptions {
  readonly bus: Bus
  /** What came of deliveries is read here; a projector must run somewhere. */
  readonly store: Pick<
    Store,
    'deliveries' | 'headlines' | 'positions' | 'publicItem' | 'publicState' | 'query'
  >
  readonly outbound: Outbound
  readonly secrets: SecretBox
  /** As the workers have it. */
  readonly shards?: number
  /** As the workers have it. */
  readonly publicUrl?: string
  readonly clock?: Clock
  readonly limits?: Partial<WebhookLimits>
}

const base = '/api/v1/webhooks'
const tags = ['webhooks']

/** `/api/v1/webhooks`: the registry, the test call, what was sent and what was missed. */
export function webhookRoutes(options: WebhookRoutesOptions): Routes {
  return async (server) => {
    const { bus, clock = systemClock, shards = shardsDefault } = options
    const limits = { ...webhookLimits, ...options.limits }
    describeCalls(server, webhookCalls)
    server.addHook('preHandler', limitAsks({ clock, limits }))
    const endpoints = await bus.register('endpoints', webhookRowSchema)
    const leases = await bus.register('leases', leaseRowSchema)
    const audit = createAudit({ bus, clock })
    const room = { ...options, clock, shards, limits, audit }
    const claims = await bus.register('idempotencyKeys', claimRowSchema)
    const owned = new Owned(endpoints)
    server.addHook('onClose', () => owned.stop())
    const keyOf = createKeyOf(await bus.register('keys', keyRowSchema))
    const registry = new Registry({ ...room, endpoints, leases, claims, owned, keyOf })
    addRegistry(server, registry, audit)
    addTest(server, registry, room)
    const untilCurrent = createUntilCurrent(room)
    const ledger = { ...room, registry, owned, endpoints, untilCurrent }
    addDeliveries(server, ledger)
    addCounts(server, ledger)
    addPreview(server, room)
    addRecall(server, ledger)
    addPull(server, ledger)
    const replays = await bus.register('replays', replayRowSchema)
    addReplays(server, { ...room, registry, replays, untilCurrent })
    addDrill(server, { ...room, registry, replays })
  }
}

interface Room extends WebhookRoutesOptions {
  readonly clock: Clock
  readonly limits: WebhookLimits
  readonly audit: WebhookAudit
}

const preHandler = requireRole('subscriber')
const idOf = (request: HttpRequest) => (request.params as { id: string }).id

function addRegistry(server: HttpServer, registry: Registry, audit: WebhookAudit): void {
  server.post(
    base,
    {
      preHandler,
      schema: {
        tags,
        summary: 'Registers a webhook; the secret is shown this once',
        headers: idempotencyHeaders,
        body: schemaOf(newWebhookSchema),
        response: { 201: answers.created },
      },
    },
    async (request, reply) => {
      const wish = bodyOf(newWebhookSchema, request.body)
      const key = idempotencyKeyOf(request.headers)
      const { row, secret } = await registry.create(wish, callerOf(request), key)
      await audit(request, 'webhook.create', row.id, detailOf(wish))
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
      schema: {
        tags,
        summary: 'The webhooks of your key, newest first; an admin sees all',
        querystring: schemaOf(listQuerySchema),
        response: { 200: answers.webhooks },
      },
    },
    async (request) => {
      const page = bodyOf(listQuerySchema, request.query)
      const { items, next } = await registry.list(callerOf(request), page)
      return { items: items.map(webhookView), next }
    },
  )
  addOne(server, registry, audit)
}

function addOne(server: HttpServer, registry: Registry, audit: WebhookAudit): void {
  server.get(
    `${base}/:id`,
    {
      preHandler,
      schema: {
        tags,
        summary: 'One webhook',
        params: pathParams('id'),
        response: { 200: answers.webhook },
      },
    },
    async (request) => webhookView(await registry.get(idOf(request), callerOf(request))),
  )
  server.patch(
    `${base}/:id`,
    {
      preHandler,
      schema: {
        tags,
        summary:
          'Changes a webhook; another url is verified again, an admin hands it to another key',
        params: pathParams('id'),
        body: schemaOf(webhookChangeSchema),
        response: { 200: answers.changed },
      },
    },
    async (request) => {
      const wish = bodyOf(webhookChangeSchema, request.body)
      const id = idOf(request)
      const onWritten = () => audit(request, 'webhook.change', id, detailOf(wish))
      const changed = await registry.change(id, wish, callerOf(request), onWritten)
      const { row, droppedHeaders } = changed
      if (wish.owner !== undefined) {
        request.log.info({ endpoint: row.id, owner: row.owner }, 'webhook handed over')
      }
      return { ...webhookView(row), droppedHeaders }
    },
  )
  server.delete(
    `${base}/:id`,
    {
      preHandler,
      schema: {
        tags,
        summary: 'Deletes a webhook',
        params: pathParams('id'),
        response: { 204: { type: 'null', description: 'It is deleted.' } },
      },
    },
    async (request, reply) => {
      const onWritten = () => audit(request, 'webhook.delete', idOf(request))
      await registry.remove(idOf(request), callerOf(request), onWritten)
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
        summary: 'Makes new keys; the old ones sign beside them for 24 hours',
        params: pathParams('id'),
        response: { 200: answers.created },
      },
    },
    async (request, reply) => {
      const { row, ...shown } = await registry.rotateSecret(idOf(request), callerOf(request))
      await audit(request, 'webhook.rotate-secret', row.id)
      return reply.header('cache-control', 'no-store').send({ ...webhookView(row), ...shown })
    },
  )
}

function addTest(server: HttpServer, registry: Registry, room: Room): void {
  const { bus, clock, secrets, publicUrl } = room
  const call = createCaller(room)
  server.post(
    `${base}/:id/test`,
    {
      preHandler,
      schema: {
        tags,
        summary: 'Sends a signed webhook.test, paused or not, and tells the answer',
        params: pathParams('id'),
        response: { 200: answers.tested },
      },
    },
    async (request) => {
      const row = await registry.get(idOf(request), callerOf(request))
      await room.audit(request, 'webhook.test', row.id)
      if (isOnBus(row)) return testOnBus({ bus, row, now: clock.now() })
      const webhook = openedWebhook(row, secrets)
      return sendTest(webhook, { call, clock, publicUrl }, callerOf(request))
    },
  )
}
