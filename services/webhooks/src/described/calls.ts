import type { OutgoingCalls } from '@newswire/http'
import { userAgent } from '../deliver/call.js'
import { type DataSchema, dataSchemas } from './data.js'

interface CallNote {
  readonly summary: string
  readonly data: DataSchema
  /** About an item: counted, and in each of the three formats. */
  readonly isOfItem: boolean
}

const ofItem = { data: 'WebhookItem', isOfItem: true } as const
const ofWebhook = { isOfItem: false } as const

/** Every call that the house makes to a webhook. */
const notes: Readonly<Record<string, CallNote>> = {
  'item.published': { ...ofItem, summary: 'The first version of an item that the receiver gets' },
  'item.updated': { ...ofItem, summary: 'A newer version of an item that the receiver has' },
  'item.corrected': { ...ofItem, summary: 'A correction of an item that the receiver has' },
  'item.withdrawn': { ...ofItem, summary: 'An item is taken back: remove every word of it' },
  'webhook.verify': {
    ...{ ...ofWebhook, data: 'WebhookChallenge' },
    summary: 'Asks a new address for its challenge',
  },
  'webhook.test': { ...ofWebhook, data: 'WebhookTest', summary: 'A test that its owner asked for' },
  'webhook.disabled': {
    ...{ ...ofWebhook, data: 'WebhookDisabled' },
    summary: 'The webhook is disabled, and why; sent once',
  },
}

const refTo = (section: string, name: string) => ({ $ref: `#/components/${section}/${name}` })

interface Header {
  readonly required: boolean
  readonly description: string
  readonly schema: object
}

const text = (pattern: string) => ({ type: 'string', pattern })
const signatures = '^v1a?,[A-Za-z0-9+/]+=*( v1a?,[A-Za-z0-9+/]+=*)*$'

/** Of each call: Standard Webhooks 1.0. */
const signedHeaders: Readonly<Record<string, Header>> = {
  'webhook-id': {
    required: true,
    description: 'The same over all attempts and replays: who has seen it is done.',
    schema: text('^msg_.+$'),
  },
  'webhook-timestamp': {
    required: true,
    description: 'When the attempt was signed, in seconds since 1970. Refuse what is minutes old.',
    schema: text('^[0-9]+$'),
  },
  'webhook-signature': {
    required: true,
    description:
      'Over `<webhook-id>.<webhook-timestamp>.<body>`, one for each key, separated by spaces: v1 by the secret (HMAC-SHA256), v1a by the key pair (ed25519), in base64.',
    schema: text(signatures),
  },
  'user-agent': {
    required: true,
    description: `Always ${userAgent}.`,
    schema: { type: 'string', const: userAgent },
  },
}

/** Of calls about items: what lets a receiver fence what comes late. */
const itemHeaders: Readonly<Record<string, Header>> = {
  'newswire-version': {
    required: true,
    description: 'Version of the item; what is older than what stands is to be passed by.',
    schema: text('^[1-9][0-9]*$'),
  },
  'newswire-sequence': {
    required: true,
    description: 'Counts what was planned for this webhook, without gaps; below 0 in a fire drill.',
    schema: text('^-?[1-9][0-9]*$'),
  },
  'newswire-previous': {
    required: false,
    description: 'The last `newswire-sequence` of the same item at this webhook.',
    schema: text('^-?[1-9][0-9]*$'),
  },
  'newswire-drill': {
    required: false,
    description: 'The step of a fire drill; of real items there is none.',
    schema: { type: 'string' },
  },
}

const parameterOf = (name: string, header: Header) => ({ name, in: 'header', ...header })
const headerNames = ({ isOfItem }: CallNote) =>
  Object.keys(isOfItem ? { ...signedHeaders, ...itemHeaders } : signedHeaders)

const instant = { type: 'string', format: 'date-time' } as const

function standardEvent(type: string, { data, isOfItem }: CallNote): object {
  const full = refTo('schemas', data)
  return {
    type: 'object',
    required: ['type', 'timestamp', 'data'],
    properties: {
      type: { const: type },
      timestamp: { ...instant, description: 'When it happened: the same over all attempts.' },
      data: isOfItem ? { anyOf: [full, refTo('schemas', 'WebhookThinItem')] } : full,
    },
  }
}

function cloudEvent(type: string, { data }: CallNote): object {
  return {
    type: 'object',
    required: ['id', 'specversion', 'source', 'type', 'subject', 'time', 'datacontenttype', 'data'],
    properties: {
      id: { type: 'string', description: 'The `webhook-id`.' },
      specversion: { const: '1.0' },
      source: { type: 'string', format: 'uri', description: 'The address of the house.' },
      type: { const: type },
      subject: { type: 'string', description: 'Id of the item, or of the webhook itself.' },
      time: { ...instant, description: 'When it happened: the same over all attempts.' },
      datacontenttype: { const: 'application/json' },
      data: refTo('schemas', data),
    },
  }
}

const challenged = {
  '2XX': {
    description: 'Verified, where the answer is the challenge, as it is or as `{"challenge": …}`.',
  },
  default: { description: 'Asked again, after longer and longer pauses.' },
}
const received = {
  '2XX': { description: 'Received; nothing of the answer is needed.' },
  '410': { description: 'The receiver is gone: the webhook is disabled.' },
  '429': { description: 'Tried again; Retry-After (RFC 9110, section 10.2.3) is obeyed.' },
  '503': { description: 'Tried again; Retry-After (RFC 9110, section 10.2.3) is obeyed.' },
  default: { description: 'Tried again for five days, with longer and longer pauses.' },
}
const noticed = { default: { description: 'Whatever is answered, it is not sent again.' } }

function responsesOf(type: string): object {
  if (type.startsWith('item.')) return received
  return type === 'webhook.verify' ? challenged : noticed
}

function callOf(type: string, note: CallNote): object {
  return {
    post: {
      tags: ['webhooks'],
      summary: note.summary,
      parameters: headerNames(note).map((name) => refTo('parameters', name)),
      requestBody: {
        required: true,
        description: 'In the format of the webhook; its own headers come along.',
        content: {
          'application/json': { schema: standardEvent(type, note) },
          'application/cloudevents+json': { schema: cloudEvent(type, note) },
        },
      },
      responses: responsesOf(type),
    },
  }
}

/** What receivers are called with, for the `webhooks` of the API description (OpenAPI 3.1). */
export const webhookCalls: OutgoingCalls = {
  webhooks: Object.fromEntries(
    Object.entries(notes).map(([type, note]) => [type, callOf(type, note)]),
  ),
  schemas: dataSchemas,
  parameters: Object.fromEntries(
    Object.entries({ ...signedHeaders, ...itemHeaders }).map(([name, header]) => [
      name,
      parameterOf(name, header),
    ]),
  ),
}
