import { renderEvent } from '../events.js'
import type { Rendering, Told } from './told.js'

/**
 * Standard Webhooks 1.0, "Payload": `{type, timestamp, data}`. Kept as bytes alone: the text beside
 * them would take as much room again, and only the bus asks for it.
 */
export function standardEvent({ type, time, data }: Told): Rendering {
  const body = Buffer.from(renderEvent(type, time, data))
  return {
    contentType: 'application/json',
    textFor: () => body.toString('utf8'),
    bytesFor: () => body,
    bytes: body.byteLength,
  }
}
