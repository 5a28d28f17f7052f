import { stripIllegal } from '../decode/legal.js'
import { escapedWhereMarkup } from './content.js'
import { resolved } from './element.js'
import { FeedError } from './feed-error.js'
import { createNewest } from './flood.js'
import { present, type RawEntry, type RawFeed, type ReadLimits } from './reader.js'
import { withAddresses } from './relative.js'

type Json = Readonly<Record<string, unknown>>

const bottomless = /[[{]{100}/

/** Whether a text can be JSON at all; XML and JSON share no first character. */
export function looksLikeJson(text: string): boolean {
  return /^\s*\{/.test(text)
}

/** Reads JSON Feed 1.0 and 1.1 (jsonfeed.org). FeedError for JSON that is none. */
export function readJsonFeed(text: string, base: string, limits: ReadLimits): RawFeed {
  const feed = parsed(text)
  const items = feed['items']
  if (!Array.isArray(items)) {
    throw new FeedError('This is JSON, but no JSON Feed: it has no list of items.')
  }
  const newest = createNewest<Json>(limits.entriesMax)
  for (const item of items) {
    if (isObject(item)) newest.add(item, dateOf)
  }
  const { entries, dropped } = newest.result()
  return {
    ...present({
      title: textOf(feed['title']),
      link: resolved(textOf(feed['home_page_url']), base),
      language: textOf(feed['language']),
    }),
    entries: entries.map((item) => entryOf(item, base)),
    dropped,
    isCut: false,
  }
}

function dateOf(item: Json): number {
  return Date.parse(textOf(item['date_published']) ?? '')
}

function parsed(text: string): Json {
  if (bottomless.test(text)) throw new FeedError('The JSON is nested too deep for a JSON Feed.')
  try {
    const feed: unknown = JSON.parse(text)
    if (isObject(feed)) return feed
  } catch (cause) {
    throw new FeedError('The JSON is broken or breaks off before its end.', { cause })
  }
  throw new FeedError('This is JSON, but no JSON Feed.')
}

function entryOf(item: Json, base: string): RawEntry {
  const plain = textOf(item['content_text'])
  const summary = textOf(item['summary'])
  const html = textOf(item['content_html'])
  const content = html ? withAddresses(html, base) : plain && escapedWhereMarkup(plain)
  return {
    ...present({
      guid: textOf(item['id']),
      link: resolved(textOf(item['url']) ?? textOf(item['external_url']), base),
      title: textOf(item['title']),
      content: content ?? summary,
      summary: content === undefined ? undefined : summary,
      published: textOf(item['date_published']),
      updated: textOf(item['date_modified']),
      author: authorOf(item),
    }),
    categories: listOf(item['tags']).flatMap((tag) => textOf(tag) ?? []),
    enclosures: listOf(item['attachments']).flatMap((file) => enclosureOf(file, base) ?? []),
    extensions: {},
  }
}

/** 1.1 has a list of authors, 1.0 had one; some write one under the name of the list. */
function authorOf(item: Json): string | undefined {
  const { authors } = item
  const author = listOf(authors)[0] ?? (isObject(authors) ? authors : item['author'])
  return isObject(author) ? textOf(author['name']) : undefined
}

function enclosureOf(file: unknown, base: string): RawEntry['enclosures'][number] | undefined {
  if (!isObject(file)) return undefined
  const url = resolved(textOf(file['url']), base)
  if (url === undefined) return undefined
  return { url, ...present({ type: textOf(file['mime_type']), caption: textOf(file['title']) }) }
}

/** Ids are written as numbers, too. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') return undefined
  const legal = stripIllegal(text).trim()
  return legal === '' ? undefined : legal
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
