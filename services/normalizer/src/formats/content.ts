import type { Media } from '@newswire/model'
import type { Reading } from '../draft.js'

/** What one rendition of an item's content says, in whatever format it is written. */
export interface Content {
  readonly body: Reading['body']
  /** The body as plain text. */
  readonly text: string
  /** Titles, dateline, contact and page that stand within the content itself. */
  readonly headline?: string
  readonly subheadline?: string
  readonly dateline?: string
  readonly contact?: string
  readonly sourceUrl?: string
  readonly media: readonly Media[]
}
