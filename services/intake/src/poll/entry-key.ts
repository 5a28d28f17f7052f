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
  const normal = remembering(normalId)
  const shared = sharedBy(entries, (entry) => entry.guid && normal(entry.guid))
  const honest = entries.map((entry) =>
    entry.guid && shared.has(normal(entry.guid)) ? withoutGuid(entry) : entry,
  )
  const sharedLinks = sharedBy(honest, (entry) => entry.link && normal(entry.link))
  const keyed = new Map<string, KeyedEntry>()
  for (const entry of honest) {
    const contentHash = hashOf(entry, normal)
    const name = nameOf(entry, sharedLinks, normal) ?? contentHash
    const plain = shortHash(name)
    const twin = keyed.get(plain)
    // The same id and title with two texts: apart, or each poll would find both changed.
    const key =
      twin && twin.contentHash !== contentHash ? shortHash(`${name} ${contentHash}`) : plain
    if (!keyed.has(key)) keyed.set(key, { entry, key, contentHash })
  }
  return [...keyed.values()]
}

/** Guid and link of an entry are often one address, and each is asked for several times. */
function remembering(normal: (id: string) => string): (id: string) => string {
  const known = new Map<string, string>()
  return (id) => {
    const before = known.get(id)
    if (before !== undefined) return before
    const made = normal(id)
    known.set(id, made)
    return made
  }
}

/**
 * An address without what differs between two copies of it: scheme, `www.`, tracking, last slash.
 */
export function normalId(id: string): string {
  if (!/^https?:/i.test(id) || !URL.canParse(id)) return id.trim()
  const url = new URL(id)
  if (url.search !== '') {
    for (const name of [...url.searchParams.keys()]) {
      if (trackingParameter.test(name)) url.searchParams.delete(name)
    }
  }
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.host.replace(/^www\./, '')}${path}${url.search}${url.hash}`
}

/**
 * Over all that an entry says of itself; what the channel says (it carries the time of the request
 * in some feeds) is no part of it.
 */
export function contentHashOf(entry: FeedEntry): string {
  return hashOf(entry, normalId)
}

/** Field by field: two readers may give the same entry with its fields in another order. */
function hashOf(entry: FeedEntry, normal: (id: string) => string): string {
  const { guid, link, title, content, summary, published, updated, author } = entry
  const ids = [guid, link].map((id) => (id === undefined ? '' : normal(id)))
  const texts = [title, content, summary, published, updated, author].map((text) => text ?? '')
  const enclosures = entry.enclosures.flatMap(({ url, type, caption, credit }) =>
    [url, type, caption, credit].map((text) => text ?? ''),
  )
  const names = Object.keys(entry.extensions).toSorted()
  const extensions = names.flatMap((name) => {
    const values = entry.extensions[name] ?? []
    return [name, String(values.length), ...values]
  })
  const counts = [entry.categories, enclosures, extensions].map((list) => String(list.length))
  return shortHash(...ids, ...texts, ...counts, ...entry.categories, ...enclosures, ...extensions)
}

function nameOf(
  entry: FeedEntry,
  sharedLinks: ReadonlySet<string>,
  normal: (id: string) => string,
): string | undefined {
  if (entry.guid) return normal(entry.guid)
  const link = entry.link && normal(entry.link)
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
