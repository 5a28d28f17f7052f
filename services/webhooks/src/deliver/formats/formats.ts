import { type TaggedItem, toNinjs, type WebhookFormat } from '@newswire/model'
import type { EventType } from '../events.js'
import { cloudEvent } from './cloud-event.js'
import { standardEvent } from './standard-event.js'
import { thinOf } from './thin.js'
import type { PublicUrl, Rendering, Told } from './told.js'

/** An event about the webhook itself: `webhook.verify`, `webhook.test`, …; its data is small. */
export function render(format: WebhookFormat, told: Told, publicUrl: PublicUrl): Rendering {
  return format === 'cloudevents' ? cloudEvent(told, publicUrl) : standardEvent(told)
}

/** `happened` is when the version became public: the same over all attempts. */
export function renderItem(
  format: WebhookFormat,
  { type, item, happened }: { type: EventType; item: TaggedItem; happened: Date },
  publicUrl: PublicUrl,
): Rendering {
  const data = format === 'thin' ? thinOf(item, publicUrl) : toNinjs(item)
  return render(format, { type, time: happened, subject: item.id, data }, publicUrl)
}
