import { revisionOf, withoutIllegal } from '@newswire/model'
import type { Attachment, Entry } from './entry.js'
import { type Channel, fillLibrary } from './library.js'

interface WrittenItem {
  id: string
  author?: { name?: string }
}

const asIs = (text: string) => text

/** JSON Feed 1.1. A withdrawn item stays with its id and status, its text empty. */
export function renderJsonFeed(channel: Channel, entries: readonly Entry[]): string {
  const library = fillLibrary({
    channel,
    entries,
    hand: { text: asIs, address: asIs, title: asIs, summary: asIs, html: asIs, rights: asIs },
  })
  const written = JSON.parse(library.json1()) as { items: WrittenItem[] } & Record<string, unknown>
  // The library writes version 1: one author, no language, no attachments, no hubs.
  const { items, author: _, ...head } = written
  const { hub, prevArchive } = channel.links
  const feed = {
    ...head,
    version: 'https://jsonfeed.org/version/1.1',
    language: channel.language,
    authors: [{ name: 'Newswire' }],
    ...(hub === undefined ? {} : { hubs: [{ type: 'WebSub', url: hub }] }),
    ...(prevArchive === undefined ? {} : { next_url: prevArchive }),
    items: items.map((item, index) => mend(item, entries[index])),
  }
  return cleanJson(feed)
}

/** JSON whose texts have no character that XML forbids: whoever reads it may write XML. */
export function cleanJson(value: object): string {
  return JSON.stringify(value, (_, each) =>
    typeof each === 'string' ? withoutIllegal(each) : each,
  )
}

function mend({ author, ...item }: WrittenItem, entry: Entry | undefined): object {
  // Both lists come from the same entries, one to one.
  if (!entry) throw new Error(`The JSON feed has an item without an entry: ${item.id}`)
  const { attachments, language, sourceUrl } = entry
  return {
    ...item,
    content_html: entry.html,
    ...(sourceUrl === undefined ? {} : { external_url: sourceUrl }),
    ...(language === 'und' ? {} : { language }),
    ...(author?.name === undefined ? {} : { authors: [{ name: author.name }] }),
    ...(attachments.length === 0 ? {} : { attachments: attachments.map(written) }),
    _newswire: newswireOf(entry),
  }
}

function written({ url, mimeType, title }: Attachment): object {
  return { url, mime_type: mimeType, ...(title === undefined ? {} : { title }) }
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
