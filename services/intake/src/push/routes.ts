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
import { type RawItem, receiptOf } from '@newswire/model'
import type { Clock, Log, Metrics } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import { intakeLimits } from '../limits.js'
import { publishRaw, rawId } from '../publish.js'
import { type Accepted, accept, acceptedTypes } from './accept.js'
import { findReceipt, receiptStates, stateOfRaw } from './receipt.js'

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
      rawBody(scope, acceptedTypes)
      scope.route({
        method: 'POST',
        url: '/api/v1/items',
        bodyLimit: intakeLimits.messageBytesMax,
        // Before the body is read: who may not push costs us no megabyte.
        onRequest: requireRole('ingest', 'admin'),
        schema: pushSchema,
        handler: async (request, reply) => {
          const receipts = await push(request, options)
          pushed.add(receipts.length)
          return accepted(reply, receipts)
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
  summary:
    'Push a release: wire text, ninjs, NewsML-G2, NewsML 1.2, NITF, dpa digitalwires, one feed entry',
  description:
    'Answers 202 with a receipt once the release is stored. A message that holds several releases gets a receipt for each, in its order; `receipt` is the first. An `Idempotency-Key` header makes a repeat within two minutes harmless, also after an error half-way.',
  consumes: acceptedTypes,
  response: {
    202: {
      type: 'object',
      description: 'Stored; ask the receipt what became of it.',
      properties: {
        receipt: { type: 'string' },
        receipts: { type: 'array', items: { type: 'string' } },
      },
      required: ['receipt'],
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

/** Stores every release of the body, in its order; the receipts are in the same order. */
async function push(
  request: HttpRequest,
  options: PushRoutesOptions,
): Promise<readonly [string, ...string[]]> {
  const { clock, newId = randomUUID } = options
  const { keyId } = callerOf(request)
  const key = idempotencyKeyOf(request) ?? newId()
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array()
  const releases = await accept(bytes, request.headers['content-type'] ?? '')
  const received = clock.now().toISOString()
  const store = (release: Accepted, index: number): Promise<string> => {
    const raw: RawItem = {
      ...release,
      source: pushSource,
      door: 'push',
      received,
      rights: 'full',
      pushedBy: keyId,
    }
    // A repeat after an error half-way meets under the same ids what is stored already.
    return storeOnce(raw, rawId('push', keyId, key, ...(index === 0 ? [] : [`${index}`])), options)
  }
  const [first, ...others] = releases
  const receipts: [string, ...string[]] = [await store(first, 0)]
  for (const [index, release] of others.entries()) receipts.push(await store(release, index + 1))
  return receipts
}

async function storeOnce(raw: RawItem, id: string, { bus, log }: PushRoutesOptions) {
  const { sequence, duplicate } = await publishRaw(bus, raw, id)
  log.info({ raw: sequence, duplicate }, 'item pushed')
  if (!duplicate) return receiptOf(sequence, raw)
  const first = (await bus.read('item.raw', sequence))?.value
  if (first && first.body !== raw.body) throw reusedKey()
  return receiptOf(sequence, first ?? raw)
}

function accepted(reply: HttpReply, receipts: readonly [string, ...string[]]): HttpReply {
  const [receipt] = receipts
  return reply
    .code(202)
    .header('location', `/api/v1/receipts/${receipt}`)
    .send(receipts.length === 1 ? { receipt } : { receipt, receipts })
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
