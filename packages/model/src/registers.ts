import { z } from 'zod'

/** Rows of the registers (KV buckets of the bus) that more than one service reads. */

export const sourceKinds = ['rss', 'presseportal-api', 'websub', 'drop'] as const

/** A place that releases come from. Key: `id`. */
export const sourceSchema = z.object({
  id: z.string(),
  kind: z.enum(sourceKinds),
  name: z.string(),
  /** Where it is asked. Of a `drop`: `drop:<name>`, the subfolder of the drop folder. */
  url: z.string(),
  /** The wire whose ids its entries carry. */
  wire: z.string(),
  rights: z.enum(['full', 'teaser', 'private']),
  intervalSeconds: z.number().int().positive(),
  enabled: z.boolean(),
  /** Key of a `presseportal-api`, encrypted at rest with SECRETS_KEY. */
  key: z.string().optional(),
  /** Its address before the source itself moved for good (301, 308). */
  movedFrom: z.string().optional(),
  /** When the source said that it is gone for good (410); it is disabled then. */
  goneAt: z.iso.datetime().optional(),
})

/** What intake knows of a source's last polls. Register `positions`, key: source id. */
export const sourcePositionSchema = z.object({
  source: z.string(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  /** How many entries are remembered; they stand in register `seen`. */
  seenCount: z.number().int().nonnegative().default(0),
  polls: z.number().int().nonnegative(),
  /** Polls that brought nothing: 304, or no new entry. */
  emptyPolls: z.number().int().nonnegative(),
  failures: z.number().int().nonnegative(),
  /** Failures since the last success. */
  failuresInRow: z.number().int().nonnegative(),
  lastPollAt: z.iso.datetime().optional(),
  lastItemAt: z.iso.datetime().optional(),
  /** Why the last poll failed; absent after a success. */
  lastError: z.string().optional(),
  nextPollAt: z.iso.datetime().optional(),
  entries: z.number().int().nonnegative(),
})

/** Which entries a source has shown. Register `seen`, key: source id. */
export const seenSchema = z.object({
  source: z.string(),
  /** Marks of equal length, one per entry, newest last: its key's hash, its content's hash. */
  marks: z.string(),
})

/** When a host may be asked next. Register `hosts`, key: the host as a token; rows vanish. */
export const hostSchema = z.object({ host: z.string(), askedAt: z.iso.datetime() })

/** A hub that pushes a source to us (WebSub). Register `subscriptions`, key: hash of the source. */
export const subscriptionSchema = z.object({
  source: z.string(),
  hub: z.string(),
  topic: z.string(),
  /** What relative links of pushed entries are resolved against. */
  base: z.string(),
  /** The unguessable end of the callback's path. */
  token: z.string(),
  /** Signs what is pushed; encrypted at rest with SECRETS_KEY. */
  secret: z.string(),
  wish: z.enum(['subscribe', 'unsubscribe']),
  /** When the hub was last asked for what is wished. */
  askedAt: z.iso.datetime().optional(),
  /** Requests since the hub last confirmed. */
  tries: z.number().int().nonnegative(),
  verifiedAt: z.iso.datetime().optional(),
  leaseSeconds: z.number().int().positive().optional(),
  deniedAt: z.iso.datetime().optional(),
  /** Why it is denied, or why the last request failed. */
  reason: z.string().optional(),
  lastPushAt: z.iso.datetime().optional(),
})

/** What a subscriber asked our own hub for, and what is not settled with it yet. */
const hubPendingSchema = z.object({
  /** Random, one per request: what comes back for an older request changes nothing. */
  id: z.string(),
  /** `denied`: the subscriber is still to be told. */
  mode: z.enum(['subscribe', 'unsubscribe', 'denied']),
  /** The topic as the subscriber spelled it. */
  topic: z.string(),
  leaseSeconds: z.number().int().positive(),
  /** Encrypted at rest with SECRETS_KEY. */
  secret: z.string().optional(),
  reason: z.string().optional(),
  askedAt: z.iso.datetime(),
  /** Calls that reached nobody. */
  tries: z.number().int().nonnegative(),
  dueAt: z.iso.datetime(),
})

/** A subscription that the subscriber confirmed (REC WebSub 5.3). */
const hubActiveSchema = z.object({
  topic: z.string(),
  secret: z.string().optional(),
  verifiedAt: z.iso.datetime(),
  leaseSeconds: z.number().int().positive(),
  /** Ends here. */
  until: z.iso.datetime(),
})

/**
 * A subscriber of a feed of ours. Register `hubSubscriptions`, key: hash of path and callback.
 */
export const feedSubscriptionSchema = z.object({
  /** Canonical path and query of the feed. */
  path: z.string(),
  callback: z.string(),
  active: hubActiveSchema.optional(),
  pending: hubPendingSchema.optional(),
})

/** How far a subscription's deliveries are. Register `hubLanes`, key: that of the subscription. */
export const hubLaneSchema = z.object({
  /** Of what the subscriber has; empty while that is not sure. */
  etag: z.string(),
  /** Every change up to this sequence of TAGGED is in what the subscriber has. */
  complete: z.number().int().nonnegative(),
  /** Nothing after this sequence is in anything that an attempt was started with. */
  newest: z.number().int().nonnegative(),
  /** Every change up to this sequence was in what the last attempt was started with. */
  tried: z.number().int().nonnegative(),
  /** The attempt in flight; it is over at `until`, also where its process died. */
  flight: z.object({ id: z.string(), until: z.iso.datetime() }).optional(),
  /** Attempts that failed since the last success, the first and last of them, and the next one. */
  failures: z.number().int().nonnegative(),
  firstFailedAt: z.iso.datetime().optional(),
  failedAt: z.iso.datetime().optional(),
  dueAt: z.iso.datetime().optional(),
})

/** A version that waits for its instant. Register `holds`, key: the item's id as a token. */
export const holdSchema = z.object({
  /** Random; the only name of a held item that logs, metrics and jobs may carry. */
  id: z.string(),
  item: z.string(),
  wire: z.string(),
  version: z.number().int().positive(),
  /** Where the held version stands in stream ITEMS. */
  sequence: z.number().int().positive(),
  until: z.iso.datetime(),
})

/**
 * The id under which a notice came in → the item that it speaks of. Register `aliases`, key: the
 * notice's id as a token. Whatever comes in under `id` again is a version of `item`.
 */
export const aliasSchema = z.object({
  id: z.string(),
  item: z.string(),
  /** How the two were told to belong together, as a sentence. */
  reason: z.string(),
  /** What comes in under `id` is what `item` corrects: it makes no version of it. */
  corrected: z.literal(true).optional(),
  /** Id of the key of the person who joined them; absent where the texts did. */
  actor: z.string().optional(),
  at: z.iso.datetime(),
})

/**
 * Tags that people gave to an item or took from it. Register `handTags`, key: its id as a token.
 */
export const handTagsSchema = z.object({
  item: z.string(),
  wire: z.string(),
  add: z.array(z.object({ scheme: z.string(), code: z.string() })),
  remove: z.array(z.object({ scheme: z.string(), code: z.string() })),
  actor: z.string(),
  at: z.iso.datetime(),
})

/** How a webhook's bodies are written. */
export const webhookFormats = ['newswire', 'cloudevents', 'thin'] as const

/** A registered webhook. Register `endpoints`, key: `id`. */
export const endpointSchema = z.object({
  id: z.string(),
  /** Id of the key that it is of: who registered it, or was handed it. */
  owner: z.string(),
  url: z.string(),
  /** As `parseFilter` accepts it. */
  filter: z.unknown(),
  events: z.array(z.string()),
  format: z.enum(webhookFormats),
  name: z.string().optional(),
  description: z.string().optional(),
  /** Encrypted at rest with SECRETS_KEY. */
  secret: z.string(),
  status: z.enum(['pending', 'active', 'paused', 'disabled']),
  /** Why it is pending or disabled. */
  reason: z.string().optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})

/**
 * What a token in a feed's address opens. Register `feedTokens`, key: `id`. The token itself is
 * nowhere; it is shown once, when it is made.
 */
export const feedTokenSchema = z.object({
  /** The beginning of `hash`. */
  id: z.string(),
  name: z.string(),
  /** Ids of the sources whose private items it opens; all: those to come too. */
  sources: z.union([z.literal('all'), z.array(z.string())]),
  /** SHA-256 of the token's text, hex. */
  hash: z.string(),
  createdAt: z.iso.datetime(),
  /** Id of the key that made it. */
  createdBy: z.string(),
})

export const registerNames = [
  'sources',
  'positions',
  'endpoints',
  'keys',
  'holds',
  'checkpoints',
  'leases',
  'aliases',
  'handTags',
  'subscriptions',
  'seen',
  'hosts',
  'feedTokens',
  'hubSubscriptions',
  'hubLanes',
  'idempotencyKeys',
  'replays',
  'history',
  'alarms',
  'calm',
] as const

export type RegisterName = (typeof registerNames)[number]
export type Source = z.infer<typeof sourceSchema>
export type SourcePosition = z.infer<typeof sourcePositionSchema>
export type Seen = z.infer<typeof seenSchema>
export type HubSubscription = z.infer<typeof subscriptionSchema>
export type FeedSubscription = z.infer<typeof feedSubscriptionSchema>
export type HubPending = z.infer<typeof hubPendingSchema>
export type HubActive = z.infer<typeof hubActiveSchema>
export type HubLane = z.infer<typeof hubLaneSchema>
export type Hold = z.infer<typeof holdSchema>
export type Alias = z.infer<typeof aliasSchema>
export type HandTags = z.infer<typeof handTagsSchema>
export type FeedToken = z.infer<typeof feedTokenSchema>
export type Endpoint = z.infer<typeof endpointSchema>
export type WebhookFormat = (typeof webhookFormats)[number]
