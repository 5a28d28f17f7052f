import { Problem } from '@newswire/http'
import type { WebhookRow } from './webhook-row.js'

/** A webhook as its owner sees it: never its secret. */
export function webhookView(row: WebhookRow): Record<string, unknown> {
  const { id, url, filter, events, format, description, status, reason } = row
  const { createdAt, updatedAt } = row
  return {
    id,
    url,
    filter,
    events,
    format,
    description: description ?? null,
    status,
    reason: reason ?? null,
    createdAt,
    updatedAt,
  }
}

/** Opaque to the outside; a place in the ledger. */
export function cursorOf(before: number | undefined): string | null {
  return before === undefined ? null : Buffer.from(`v1:${before}`).toString('base64url')
}

export function positionOf(cursor: string): number {
  const [, digits] = /^v1:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (digits !== undefined) return Number(digits)
  throw new Problem({
    status: 400,
    slug: 'invalid-cursor',
    title: 'The cursor cannot be read',
    detail: 'Use `next` of the page before as it is, or leave `cursor` out for the newest.',
  })
}

const text = { type: 'string' } as const
const textOrNull = { type: ['string', 'null'] } as const
const list = (items: object) => ({
  type: 'object',
  properties: { items: { type: 'array', items }, next: textOrNull },
})

const webhook = {
  type: 'object',
  properties: {
    id: text,
    url: text,
    filter: { type: 'object' },
    events: { type: 'array', items: text },
    format: text,
    description: textOrNull,
    status: { type: 'string', enum: ['pending', 'active', 'paused', 'disabled'] },
    reason: textOrNull,
    createdAt: text,
    updatedAt: text,
  },
} as const

const attempt = {
  type: 'object',
  properties: {
    attempt: { type: 'integer' },
    result: { type: 'string', enum: ['delivered', 'retry', 'failed', 'superseded'] },
    startedAt: text,
    latencyMs: { type: 'number' },
    status: { type: 'integer' },
    answer: { type: 'string', description: 'The first kB of the answer.' },
    error: text,
    nextAt: text,
  },
} as const

const delivery = {
  type: 'object',
  properties: {
    id: { type: 'string', description: 'The `webhook-id`.' },
    item: text,
    revision: text,
    sequence: { type: 'integer' },
    previous: { type: 'integer' },
    plannedAt: text,
    state: { type: 'string', enum: ['waiting', 'delivered', 'retry', 'failed', 'superseded'] },
    attempts: { type: 'array', items: attempt },
  },
} as const

/** What is answered, for the API description. */
export const answers = {
  webhook,
  webhooks: list(webhook),
  created: { ...webhook, properties: { ...webhook.properties, secret: text } },
  deliveries: list(delivery),
  tested: {
    type: 'object',
    properties: {
      delivered: { type: 'boolean' },
      status: { type: ['integer', 'null'] },
      latencyMs: { type: 'number' },
      answer: textOrNull,
      error: textOrNull,
    },
  },
} as const
