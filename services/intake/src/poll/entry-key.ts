import type { FeedEntry } from '@newswire/model'
import { shortHash } from '@newswire/model'

/** A feed entry with what tells it from others and from its own earlier text. */
export interface KeyedEntry {
  readonly entry: FeedEntry
  /** Names the entry within its source over all polls. */
  readonly key: string
  /** Changes when a reader would see another text. */
  readonly contentHash: string
}

const trackingParameter = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|rss|cmpid|tc)$/i

/**
 * Gives each entry its key: the guid, else the link, else its content. An id that stands on entries
 * with different titles names none of them: those fall back to the link, then to their content, and
 * go on without the guid. Entries that are the same twice come out once.
 */
export function keyEntries(entries: readonly FeedEntry[]): KeyedEntry[] {
  const shared = sharedBy(entries, (entry) => entry.guid && normalId(entry.guid))
  const honest = entries.map((entry) =>
    entry.guid && shared.has(normalId(entry.guid)) ? withoutGuid(entry) : entry,
  )
  const sharedLinks = sharedBy(honest, (entry) => entry.link && normalId(entry.link))
  const keyed = new Map<string, KeyedEntry>()
  for (const entry of honest) {
    const contentHash = contentHashOf(entry)
    const name = nameOf(entry, sharedLinks) ?? contentHash
    const twin = keyed.get(shortHash(name))
    // The same id and title with two texts: apart, or each poll would find both changed.
    const key = shortHash(
      twin && twin.contentHash !== contentHash ? `${name} ${contentHash}` : name,
    )
    if (!keyed.has(key)) keyed.set(key, { entry, key, contentHash })
  }
  return [...keyed.values()]
}

/**
 * An address without what differs between two copies of it: scheme, `www.`, tracking, last slash.
 */
export function normalId(id: string): string {
  if (!/^https?:/i.test(id) || !URL.canParse(id)) return id.trim()
  const url = new URL(id)
  for (const name of [...url.searchParams.keys()]) {
    if (trackingParameter.test(name)) url.searchParams.delete(name)
  }
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.host.replace(/^www\./, '')}${path}${url.search}${url.hash}`
}

/**
 * Over all that an entry says of itself; what the channel says (it carries the time of the request
 * in some feeds) is no part of it.
 */
export function contentHashOf(entry: FeedEntry): string {
  const { guid, link, feed: _channel, ...content } = entry
  const ids = [guid, link].map((id) => (id === undefined ? '' : normalId(id)))
  return shortHash(...ids, JSON.stringify(content))
}

function nameOf(entry: FeedEntry, sharedLinks: ReadonlySet<string>): string | undefined {
  if (entry.guid) return normalId(entry.guid)
  const link = entry.link && normalId(entry.link)
  return link && !sharedLinks.has(link) ? link : undefined
}

function sharedBy(
  entries: readonly FeedEntry[],
  idOf: (entry: FeedEntry) => string | undefined,
): ReadonlySet<string> {
  const titles = new Map<string, string | undefined>()
  const shared = new Set<string>()
  for (const entry of entries) {
    const id = idOf(entry)
    if (!id) continue
    if (titles.has(id) && titles.get(id) !== entry.title) shared.add(id)
    titles.set(id, entry.title)
  }
  return shared
}

function withoutGuid({ guid: _shared, ...entry }: FeedEntry): FeedEntry {
  return entry
}
