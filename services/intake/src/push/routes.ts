import { randomUUID } from 'node:crypto'
import type { Bus } from '@newswire/bus'
import {
  callerOf,
  type HttpReply,
  type HttpRequest,
  Problem,
  type Routes,
  rawBody,
  requireRole,
} from '@newswire/http'
import type { RawItem } from '@newswire/model'
import type { Clock, Log, Metrics } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import { intakeLimits } from '../limits.js'
import { publishRaw, rawId } from '../publish.js'
import { accept, acceptedTypes } from './accept.js'
import { findReceipt, receiptOf, receiptStates, stateOfRaw } from './receipt.js'

export interface PushRoutesOptions {
  readonly bus: Bus
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Chance as an argument: the publish id of a push that brings no key of its own. */
  readonly newId?: () => string
}

const pushSource = 'push'
const idempotencyKeyPattern = /^[\x21-\x7e]{1,200}$/

/** `POST /api/v1/items` and `GET /api/v1/receipts/{receipt}`. */
export function pushRoutes(options: PushRoutesOptions): Routes {
  const { bus, store, clock, metrics } = options
  const pushed = metrics.counter({
    name: 'newswire_items_pushed_total',
    help: 'Items taken in through the push API.',
  })

  return async (server) => {
    await server.register(async (scope) => {
      rawBody(scope, Object.keys(acceptedTypes))
      scope.route({
        method: 'POST',
        url: '/api/v1/items',
        bodyLimit: intakeLimits.itemBytesMax,
        // Before the body is read: who may not push costs us no megabyte.
        onRequest: requireRole('ingest', 'admin'),
        schema: pushSchema,
        handler: async (request, reply) => {
          const receipt = await push(request, options)
          pushed.add()
          return accepted(reply, receipt)
        },
      })
    })
    server.route({
      method: 'GET',
      url: '/api/v1/receipts/:receipt',
      onRequest: requireRole('ingest', 'admin'),
      schema: receiptSchema,
      handler: async (request) => {
        const stored = await ownReceipt(request, bus)
        return stateOfRaw(stored.sequence, { bus, store, clock })
      },
    })
  }
}

const pushSchema = {
  tags: ['items'],
  summary: 'Push a release: a wire text or a ninjs document',
  description:
    'Answers 202 with a receipt once the release is stored. An `Idempotency-Key` header makes a repeat within two minutes harmless.',
  consumes: Object.keys(acceptedTypes),
  response: {
    202: {
      type: 'object',
      description: 'Stored; ask the receipt what became of it.',
      properties: { receipt: { type: 'string' } },
    },
  },
} as const

const receiptSchema = {
  tags: ['items'],
  summary: 'What became of a pushed release',
  params: { type: 'object', properties: { receipt: { type: 'string' } }, required: ['receipt'] },
  response: {
    200: {
      type: 'object',
      description: 'Where the release stands.',
      properties: {
        state: { enum: receiptStates },
        id: { type: 'string' },
        version: { type: 'integer' },
        reason: { type: 'string' },
      },
    },
  },
} as const

async function push(
  request: HttpRequest,
  { bus, clock, log, newId = randomUUID }: PushRoutesOptions,
): Promise<string> {
  const caller = callerOf(request)
  const id = rawId('push', caller.keyId, idempotencyKeyOf(request) ?? newId())
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array()
  const raw: RawItem = {
    ...accept(bytes, request.headers['content-type'] ?? ''),
    source: pushSource,
    door: 'push',
    received: clock.now().toISOString(),
    rights: 'full',
    pushedBy: caller.keyId,
  }
  const { sequence, duplicate } = await publishRaw(bus, raw, id)
  log.info({ raw: sequence, duplicate }, 'item pushed')
  if (!duplicate) return receiptOf(sequence, raw)
  const first = (await bus.read('item.raw', sequence))?.value
  if (first && first.body !== raw.body) throw reusedKey()
  return receiptOf(sequence, first ?? raw)
}

function accepted(reply: HttpReply, receipt: string): HttpReply {
  return reply.code(202).header('location', `/api/v1/receipts/${receipt}`).send({ receipt })
}

function idempotencyKeyOf(request: HttpRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key === 'string' && idempotencyKeyPattern.test(key)) return key
  throw new Problem({
    status: 400,
    slug: 'bad-idempotency-key',
    title: 'The Idempotency-Key is not usable',
    detail: 'Send up to 200 visible ASCII characters without spaces, or leave the header out.',
  })
}

/** The receipt's raw item, where the caller is its pusher or an admin; else no such receipt. */
async function ownReceipt(request: HttpRequest, bus: Bus) {
  const { receipt } = request.params as { receipt: string }
  const caller = callerOf(request)
  const stored = await findReceipt(bus, receipt)
  if (stored && (caller.role === 'admin' || stored.value.pushedBy === caller.keyId)) return stored
  throw new Problem({
    status: 404,
    slug: 'no-such-receipt',
    title: 'There is no such receipt',
    detail: 'Use the receipt as it came in the answer to the push, with the key that pushed.',
  })
}

function reusedKey(): Problem {
  return new Problem({
    status: 409,
    slug: 'idempotency-key-reused',
    title: 'This Idempotency-Key stands for another release',
    detail: 'Send a new Idempotency-Key for each release, and the same one only to repeat it.',
  })
}
