import { type FeedEntry, type RawItem, rawContentTypes } from '@newswire/model'
import type { Feed } from '../feed/read-feed.js'
import { intakeLimits } from '../limits.js'
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

/**
 * The releases of a feed, newest first, each once, and as sentences what was left out: an entry
 * without words can't become an item, and one that the feed breaks off in is asked for again.
 */
export function piecesOf(feed: Feed): { pieces: Piece[]; notes: string[] } {
  const whole = feed.entries.filter((entry) => entry !== feed.broken)
  const worded = whole.filter(hasWords)
  const pieces = keyEntries(worded).map(({ entry, key, contentHash }) => ({
    key,
    contentHash,
    contentType: rawContentTypes.entry,
    body: () => JSON.stringify(entry),
    date: Date.parse(entry.published ?? entry.updated ?? ''),
  }))
  return { pieces, notes: notesOn(feed, whole.length - worded.length) }
}

function hasWords({ title, content, summary }: FeedEntry): boolean {
  return [title, content, summary].some((text) => text !== undefined)
}

function notesOn({ dropped, note }: Feed, wordless: number): string[] {
  const { entriesMax } = intakeLimits
  return [
    ...(dropped > 0
      ? [`${dropped} entries stand behind the newest ${entriesMax} and were left out.`]
      : []),
    ...(wordless > 0 ? [`${wordless} entries have neither title nor text and were left out.`] : []),
    ...(note === undefined ? [] : [note]),
  ]
}
