import type { Tag } from '@newswire/model'
import { Feed } from 'feed'
import type { Entry } from './entry.js'

/** What a feed says of itself. */
export interface Channel {
  readonly title: string
  readonly description: string
  /** The page that shows the same filter to people. */
  readonly pageUrl: string
  /** The feed's own canonical address. */
  readonly selfUrl: string
  /** From the items, never from the clock: the same items give the same bytes. */
  readonly updated: Date
}

const schemeUris: Partial<Record<Tag['scheme'], string>> = {
  medtop: 'http://cv.iptc.org/newscodes/mediatopic/',
}

/** Where the codes of a scheme are defined. */
export function schemeUri(scheme: Tag['scheme']): string {
  return schemeUris[scheme] ?? `urn:newswire:scheme:${scheme}`
}

export interface LibraryOptions {
  readonly channel: Channel
  readonly entries: readonly Entry[]
  /** How this format wants plain text in titles and summaries. */
  readonly text: (plain: string) => string
  /** Further elements of an entry, by qualified name. RSS and JSON only. */
  readonly extensions?: (entry: Entry) => Record<string, Record<string, unknown>>
}

/**
 * The `feed` library filled with our entries; each format writes it and mends what it gets wrong.
 */
export function fillLibrary({ channel, entries, text, extensions }: LibraryOptions): Feed {
  const library = new Feed({
    id: channel.selfUrl,
    title: channel.title,
    description: channel.description,
    link: channel.pageUrl,
    feed: channel.selfUrl,
    feedLinks: { json: channel.selfUrl },
    updated: channel.updated,
    generator: 'Newswire',
    author: { name: 'Newswire' },
  })
  for (const entry of entries) {
    library.addItem({
      id: entry.id,
      title: text(entry.title),
      link: entry.url,
      date: entry.updated,
      published: entry.published,
      ...(entry.summary === '' ? {} : { description: text(entry.summary) }),
      ...(entry.html === '' ? {} : { content: entry.html }),
      ...(entry.issuer === '' ? {} : { author: [{ name: entry.issuer }] }),
      category: entry.item.tags.map((tag) => ({
        name: attribute(tag.label),
        term: tag.code,
        scheme: schemeUri(tag.scheme),
        domain: schemeUri(tag.scheme),
      })),
      extensions: Object.entries(extensions?.(entry) ?? {}).map(([name, objects]) => ({
        name,
        objects,
      })),
    })
  }
  return library
}

/** The library escapes `&` in attributes and lets `<` through, which breaks the document. */
function attribute(text: string): string {
  return text.replaceAll('<', '‹')
}
