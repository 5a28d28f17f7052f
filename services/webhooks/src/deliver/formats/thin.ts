import { revisionOf, type TaggedItem } from '@newswire/model'
import type { PublicUrl } from './told.js'

/**
 * Which item and version it is, and where it is read; no word of it, so that a receiver's logs and
 * queues hold nothing that a withdrawal would have to reach.
 */
export function thinOf(item: TaggedItem, publicUrl: PublicUrl): Record<string, unknown> {
  const { id, uri, version, status } = item
  // Without an address of the house, the path alone: the receiver knows whom it asked.
  const link = `${publicUrl ?? ''}/api/v1/items/${encodeURIComponent(id)}`
  return { id, uri, version, revision: revisionOf(item), status, link }
}
