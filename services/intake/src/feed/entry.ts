import type { FeedEntry } from '@newswire/model'
import { stripIllegal } from '../decode/legal.js'
import type { XmlNode } from './node.js'
import { attributeOf, childrenOf, firstText, nodesOf, textOf, textsOf } from './node.js'
import type { RawEntry, RawFeed } from './reader.js'

type Enclosure = FeedEntry['enclosures'][number]

/** Elements that other fields of an entry are made of. */
const structural = new Set([
  'content:encoded',
  'media:content',
  'media:group',
  'media:thumbnail',
  'atom:link',
  'atom:title',
  'atom:published',
  'atom:updated',
])

/** What the channel says of itself; `url` is where the feed was found, after redirects. */
export function feedOf(feed: RawFeed, url: string): FeedEntry['feed'] {
  return present({
    title: clean(firstText(feed.title)),
    link: resolved(firstText(feed.link) ?? linkOf(feed.atomLinks), url),
    language: clean(firstText(feed.language)),
    url,
  })
}

/** One entry in the house's shape, its links resolved against the feed's own address. */
export function entryOf(entry: RawEntry, feed: FeedEntry['feed'], url: string): FeedEntry {
  const encoded = firstText(entry.encoded)
  const content = firstText(entry.content)
  const summary = firstText(entry.summary)
  return {
    ...present({
      guid: clean(firstOf(entry.ids)),
      link: resolved(firstText(entry.links) ?? linkOf(entry.atomLinks), url),
      title: clean(firstText(entry.title)),
      content: clean(encoded ?? content ?? summary),
      summary: clean(encoded ? (content ?? summary) : content && summary),
      published: clean(firstOf(entry.published)),
      updated: clean(firstOf(entry.updated)),
      author: clean(firstOf(entry.author)),
    }),
    categories: nodesOf(entry.categories).flatMap((node) => clean(categoryOf(node)) ?? []),
    enclosures: enclosuresOf(entry, url),
    extensions: extensionsOf(entry),
    feed,
  }
}

/** Whether an entry says anything that an item could be made of. */
export function isEmptyEntry(entry: FeedEntry): boolean {
  return !(entry.guid ?? entry.link ?? entry.title ?? entry.content)
}

function firstOf(candidates: readonly unknown[]): string | undefined {
  for (const candidate of candidates) {
    const text = firstText(candidate)
    if (text !== undefined) return text
  }
  return undefined
}

/** The address of Atom's alternate link; a link without `rel` is one. */
function linkOf(links: unknown): string | undefined {
  const nodes = nodesOf(links)
  const alternate = nodes.find((node) => (attributeOf(node, 'rel') ?? 'alternate') === 'alternate')
  return alternate === undefined ? undefined : (attributeOf(alternate, 'href') ?? textOf(alternate))
}

function categoryOf(node: XmlNode): string | undefined {
  return attributeOf(node, 'term') ?? textOf(node)
}

function extensionsOf(entry: RawEntry): FeedEntry['extensions'] {
  const extensions: FeedEntry['extensions'] = {}
  for (const [name, value] of entry.extensions) {
    if (structural.has(name)) continue
    const texts = textsOf(value).map(stripIllegal)
    if (texts.length > 0) extensions[name] = texts
  }
  return extensions
}

function enclosuresOf(entry: RawEntry, url: string): Enclosure[] {
  const contents = nodesOf(entry.extensions.get('media:content'))
  const groups = nodesOf(entry.extensions.get('media:group'))
  const grouped = groups.flatMap((group) => childrenOf(group, 'media:content'))
  const atom = nodesOf(entry.atomLinks).filter((node) => attributeOf(node, 'rel') === 'enclosure')
  const all = [...nodesOf(entry.enclosures), ...atom, ...contents, ...grouped]
  return all.flatMap((node) => enclosureOf(node, url) ?? [])
}

function enclosureOf(node: XmlNode, feedUrl: string): Enclosure | undefined {
  const url = resolved(attributeOf(node, 'url') ?? attributeOf(node, 'href'), feedUrl)
  if (url === undefined) return undefined
  const captions = [childrenOf(node, 'media:description'), childrenOf(node, 'media:title')]
  return {
    url,
    ...present({
      type: clean(attributeOf(node, 'type')),
      caption: clean(firstOf(captions)),
      credit: clean(firstText(childrenOf(node, 'media:credit'))),
    }),
  }
}

function resolved(address: string | undefined, base: string): string | undefined {
  const text = clean(address)
  if (text === undefined) return undefined
  // What is no address stays as it stands: the entry may still be known by it.
  return URL.canParse(text, base) && !URL.canParse(text) ? new URL(text, base).href : text
}

/** A numeric reference in the feed can name a character that its own text may not hold. */
function clean(text: string | undefined): string | undefined {
  const stripped = text === undefined ? '' : stripIllegal(text).trim()
  return stripped === '' ? undefined : stripped
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The fields that have a value: an absent one is left out, never `undefined`. */
function present<T extends Record<string, unknown>>(fields: T): Present<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Present<T>
}
