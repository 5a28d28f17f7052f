import type { FactName } from '@newswire/model'

/** What a channel's address is made of, and what one should know before one reads it. */
export interface Channel {
  readonly address: string
  readonly parameters: Readonly<Record<string, string>>
  readonly title: string
  readonly description: string
}

const item = {
  wire: 'The wire: na, prn, or the short name of a source.',
  id: "The item's id, the same over all its versions.",
}

/** Every kind of fact. */
export const factChannels: Readonly<Record<FactName, Channel>> = {
  'item.raw': {
    address: 'item.raw.{source}',
    parameters: { source: 'Id of the source, or push, drop, or desk for what people decide.' },
    title: 'What arrived, as it arrived',
    description: 'Inside only: it may be embargoed. One message per release that came in.',
  },
  'item.normalized': {
    address: 'item.normalized.{wire}.{id}',
    parameters: item,
    title: 'A version of an item',
    description: 'Inside only: it may be embargoed. Every version of every item.',
  },
  'item.tagged': {
    address: 'item.tagged.{wire}.{id}',
    parameters: item,
    title: 'A version that the outside may see, with its tags',
    description:
      'What has passed the embargo gate, all versions. Older versions of a withdrawn item still hold its text here: look at the newest of its subject before you show one, or read out.* instead.',
  },
  delivery: {
    address: 'delivery.{shard}',
    parameters: { shard: 'Number of the shard: 0, 1, …' },
    title: 'Plans and outcomes of deliveries: the ledger',
    description:
      'One chain per shard. A plan says who gets an item version, outcomes say what came of attempts. Read as GET /api/v1/webhooks/{id}/deliveries.',
  },
  answer: {
    address: 'answer.{item}',
    parameters: { item: "The item's id." },
    title: 'What receivers answered',
    description:
      'The first kB of each answer to attempts for an item; `answerAt` of an outcome says where. Gone from the disk with the item when it is erased.',
  },
  receiver: {
    address: 'receiver.{wire}.{id}',
    parameters: item,
    title: 'Who was ever sent an item',
    description: 'The newest message of a subject is the whole list; older ones are not kept.',
  },
  out: {
    address: 'out.{subscription}.{item}',
    parameters: {
      subscription: 'Id of the subscription, as POST /api/v1/webhooks gave it: bus_…',
      item: "The item's id; test for the message of POST /api/v1/webhooks/{id}/test.",
    },
    title: 'What a subscription is given',
    description:
      'For consumers inside the house: what matches the filter of a subscription with target "bus". A subject holds the newest version of its item only: a correction takes the place of the original, and a withdrawal that of the text, which is overwritten on the disk. Make a durable consumer with the filter out.<subscription>.*',
  },
  receipt: {
    address: 'receipt.{sequence}',
    parameters: { sequence: 'Sequence of the raw item in stream RAW.' },
    title: 'Why a raw item made no version',
    description: 'Read as GET /api/v1/receipts/{receipt}.',
  },
  dead: {
    address: 'dead.{stage}.{sequence}',
    parameters: {
      stage: 'The group of workers that gave up.',
      sequence: "The input's sequence in its stream.",
    },
    title: 'Input that a stage gave up on',
    description: 'Inside only: it may be embargoed. Whole, with the error. See /dashboard.',
  },
  audit: {
    address: 'audit.{key}',
    parameters: { key: 'Id of the key that acted.' },
    title: 'What people changed',
    description: 'One message per decision.',
  },
}

/** Headers of `out`. */
export const outHeaders = {
  type: 'object',
  properties: {
    'webhook-id': {
      type: 'string',
      description: 'Names the version for this subscription; the same where one comes again.',
    },
    'webhook-timestamp': { type: 'string', description: 'When it was stored: seconds since 1970.' },
    'newswire-version': { type: 'string', description: "The item's version: 1, 2, …" },
    'newswire-sequence': {
      type: 'string',
      description:
        'Counts what the subscription was given, without a gap. One that you do not find was replaced by a later one.',
    },
    'newswire-previous': {
      type: 'string',
      description: 'The sequence of the last message of the same item; absent on its first.',
    },
    'content-type': { type: 'string', const: 'application/json' },
    'Nats-Msg-Id': {
      type: 'string',
      description: 'The webhook-id; with the sequence behind a colon where a version is replayed.',
    },
  },
  required: ['webhook-id', 'webhook-timestamp', 'newswire-version', 'newswire-sequence'],
} as const
