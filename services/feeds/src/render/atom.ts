import { escapeHtml } from '@newswire/model'
import type { Entry, EntryMedia } from './entry.js'
import { type Channel, fillLibrary, mendEach, relationsOf, Texts } from './library.js'
import { looksLikeMarkup, oneLine, unmistakable, xmlText } from './text.js'

const tombstones = 'http://purl.org/atompub/tombstones/1.0'
const history = 'http://purl.org/syndication/history/1.0'

/** Atom 1.0 (RFC 4287). A withdrawn item is an at:deleted-entry (RFC 6721). */
export function renderAtom(channel: Channel, entries: readonly Entry[]): string {
  const living = entries.filter((entry) => !entry.gone)
  const texts = new Texts()
  const library = fillLibrary({
    channel,
    entries: living,
    texts,
    plain: unmistakable,
    marks: ({ title, summary, html }) => ({
      title: texts.text(looksLikeMarkup(title) ? escapeHtml(title) : title),
      summary: texts.html(escapeHtml(summary)),
      html: texts.html(html),
    }),
  })
  const deleted = entries.filter((entry) => entry.gone).map(deletedEntry)
  const written = library
    .atom1()
    .replace(/<feed [^>]*>/, feedElement(channel, deleted.length > 0))
    .replace(/ *<entry>| *<\/feed>/, (first) => `${head(channel)}${first}`)
    .replace(/\s*<\/feed>\s*$/, `\n${deleted.join('')}</feed>\n`)
  return texts.fill(mendEach(written, /<entry>[\s\S]*?<\/entry>/g, living, mendEntry))
}

function feedElement({ language, isArchive }: Channel, hasTombstones: boolean): string {
  const at = hasTombstones ? ` xmlns:at="${tombstones}"` : ''
  const fh = isArchive ? ` xmlns:fh="${history}"` : ''
  return `<feed xmlns="http://www.w3.org/2005/Atom"${at}${fh} xml:lang="${language}">`
}

/** The feed's facts stand before its entries. */
function head(channel: Channel): string {
  const links = relationsOf(channel).map(
    ([rel, href]) => `    <link rel="${rel}" href="${xmlText(href)}"/>\n`,
  )
  return `${links.join('')}${channel.isArchive ? '    <fh:archive/>\n' : ''}`
}

/**
 * The library knows no language of an entry, takes every title for HTML and the type of an
 * enclosure from its address.
 */
function mendEntry(entry: Entry, written: string): string {
  const { language, title, stamp, item } = entry
  const more = [
    ...entry.media.map(enclosure),
    item.sourceUrl === undefined ? '' : `<link rel="via" href="${xmlText(item.sourceUrl)}"/>`,
    item.credit === '' ? '' : `<rights>${xmlText(unmistakable(oneLine(item.credit)))}</rights>`,
  ].filter((each) => each !== '')
  return written
    .replace('<entry>', `<entry xml:lang="${language}">`)
    .replace('<title type="html">', looksLikeMarkup(title) ? '<title type="html">' : '<title>')
    .replace(/<updated>.*?<\/updated>/, `<updated>${stamp}</updated>`)
    .replace(/ *<\/entry>/, (end) => `${more.map((each) => `        ${each}\n`).join('')}${end}`)
}

function enclosure({ url, mimeType, caption }: EntryMedia): string {
  const type = mimeType === undefined ? '' : ` type="${xmlText(mimeType)}"`
  const title = unmistakable(oneLine(caption ?? ''))
  const named = title === '' ? '' : ` title="${xmlText(title)}"`
  return `<link rel="enclosure" href="${xmlText(url)}"${type}${named}/>`
}

function deletedEntry({ id, title, stamp, language }: Entry): string {
  const comment = `<at:comment xml:lang="${language}">${xmlText(title)}</at:comment>`
  return `    <at:deleted-entry ref="${xmlText(id)}" when="${stamp}">${comment}</at:deleted-entry>\n`
}
