import { revisionOf } from '@newswire/model'
import type { Entry } from './entry.js'
import { type Channel, fillLibrary } from './library.js'

interface WrittenItem {
  id: string
  author?: { name?: string }
}

/** JSON Feed 1.1. A withdrawn item stays with its id and status, its text empty. */
export function renderJsonFeed(channel: Channel, entries: readonly Entry[]): string {
  const library = fillLibrary({ channel, entries, text: (plain) => plain })
  const written = JSON.parse(library.json1()) as { items: WrittenItem[] } & Record<string, unknown>
  // The library writes version 1: one author, no language, no attachments.
  const { items, author: _, ...head } = written
  return JSON.stringify({
    ...head,
    version: 'https://jsonfeed.org/version/1.1',
    authors: [{ name: 'Newswire' }],
    items: items.map((item, index) => mend(item, entries[index])),
  })
}

function mend({ author, ...item }: WrittenItem, entry: Entry | undefined): object {
  // Both lists come from the same entries, one to one.
  if (!entry) throw new Error(`The JSON feed has an item without an entry: ${item.id}`)
  const { media, language } = entry.item
  return {
    ...item,
    content_html: entry.html,
    language,
    ...(author?.name === undefined ? {} : { authors: [{ name: author.name }] }),
    ...(media.length === 0 ? {} : { attachments: media.map(toAttachment) }),
    _newswire: newswireOf(entry),
  }
}

function toAttachment({ url, mimeType, caption }: Entry['item']['media'][number]): object {
  const title = caption === undefined ? {} : { title: caption }
  return { url, mime_type: mimeType ?? 'application/octet-stream', ...title }
}

function newswireOf({ item }: Entry): object {
  const { id, wire, version, change, status, credit, body, sourceUrl, story, tags } = item
  return {
    id,
    wire,
    version,
    revision: revisionOf(item),
    change,
    status,
    credit,
    complete: body.complete,
    sourceUrl: sourceUrl ?? null,
    story: story ?? null,
    tags,
  }
}
