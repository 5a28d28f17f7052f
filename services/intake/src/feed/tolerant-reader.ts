import type { XmlElement } from './element.js'
import { channelOf, dateOf, entryOf } from './entry-of-element.js'
import { createNewest } from './flood.js'
import type { RawFeed, ReadLimits } from './reader.js'
import { withClosedQuotes } from './repair.js'
import { readTree } from './xml-tree.js'

/**
 * Reads every feed that can be made sense of, in one pass and without a word about its faults.
 * FeedError only where a limit is passed.
 */
export function readTolerantly(xml: string, base: string, limits: ReadLimits): RawFeed {
  const feed = read(xml, base, limits)
  if (!feed.isCut) return feed
  // A quote that is missing swallows what follows, often to the end.
  const mended = withClosedQuotes(xml)
  if (mended === xml) return feed
  const again = read(mended, base, limits)
  return again.isCut && again.entries.length <= feed.entries.length ? feed : again
}

function read(xml: string, base: string, limits: ReadLimits): RawFeed {
  const newest = createNewest<XmlElement>(limits.entriesMax)
  const onEntry = (entry: XmlElement) => newest.add(entry, dateOf)
  const { root, isCut, broken } = readTree(xml, { base, limits, onEntry })
  const { entries, dropped } = newest.result()
  const keepsExtension = firstNames(limits.extensionNamesMax)
  return {
    ...(root === undefined ? {} : channelOf(root)),
    entries: entries.map((entry) => entryOf(entry, keepsExtension)),
    dropped,
    isCut,
    ...(broken === undefined ? {} : { broken: entryOf(broken, keepsExtension) }),
  }
}

function firstNames(namesMax: number): (name: string) => boolean {
  const names = new Set<string>()
  return (name) => {
    if (names.size < namesMax) names.add(name)
    return names.has(name)
  }
}
