import type { PublicUrl, Rendering, Told } from './told.js'

/** The `source` of a house without an address: CloudEvents asks for a URI-reference, not empty. */
const sourceDefault = 'urn:newswire'

/**
 * CloudEvents 1.0.2 in the structured JSON format (JSON Event Format 1.0.2, section 3). `source`
 * and `id` together name one event (Core, section 3.1.1): the id is the receiver's `webhook-id`,
 * which attempts and replays share. It stands at the head, so that all behind it is written once.
 */
export function cloudEvent({ type, time, subject, data }: Told, publicUrl: PublicUrl): Rendering {
  const behindId = JSON.stringify({
    specversion: '1.0',
    source: publicUrl ?? sourceDefault,
    type,
    subject,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    data,
  }).slice(1)
  const textFor = (id: string) => `{"id":${JSON.stringify(id)},${behindId}`
  return {
    contentType: 'application/cloudevents+json',
    textFor,
    bytesFor: (id) => Buffer.from(textFor(id)),
    bytes: 2 * behindId.length,
  }
}
