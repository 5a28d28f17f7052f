import { Problem } from '@newswire/http'
import { webhookFormats } from '@newswire/model'
import { isOnBus, placeOnBus } from '../onto-bus/subscription.js'
import { maskHeaders } from './own-headers.js'
import { isPaused } from './status.js'
import { signatureKinds, type WebhookRow } from './webhook-row.js'

/** A webhook as its owner sees it: no secret, no private key, no value of a header. */
export function webhookView(row: WebhookRow): Record<string, unknown> {
  const { id, url, filter, events, format, name, description, status, reason } = row
  const { ratePerSecond, concurrency, signature = 'hmac', createdAt, updatedAt } = row
  return {
    id,
    owner: row.owner,
    ...(isOnBus(row) ? { target: 'bus', ...placeOnBus(id) } : { target: 'http', url }),
    filter,
    events,
    format,
    name: name ?? null,
    description: description ?? null,
    headers: maskHeaders(row.headers),
    ratePerSecond: ratePerSecond ?? null,
    concurrency: concurrency ?? null,
    signature,
    publicKey: signature === 'hmac' ? null : (row.signingKey?.public ?? null),
    oldKeys: (row.oldKeys ?? []).map(({ until }) => ({ until })),
    paused: isPaused(row),
    status,
    reason: reason ?? null,
    disabled: status === 'disabled' ? (row.disabled ?? null) : null,
    createdAt,
    updatedAt,
  }
}

export function invalidCursor(): Problem {
  return new Problem({
    status: 400,
    slug: 'invalid-cursor',
    title: 'The cursor cannot be read',
    detail: 'Use `next` of the page before as it is, or leave `cursor` out for the newest.',
  })
}

export const text = { type: 'string' } as const
export const textOrNull = { type: ['string', 'null'] } as const
/** Parts of a path, by name. */
export const pathParams = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, text])),
  required: names,
})
const numberOrNull = { type: ['integer', 'null'] } as const
/** A page of these. */
export const list = (items: object) => ({
  type: 'object',
  properties: { items: { type: 'array', items }, next: textOrNull },
})

const disabled = {
  type: ['object', 'null'],
  description: 'How it came to be disabled; null where it is not, or never answered its challenge.',
  properties: {
    at: text,
    because: { type: 'string', enum: ['failing', 'gone', 'revoked'] },
    since: { type: 'string', description: 'Every attempt has failed since.' },
    missed: { type: 'integer', description: 'Deliveries that were given up until then.' },
    told: {
      type: 'object',
      description: 'The one `webhook.disabled`, and what came of it.',
      properties: { at: text, answer: text },
    },
  },
} as const

const webhook = {
  type: 'object',
  properties: {
    id: text,
    owner: {
      type: 'string',
      description: 'Id of the key that it is of: who registered it, or was handed it.',
    },
    target: { type: 'string', enum: ['http', 'bus'] },
    url: text,
    stream: { type: 'string', description: 'Of target bus: where to read.' },
    subject: { type: 'string', description: 'Of target bus: one subject per item.' },
    filter: { type: 'object' },
    events: { type: 'array', items: text },
    format: { type: 'string', enum: [...webhookFormats] },
    name: textOrNull,
    description: textOrNull,
    headers: { type: 'object', additionalProperties: text, description: 'Names, values masked.' },
    ratePerSecond: numberOrNull,
    concurrency: numberOrNull,
    signature: { type: 'string', enum: [...signatureKinds] },
    publicKey: { ...textOrNull, description: 'whpk_ and the base64 of an ed25519 public key.' },
    oldKeys: {
      type: 'array',
      description: 'What was rotated signs beside the new keys until then.',
      items: { type: 'object', properties: { until: text } },
    },
    paused: { type: 'boolean' },
    status: { type: 'string', enum: ['pending', 'active', 'paused', 'disabled'] },
    reason: textOrNull,
    disabled,
    createdAt: text,
    updatedAt: text,
  },
} as const

const oldKeys = {
  type: 'array',
  description: 'What was rotated, shown to who rotates; signs until then.',
  items: { type: 'object', properties: { until: text, secret: text, publicKey: text } },
} as const
const secret = { ...text, description: 'Absent where only the key pair signs.' }

/** What is answered, for the API description. */
export const answers = {
  webhook,
  webhooks: list(webhook),
  changed: {
    ...webhook,
    properties: {
      ...webhook.properties,
      droppedHeaders: {
        type: 'array',
        items: text,
        description: 'Own headers that were for the origin before, and were not sent along.',
      },
    },
  },
  created: { ...webhook, properties: { ...webhook.properties, secret, oldKeys } },
  tested: {
    type: 'object',
    properties: {
      delivered: { type: 'boolean' },
      status: { type: ['integer', 'null'] },
      latencyMs: { type: 'number' },
      answer: textOrNull,
      error: textOrNull,
      sent: {
        type: 'object',
        description: 'The call; own headers are left out.',
        properties: { id: text, contentType: text, body: text },
      },
    },
  },
} as const
