import Parser from 'rss-parser'
import { resolved } from './element.js'
import { newestFirst } from './flood.js'
import { present, type RawEntry, type RawFeed } from './reader.js'
import { withAddresses } from './relative.js'

/** What rss-parser reads but gives back without attributes, or as another date than is written. */
const keptElements = ['guid', 'category', 'published', 'updated'] as const

type Item = Readonly<Record<string, unknown>>

/** Reads a plain feed with rss-parser. Throws what rss-parser throws. */
export async function readWithRssParser(xml: string, base: string): Promise<RawFeed> {
  const parser = new Parser<Item, Item>({
    customFields: {
      item: keptElements.map((name) => [name, keptName(name), { keepArray: true }]),
      feed: ['language', 'id'],
    },
  })
  const feed = await parser.parseString(xml)
  const entries = feed.items.map((item: Item) => entryOf(item, base))
  return {
    ...present({
      title: htmlOf(feed['title'], base),
      link: resolved(textOf(feed['link']) ?? pageId(feed['id']), base),
      language: textOf(feed['language']),
    }),
    entries: newestFirst(entries, dateOf),
    dropped: 0,
    isCut: false,
  }
}

function entryOf(item: Item, base: string): RawEntry {
  const [guid] = nodesOf(item[keptName('guid')])
  const published = firstOf(item[keptName('published')]) ?? textOf(item['pubDate'])
  const updated = firstOf(item[keptName('updated')])
  const content = htmlOf(item['content'], base)
  const summary = htmlOf(item['summary'], base)
  const isAtom = item['id'] !== undefined || updated !== undefined
  return {
    ...present({
      guid: textOf(guid) ?? textOf(item['id']),
      link: resolved(textOf(item['link']) ?? permalinkOf(guid) ?? pageId(item['id']), base),
      title: htmlOf(item['title'], base),
      content: content ?? summary,
      summary: content === undefined ? undefined : summary,
      published: isAtom ? firstOf(item[keptName('published')]) : published,
      updated,
      author: textOf(item['author']),
    }),
    categories: nodesOf(item[keptName('category')]).flatMap((node) => textOf(node) ?? []),
    enclosures: [],
    extensions: {},
  }
}

function dateOf(entry: RawEntry): number {
  return Date.parse(entry.published ?? entry.updated ?? '')
}

function keptName(name: string): string {
  return `kept ${name}`
}

function nodesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function firstOf(value: unknown): string | undefined {
  return textOf(nodesOf(value)[0])
}

/** An element as xml2js gives it: its text alone, or beside attributes in `_`. */
function textOf(node: unknown): string | undefined {
  const value: unknown = typeof node === 'object' && node !== null ? Reflect.get(node, '_') : node
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' ? undefined : text
}

function htmlOf(node: unknown, base: string): string | undefined {
  const html = textOf(node)
  return html && withAddresses(html, base)
}

function permalinkOf(guid: unknown): string | undefined {
  const attributes: unknown =
    typeof guid === 'object' && guid !== null ? Reflect.get(guid, '$') : undefined
  const said =
    typeof attributes === 'object' && attributes !== null
      ? Reflect.get(attributes, 'isPermaLink')
      : undefined
  if (said === 'false') return undefined
  return said === 'true' ? textOf(guid) : pageId(guid)
}

function pageId(id: unknown): string | undefined {
  const text = textOf(id)
  return text !== undefined && /^https?:\/\//i.test(text) ? text : undefined
}
