import type { FeedEntry } from '@newswire/model'
import { intakeLimits } from '../limits.js'
import { entryOf, feedOf, isEmptyEntry } from './entry.js'
import { FeedError } from './feed-error.js'
import { type FloodLimits, newestFirst, withoutFlood } from './flood.js'
import { withoutProlog } from './prolog.js'
import type { RawFeed, Reader } from './reader.js'
import { mendReferences } from './repair.js'
import { createRssParserReader } from './rss-parser-reader.js'

export interface Feed {
  readonly feed: FeedEntry['feed']
  /** Newest first. */
  readonly entries: readonly FeedEntry[]
  /** Older entries that the limit of a poll left out. */
  readonly dropped: number
}

/** Asked in order until one can read the text. */
const readers: readonly Reader[] = [createRssParserReader(intakeLimits)]

/**
 * Decoded text → the entries of a feed. `url` is its address after redirects. Throws FeedError with
 * a sentence: broken XML is a failed poll, as its missing part may be the newest release.
 */
export async function readFeed(
  text: string,
  url: string,
  limits: FloodLimits = intakeLimits,
): Promise<Feed> {
  const { xml, root } = withoutProlog(text)
  const bounded = withoutFlood(xml, limits)
  const raw = await readMended(bounded.xml, root)
  const feed = feedOf(raw, url)
  const entries = raw.entries.map((entry) => entryOf(entry, feed, url))
  return {
    feed,
    entries: newestFirst(
      entries.filter((entry) => !isEmptyEntry(entry)),
      (entry) => Date.parse(entry.published ?? entry.updated ?? ''),
    ),
    dropped: bounded.dropped,
  }
}

async function readMended(xml: string, root: string): Promise<RawFeed> {
  try {
    return await readFirst(xml, root)
  } catch (error) {
    const mended = mendReferences(xml, intakeLimits.repairsMax)
    if (mended === xml) throw feedError(error)
    return readFirst(mended, root).catch((again: unknown) => {
      throw feedError(again)
    })
  }
}

async function readFirst(xml: string, root: string): Promise<RawFeed> {
  let failure: unknown
  for (const read of readers) {
    try {
      return await read(xml, root)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

const sentences: readonly (readonly [RegExp, string])[] = [
  [/unclosed root tag|unclosed cdata|unclosed/i, 'The feed breaks off before its end.'],
  [/not recognized/i, 'The feed is of no version that can be read (RSS 0.9–2.0, Atom, RDF).'],
  [/cannot read propert/i, 'The feed has no channel.'],
]

/** The parser's own message has the place of the fault in its further lines. */
function feedError(error: unknown): FeedError {
  const message = error instanceof Error ? error.message : String(error)
  const known = sentences.find(([pattern]) => pattern.test(message))?.[1]
  const [what = '', line] = message.split('\n')
  const place = line?.startsWith('Line: ') ? `, line ${Number(line.slice(6)) + 1}` : ''
  return new FeedError(known ?? `The XML is broken: ${what}${place}.`, { cause: error })
}
