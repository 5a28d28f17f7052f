import Parser from 'rss-parser'
import type { RawEntry, RawFeed, Reader } from './reader.js'

/** Elements without a prefix that rss-parser drops, or of which it keeps only the first. */
const plainElements = ['source', 'category', 'enclosure', 'author', 'guid', 'link', 'title']

/**
 * Elements of an Atom entry that rss-parser reads itself and trips over: one date that JavaScript
 * can't read, or one link without attributes, costs it the whole feed. Under another name it passes
 * them by, and they come out through `customFields` as they stand.
 */
const renamedInAtom: ReadonlySet<string> = new Set(['title', 'link', 'published', 'updated'])

const qualifiedName = /<([A-Za-z_][\w.-]{0,60}:[A-Za-z_][\w.-]{0,60})/g

/** Reads with rss-parser, told to keep every element that the entries carry. */
export function createRssParserReader(limits: { extensionNamesMax: number }): Reader {
  return async (xml, root) => {
    const names = namesIn(xml, limits.extensionNamesMax)
    const elements = [...plainElements, ...[...renamedInAtom].map(atomName), ...names]
    const rename = (name: string) =>
      root === 'feed' && renamedInAtom.has(name) ? atomName(name) : name
    const parser = new Parser<Record<string, unknown>, Record<string, unknown>>({
      // RSS without a version is read as 2.0.
      defaultRSS: 2,
      xml2js: { tagNameProcessors: [rename] },
      customFields: {
        feed: ['language', atomName('link'), atomName('title')],
        item: elements.map((name) => [name, keptName(name), { keepArray: true }]),
      },
    })
    const feed = await parser.parseString(xml)
    return rawFeed(feed, names)
  }
}

function rawFeed(feed: Record<string, unknown>, names: readonly string[]): RawFeed {
  const items = Array.isArray(feed['items']) ? feed['items'] : []
  return {
    title: feed[atomName('title')] ?? feed['title'],
    link: feed['link'],
    atomLinks: feed[atomName('link')],
    language: feed['language'],
    entries: items.map((item: Record<string, unknown>) => rawEntry(item, names)),
  }
}

function rawEntry(item: Record<string, unknown>, names: readonly string[]): RawEntry {
  const kept = (name: string) => item[keptName(name)]
  return {
    ids: [kept('guid'), item['id'], item['rdf:about']],
    links: kept('link'),
    atomLinks: kept(atomName('link')),
    title: kept(atomName('title')) ?? kept('title'),
    // In RSS `content` is the description; in Atom it is the content.
    content: item['content'],
    encoded: kept('content:encoded'),
    summary: item['summary'],
    published: [kept(atomName('published')), item['pubDate'], kept('dc:date')],
    updated: [kept(atomName('updated')), kept('dcterms:modified')],
    author: [item['author'], kept('dc:creator')],
    categories: kept('category'),
    enclosures: kept('enclosure'),
    extensions: new Map(
      ['source', ...names].flatMap((name) => (kept(name) ? [[name, kept(name)] as const] : [])),
    ),
  }
}

/** Every prefixed name in the text, so that no wire's own element is lost for being unknown. */
function namesIn(xml: string, namesMax: number): string[] {
  const names = new Set<string>()
  for (const match of xml.matchAll(qualifiedName)) {
    if (match[1]) names.add(match[1])
    if (names.size >= namesMax) break
  }
  return [...names]
}

function atomName(name: string): string {
  return `atom:${name}`
}

/** Apart from rss-parser's own fields, which share their names with elements. */
function keptName(name: string): string {
  return `kept ${name}`
}
