import { revisionOf } from '@newswire/model'
import type { Entry, EntryMedia } from './entry.js'
import { type Channel, categoriesOf, fillLibrary, Texts } from './library.js'

interface WrittenItem {
  id: string
  author?: { name?: string }
}

/** JSON Feed 1.1. A withdrawn item stays with its id and status, its text empty. */
export function renderJsonFeed(channel: Channel, entries: readonly Entry[]): string {
  // JSON escapes by itself, so the texts replace their marks' fields below, as they are.
  const texts = new Texts()
  const library = fillLibrary({
    channel,
    entries,
    texts,
    plain: (text) => text,
    marks: ({ title, summary, html }) => ({ title, summary, html }),
  })
  const written = JSON.parse(library.json1()) as { items: WrittenItem[] } & Record<string, unknown>
  // The library writes version 1: one author, no language, no hubs, no attachments.
  const { items, author: _, ...head } = written
  const { hub, prevArchive } = channel.links
  return JSON.stringify({
    ...head,
    version: 'https://jsonfeed.org/version/1.1',
    title: channel.title,
    description: channel.description,
    feed_url: channel.selfUrl,
    ...(prevArchive === undefined ? {} : { next_url: prevArchive }),
    language: channel.language,
    authors: [{ name: 'Newswire' }],
    ...(hub === undefined ? {} : { hubs: [{ type: 'WebSub', url: hub }] }),
    items: items.map((item, index) => mend(item, entries[index])),
  })
}

function mend({ author: _, ...item }: WrittenItem, entry: Entry | undefined): object {
  // Both lists come from the same entries, one to one.
  if (!entry) throw new Error(`The JSON feed has an item without an entry: ${item.id}`)
  const { language, media, issuer } = entry
  return {
    ...item,
    content_html: entry.html,
    ...(entry.item.sourceUrl === undefined ? {} : { external_url: entry.item.sourceUrl }),
    ...(language === 'und' ? {} : { language }),
    ...(issuer === '' ? {} : { authors: [{ name: issuer }] }),
    tags: categoriesOf(entry).map(({ label }) => label),
    ...(media.length === 0 ? {} : { attachments: media.map(toAttachment) }),
    _newswire: newswireOf(entry),
  }
}

function toAttachment({ url, mimeType, caption }: EntryMedia): object {
  const title = caption === undefined ? {} : { title: caption }
  return { url, mime_type: mimeType ?? 'application/octet-stream', ...title }
}

function newswireOf({ item, notice }: Entry): object {
  const { id, wire, version, change, status, credit, body, sourceUrl, story, tags } = item
  return {
    id,
    wire,
    version,
    revision: revisionOf(item),
    change,
    status,
    notice: notice ?? null,
    credit,
    complete: body.complete,
    sourceUrl: sourceUrl ?? null,
    story: story ?? null,
    tags,
  }
}
