import type { FeedEntry } from '@newswire/model'
import { stripIllegal } from '../decode/legal.js'
import { intakeLimits } from '../limits.js'
import { channelOf, repairedEntry } from './entry.js'
import { looksLikeJson, readJsonFeed } from './json-feed.js'
import { plainEntries } from './plain.js'
import { withoutProlog } from './prolog.js'
import type { RawEntry, RawFeed, ReadLimits } from './reader.js'
import { needsRepair, repaired } from './repair.js'
import { readWithRssParser } from './rss-parser-reader.js'
import { readTolerantly } from './tolerant-reader.js'

export interface Feed {
  readonly feed: FeedEntry['feed']
  /** Newest first. */
  readonly entries: readonly FeedEntry[]
  /** Older entries that the limit of a poll left out. */
  readonly dropped: number
  /**
   * The text ends within the feed. What is whole was read; what is missing may be the newest
   * release, so the feed must not count as read to its end.
   */
  readonly isCut: boolean
  /**
   * The one of `entries` that the text ends in, the last of them: as far as it goes, so that it is
   * no release.
   */
  readonly broken?: FeedEntry
  /** A sentence for the source's row where something is wrong with the feed. */
  readonly note?: string
}

/**
 * Decoded text → the entries of a feed: RSS, Atom, RDF, CDF or JSON Feed. `url` is its address
 * after redirects. FeedError, with a sentence, for what is no feed or passes a limit.
 */
export async function readFeed(
  text: string,
  url: string,
  limits: ReadLimits = intakeLimits,
): Promise<Feed> {
  const legal = stripIllegal(text)
  const raw = looksLikeJson(legal)
    ? readJsonFeed(legal, url, limits)
    : await readXml(legal, url, limits)
  const isFaulty = needsRepair(legal)
  const feed = channelOf(raw, url, isFaulty ? repaired : (title) => title)
  const read = (entry: RawEntry): FeedEntry => ({
    ...(isFaulty ? repairedEntry(entry) : entry),
    feed,
  })
  const whole = raw.entries.map(read)
  const broken = raw.broken && read(raw.broken)
  return {
    feed,
    entries: broken === undefined ? whole : [...whole, broken],
    dropped: raw.dropped,
    isCut: raw.isCut,
    ...(broken === undefined ? {} : { broken }),
    ...noteOf(raw, whole.length),
  }
}

/** rss-parser reads what it is known to read rightly; all else, and what it fails at, the other. */
async function readXml(text: string, url: string, limits: ReadLimits): Promise<RawFeed> {
  const { xml, root } = withoutProlog(text)
  const isShort = xml.length <= intakeLimits.plainCharsMax
  const expected = isShort ? plainEntries(xml, root) : undefined
  if (expected !== undefined && expected <= limits.entriesMax) {
    const feed = await readWithRssParser(xml, url).catch(() => undefined)
    if (feed !== undefined && feed.entries.length >= expected) return feed
  }
  return readTolerantly(xml, url, limits)
}

function noteOf({ isCut }: RawFeed, entries: number): Pick<Feed, 'note'> {
  if (!isCut) return {}
  return { note: `The feed breaks off before its end; ${entries} whole entries were read.` }
}
