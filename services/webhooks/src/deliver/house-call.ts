import type { OpenedWebhook } from '../registry/sealed.js'
import type { Call } from './call.js'
import { render } from './formats/formats.js'
import type { PublicUrl } from './formats/told.js'

/**
 * A call about the webhook itself (`webhook.verify`, `webhook.test`, …): in its own format, with
 * its own headers, signed with all keys that hold at `now`.
 */
export function houseCall(
  { row, keys, headers }: OpenedWebhook,
  { id, type, data, now, happened = now, publicUrl }: HouseEvent,
): Call {
  const told = { type, time: happened, subject: row.id, data }
  const { contentType, textFor } = render(row.format, told, publicUrl)
  return { url: row.url, id, body: textFor(id), contentType, keys: keys(now), headers: headers() }
}

export interface HouseEvent {
  /** The `webhook-id`. */
  readonly id: string
  readonly type: `webhook.${string}`
  readonly data: unknown
  readonly now: Date
  /** Default: now. */
  readonly happened?: Date
  readonly publicUrl: PublicUrl
}
