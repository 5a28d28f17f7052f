import { toNinjs } from '@newswire/model'
import type { Entry } from './entry.js'
import type { Channel } from './library.js'

/** A list of items in ninjs 3.1 (IPTC) with our own facts in `_newswire`. */
export function renderNinjs(channel: Channel, entries: readonly Entry[]): string {
  const { title, selfUrl, language, links } = channel
  return JSON.stringify({ title, url: selfUrl, language, links, items: entries.map(toItem) })
}

/** What a version is, where it is not new, is said in words beside the status. */
function toItem({ item, title, gone, notice }: Entry): object {
  const { _newswire, ...ninjs } = toNinjs({ ...item, headline: gone ? item.headline : title })
  return { ...ninjs, ...(notice === undefined ? {} : { edNote: notice }), _newswire }
}
