import { Feed } from 'feed'
import type { FeedLinks } from '../feed-page.js'
import type { Entry } from './entry.js'

/** What a feed says of itself. */
export interface Channel {
  readonly title: string
  readonly description: string
  /** Of the two. */
  readonly language: string
  /** The page that shows the same filter to people. */
  readonly pageUrl: string
  /** The feed's own canonical address. */
  readonly selfUrl: string
  readonly links: FeedLinks
  readonly isArchive: boolean
  /** From the items, never from the clock: the same items give the same bytes. */
  readonly updated: Date
}

/** How a format writes what the library is given. */
export interface Hand {
  readonly text: (plain: string) => string
  readonly address: (url: string) => string
  readonly title: (plain: string) => string
  readonly summary: (plain: string) => string
  readonly html: (html: string) => string
  readonly rights: (plain: string) => string
}

export interface LibraryOptions {
  readonly channel: Channel
  readonly entries: readonly Entry[]
  readonly hand: Hand
  /** Further elements of an entry, by qualified name. RSS and JSON only. */
  readonly extensions?: (entry: Entry) => Record<string, Record<string, unknown>>
}

/**
 * The `feed` library filled with our entries; each format writes it and mends what it gets wrong.
 */
export function fillLibrary({ channel, entries, hand, extensions }: LibraryOptions): Feed {
  const { links } = channel
  const library = new Feed({
    id: hand.address(channel.selfUrl),
    title: hand.title(channel.title),
    description: hand.text(channel.description),
    link: hand.address(channel.pageUrl),
    feed: hand.address(channel.selfUrl),
    feedLinks: { json: channel.selfUrl },
    ...(links.hub === undefined ? {} : { hub: hand.address(links.hub) }),
    updated: channel.updated,
    generator: 'Newswire',
    language: channel.language,
    author: { name: 'Newswire' },
  })
  for (const entry of entries) {
    library.addItem({
      id: hand.address(entry.id),
      title: hand.title(entry.title),
      link: hand.address(entry.url),
      date: entry.updated,
      published: entry.published,
      ...(entry.summary === '' ? {} : { description: hand.summary(entry.summary) }),
      ...(entry.html === '' ? {} : { content: hand.html(entry.html) }),
      ...(entry.issuer === '' ? {} : { author: [{ name: hand.text(entry.issuer) }] }),
      ...(entry.credit === '' ? {} : { copyright: hand.rights(entry.credit) }),
      category: entry.categories.map(({ term, scheme, label }) => ({
        name: hand.text(label),
        term: hand.text(term),
        scheme: hand.address(scheme),
        domain: hand.address(scheme),
      })),
      extensions: Object.entries(extensions?.(entry) ?? {}).map(([name, objects]) => ({
        name,
        objects,
      })),
    })
  }
  return library
}
