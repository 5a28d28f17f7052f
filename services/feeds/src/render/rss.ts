import { revisionOf } from '@newswire/model'
import type { Entry } from './entry.js'
import { type Channel, fillLibrary } from './library.js'

const namespaces = [
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
  'xmlns:atom="http://www.w3.org/2005/Atom"',
  'xmlns:newswire="urn:newswire:ns:1"',
].join(' ')

/** RSS 2.0. A withdrawn item stays as an entry of the same guid, with its status and no text. */
export function renderRss(channel: Channel, entries: readonly Entry[]): string {
  const library = fillLibrary({ channel, entries, text: plainInRss, extensions: rssExtensions })
  // RSS wants an e-mail address in <author>; a name alone belongs into dc:creator.
  for (const item of library.items) delete item.author
  // The library declares namespaces by what the first items hold, so a feed of tombstones has none.
  return library.rss2().replace(/<rss [^>]*>/, `<rss version="2.0" ${namespaces}>`)
}

function rssExtensions({ issuer, item, updated }: Entry): Record<string, Record<string, unknown>> {
  return {
    ...(issuer === '' ? {} : { 'dc:creator': { _text: issuer } }),
    'dc:language': { _text: item.language },
    'dc:rights': { _text: item.credit },
    'atom:updated': { _text: updated.toISOString() },
    'newswire:status': { _text: item.status },
    'newswire:change': { _text: item.change },
    'newswire:revision': { _text: revisionOf(item) },
  }
}

/** Readers take an RSS title for HTML where it looks like it, so what looks like it is escaped. */
function plainInRss(plain: string): string {
  return plain.replace(/&(?=#?\w+;)/g, '&amp;').replaceAll('<', '&lt;')
}
