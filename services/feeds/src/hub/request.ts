import { Problem } from '@newswire/http'
import type { FeedAddress } from '../address.js'
import type { HubLimits } from './limits.js'
import { readTopic } from './topic.js'

/** What a form asks the hub for (REC WebSub 5.1); `publish` says that a topic has news. */
export type HubRequest =
  | { readonly mode: 'publish' }
  | {
      readonly mode: 'subscribe' | 'unsubscribe'
      /** As the subscriber wrote it: it is called at exactly this address. */
      readonly callback: string
      /** As the subscriber wrote it. */
      readonly topic: string
      readonly address: FeedAddress
      readonly leaseSeconds: number
      readonly secret: string | undefined
    }

export interface ReadRequestOptions {
  readonly publicUrl: string
  readonly limits: HubLimits
}

/** Reads a form; unknown parameters are ignored. Throws a Problem with a sentence. */
export function readRequest(form: URLSearchParams, options: ReadRequestOptions): HubRequest {
  const { publicUrl, limits } = options
  const mode = one(form, 'hub.mode')
  if (mode === 'publish') {
    readPublished(form, publicUrl)
    return { mode }
  }
  if (mode !== 'subscribe' && mode !== 'unsubscribe') {
    const got = mode === '' ? 'is missing' : 'is not known'
    throw bad(`hub.mode ${got}. Send subscribe, unsubscribe or publish.`)
  }
  const topic = one(form, 'hub.topic')
  if (topic === '') throw bad('hub.topic is missing. Give the address of the feed.')
  if (topic.length > limits.topicCharsMax) throw bad('hub.topic is too long.')
  return {
    mode,
    topic,
    address: readTopic(topic, publicUrl),
    callback: readCallback(one(form, 'hub.callback'), limits),
    leaseSeconds: readLease(one(form, 'hub.lease_seconds'), limits),
    secret: readSecret(one(form, 'hub.secret'), limits),
  }
}

/** `hub.url` is what publishers of PubSubHubbub 0.4 send, several times if need be. */
function readPublished(form: URLSearchParams, publicUrl: string): void {
  const topics = [...form.getAll('hub.url'), ...form.getAll('hub.topic')]
  if (topics.length === 0) throw bad('hub.topic is missing. Give the address of the feed.')
  for (const topic of topics) readTopic(topic, publicUrl)
}

function readCallback(callback: string, { callbackCharsMax }: HubLimits): string {
  if (callback === '') throw bad('hub.callback is missing. Give the address that is to be called.')
  if (callback.length > callbackCharsMax) {
    throw bad(`hub.callback has more than ${callbackCharsMax} characters. Give a shorter one.`)
  }
  const isWeb = /^https?:\/\//i.test(callback) && URL.canParse(callback)
  if (!isWeb) throw bad('hub.callback is no address. Give a whole one, with https:// or http://.')
  return callback
}

/** REC WebSub 5.1: the hub decides in the end, and no subscription is for ever. */
function readLease(text: string, limits: HubLimits): number {
  const { leaseSecondsDefault, leaseSecondsMin, leaseSecondsMax } = limits
  if (text === '') return leaseSecondsDefault
  if (!/^\d{1,15}$/.test(text)) {
    throw bad('hub.lease_seconds is no number. Give whole seconds, or leave it out.')
  }
  return Math.min(leaseSecondsMax, Math.max(leaseSecondsMin, Number(text)))
}

function readSecret(secret: string, { secretBytesMax }: HubLimits): string | undefined {
  if (secret === '') return undefined
  if (Buffer.byteLength(secret) <= secretBytesMax) return secret
  throw bad(`hub.secret is too long. Give at most ${secretBytesMax} bytes.`)
}

function one(form: URLSearchParams, name: string): string {
  const [value = '', ...others] = form.getAll(name)
  if (others.some((other) => other !== value)) throw bad(`${name} is given twice. Give it once.`)
  return value
}

function bad(detail: string): Problem {
  return new Problem({ status: 400, slug: 'bad-hub-request', title: 'Bad request', detail })
}
