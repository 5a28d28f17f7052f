import { randomBytes } from 'node:crypto'
import type { Filter, TaggedItem, WebhookFormat } from '@newswire/model'
import type { Store } from '@newswire/store'
import { userAgent } from '../deliver/call.js'
import { type EventType, eventTypeOf } from '../deliver/events.js'
import { renderItem } from '../deliver/formats/formats.js'
import type { PublicUrl } from '../deliver/formats/told.js'
import { newKeyPair, privateKeyOf } from '../deliver/key-pair.js'
import { newSecret, type SigningKey, secretKeyOf, signedHeaders } from '../deliver/signature.js'
import type { signatureKinds } from '../registry/webhook-row.js'
import { exampleItem } from './example-item.js'

const idBytes = 12
/** What was withdrawn is passed by: a preview is to show a text. */
const looksMax = 20

export interface PreviewQuestion {
  readonly filter: Filter
  readonly signature: (typeof signatureKinds)[number]
  readonly seesPrivate: boolean
  readonly now: Date
}

/** One call, as it would be made: the body is signed to the byte. */
interface PreviewedCall {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Preview {
  readonly type: EventType
  /** Null where nothing matches yet: the calls then carry a made-up item. */
  readonly item: {
    readonly id: string
    readonly headline: string
    readonly published: string
  } | null
  /** What these calls are signed with, made for this preview and for nothing else. */
  readonly secret: string | null
  readonly publicKey: string | null
  readonly calls: Readonly<Record<WebhookFormat, PreviewedCall>>
}

/** What a webhook of this filter would be sent of the newest item that matches, in each format. */
export async function preview(
  store: Pick<Store, 'query'>,
  publicUrl: PublicUrl,
  question: PreviewQuestion,
): Promise<Preview> {
  const { filter, seesPrivate, now, signature } = question
  const sees = seesPrivate ? 'all' : 'public'
  const { items } = await store.query({ filter, limit: looksMax, sees })
  const found = items.find(({ item }) => item.status === 'usable')?.item
  const item = found ?? exampleItem(now)
  const keys = keysFor(signature)
  const type = eventTypeOf(item, false)
  const id = `msg_preview_${randomBytes(idBytes).toString('base64url')}`
  const callIn = (format: WebhookFormat) => {
    const told = { type, item, happened: new Date(item.updated) }
    const { contentType, textFor } = renderItem(format, told, publicUrl)
    const body = textFor(id)
    return { headers: headersOf(item, contentType, { id, now, body, keys: keys.signing }), body }
  }
  const { secret, publicKey } = keys
  const calls = {
    newswire: callIn('newswire'),
    cloudevents: callIn('cloudevents'),
    thin: callIn('thin'),
  }
  return { type, item: found ? viewOf(found) : null, secret, publicKey, calls }
}

function headersOf(
  { version }: TaggedItem,
  contentType: string,
  signed: Parameters<typeof signedHeaders>[0],
): Record<string, string> {
  return {
    'content-type': contentType,
    'user-agent': userAgent,
    ...signedHeaders(signed),
    'newswire-version': String(version),
    'newswire-sequence': '1',
  }
}

function viewOf({ id, headline, published }: TaggedItem) {
  return { id, headline, published }
}

function keysFor(signature: PreviewQuestion['signature']) {
  const secret = signature === 'ed25519' ? null : newSecret()
  const pair = signature === 'hmac' ? null : newKeyPair()
  const signing: SigningKey[] = []
  const bytes = secret === null ? undefined : secretKeyOf(secret)
  if (bytes) signing.push(bytes)
  if (pair) signing.push(privateKeyOf(pair.private))
  return { secret, publicKey: pair?.public ?? null, signing }
}
