import { createHash } from 'node:crypto'
import type { Draft } from '../draft.js'

/**
 * SHA-256 (base64url) over what makes a version another one for a reader: headline, subheadline,
 * text, status and embargo. White space is not counted: wires wrap anew.
 */
export function contentHashOf(
  draft: Pick<Draft, 'headline' | 'subheadline' | 'body' | 'status' | 'embargoUntil'>,
): string {
  const parts = [
    draft.headline,
    draft.subheadline ?? '',
    draft.body.text,
    draft.status,
    draft.embargoUntil ?? '',
  ]
  const hash = createHash('sha256')
  for (const part of parts) {
    const text = part.replace(/\s+/g, ' ').trim()
    hash.update(`${text.length}:${text}`)
  }
  return hash.digest('base64url')
}
