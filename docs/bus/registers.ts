import { type KeyRow, keyRowSchema } from '@newswire/http'
import {
  aliasSchema,
  endpointSchema,
  feedSubscriptionSchema,
  feedTokenSchema,
  handTagsSchema,
  holdSchema,
  hostSchema,
  hubLaneSchema,
  type RegisterName,
  seenSchema,
  sourcePositionSchema,
  sourceSchema,
  subscriptionSchema,
} from '@newswire/model'
import { z } from 'zod'

/** A register: what its rows say, and what their keys are. */
export interface RegisterNote {
  readonly title: string
  readonly key: string
  readonly schema: z.ZodType
}

/** Rows that one room alone reads and writes. */
const ownRow = z.looseObject({}).describe("Its room's own.")
const keyRow: z.ZodType<KeyRow> = keyRowSchema

/** Every register; rows are read with any tool for NATS KV, and written by the house alone. */
export const registerNotes: Readonly<Record<RegisterName, RegisterNote>> = {
  sources: { title: 'Places that releases come from', key: 'id', schema: sourceSchema },
  positions: {
    title: 'How far each source is read',
    key: "the source's id",
    schema: sourcePositionSchema,
  },
  endpoints: { title: 'Webhooks', key: 'id', schema: endpointSchema },
  keys: { title: 'API keys, as hashes', key: 'id', schema: keyRow },
  holds: {
    title: 'Versions that wait for their instant',
    key: "the item's id",
    schema: holdSchema,
  },
  checkpoints: { title: 'What outlives the ledger of a shard', key: 'the shard', schema: ownRow },
  leases: { title: 'Who works a shard', key: 'the shard', schema: ownRow },
  aliases: { title: 'Of which item a notice speaks', key: "the notice's id", schema: aliasSchema },
  handTags: {
    title: 'What people said of tags',
    key: "the item's id",
    schema: handTagsSchema,
  },
  subscriptions: {
    title: 'Hubs that push a source to us',
    key: 'hash of the source',
    schema: subscriptionSchema,
  },
  seen: { title: 'Entries that a source has shown', key: "the source's id", schema: seenSchema },
  hosts: { title: 'When a host was asked last', key: 'the host', schema: hostSchema },
  feedTokens: {
    title: "What tokens in feeds' addresses open",
    key: 'id',
    schema: feedTokenSchema,
  },
  hubSubscriptions: {
    title: 'Subscribers of our feeds',
    key: 'hash of path and callback',
    schema: feedSubscriptionSchema,
  },
  hubLanes: {
    title: "How far a feed subscription's deliveries are",
    key: 'as in hubSubscriptions',
    schema: hubLaneSchema,
  },
  idempotencyKeys: {
    title: 'Which webhook a request made that may come again',
    key: 'hash of caller and key',
    schema: ownRow,
  },
  history: { title: 'What passed the house', key: 'the step', schema: ownRow },
  calm: { title: 'Since when nothing is wrong', key: '`house`', schema: ownRow },
  alarms: { title: 'What is wrong, and was told', key: 'id', schema: ownRow },
  replays: { title: 'What is sent once more', key: "the webhook's id", schema: ownRow },
}
