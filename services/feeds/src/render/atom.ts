import { escapeHtml } from '@newswire/model'
import type { Entry } from './entry.js'
import { type Channel, fillLibrary } from './library.js'

const tombstones = 'http://purl.org/atompub/tombstones/1.0'

/** Atom 1.0 (RFC 4287). A withdrawn item is an at:deleted-entry (RFC 6721). */
export function renderAtom(channel: Channel, entries: readonly Entry[]): string {
  const living = entries.filter((entry) => !entry.gone)
  // The library says type="html" of every title and escapes nothing in it.
  const written = fillLibrary({ channel, entries: living, text: escapeHtml }).atom1()
  const languages = living.map((entry) => entry.item.language)
  const deleted = entries.filter((entry) => entry.gone).map(deletedEntry)
  return written
    .replace('<feed xmlns="http://www.w3.org/2005/Atom">', feedElement(deleted.length > 0))
    .replaceAll('<entry>', () => `<entry xml:lang="${languages.shift() ?? 'und'}">`)
    .replace(/<\/feed>\s*$/, `${deleted.join('')}</feed>`)
}

function feedElement(withTombstones: boolean): string {
  const at = withTombstones ? ` xmlns:at="${tombstones}"` : ''
  return `<feed xmlns="http://www.w3.org/2005/Atom"${at} xml:lang="en">`
}

function deletedEntry({ id, title, updated }: Entry): string {
  const when = updated.toISOString()
  return `<at:deleted-entry ref="${id}" when="${when}"><at:comment>${escapeHtml(title)}</at:comment></at:deleted-entry>`
}
