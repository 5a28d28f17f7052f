import { type RawItem, rawContentTypes } from '@newswire/model'
import type { Feed } from '../feed/read-feed.js'
import { keyEntries } from './entry-key.js'
import type { Marked } from './marks.js'

/** One release as a source shows it, whatever the source is. */
export interface Piece extends Marked {
  readonly contentType: RawItem['contentType']
  /** What the raw item will hold; made only for what is new. */
  body(): string
  /** When it was published, as it says; NaN where nothing can be read. */
  readonly date: number
}

/** The entries of a feed, newest first, each once. */
export function piecesOf(feed: Feed): Piece[] {
  return keyEntries(feed.entries).map(({ entry, key, contentHash }) => ({
    key,
    contentHash,
    contentType: rawContentTypes.entry,
    body: () => JSON.stringify(entry),
    date: Date.parse(entry.published ?? entry.updated ?? ''),
  }))
}
