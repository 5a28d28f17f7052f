import { escapeHtml } from '@newswire/model'
import type { Entry, EntryMedia } from './entry.js'
import { type Channel, fillLibrary, mendEach, relationsOf, Texts } from './library.js'
import { oneLine, unmistakable, xmlText } from './text.js'

const namespaces = {
  dc: 'http://purl.org/dc/elements/1.1/',
  content: 'http://purl.org/rss/1.0/modules/content/',
  atom: 'http://www.w3.org/2005/Atom',
  media: 'http://search.yahoo.com/mrss/',
  fh: 'http://purl.org/syndication/history/1.0',
}
const declarations = Object.entries(namespaces)
  .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
  .join('')

/** RSS 2.0. A withdrawn item stays as an entry of the same guid, with its status and no text. */
export function renderRss(channel: Channel, entries: readonly Entry[]): string {
  const texts = new Texts()
  const library = fillLibrary({
    channel,
    entries,
    texts,
    plain: unmistakable,
    marks: ({ title, summary, html }) => ({
      title: texts.text(unmistakable(title)),
      summary: texts.html(escapeHtml(summary)),
      html: texts.html(html),
    }),
  })
  // RSS wants an e-mail address in <author>; a name alone belongs into dc:creator.
  for (const item of library.items) delete item.author
  const written = library.rss2().replace(/<rss [^>]*>/, `<rss version="2.0"${declarations}>`)
  const headed = written.replace(/ *<item>| *<\/channel>/, (first) => `${head(channel)}${first}`)
  const dated =
    channel.updated === undefined
      ? headed.replace(/ *<lastBuildDate>.*<\/lastBuildDate>\n/, '')
      : headed
  const mended = mendEach(dated, / *<\/item>/g, entries, (entry, end) => `${facts(entry)}${end}`)
  return texts.fill(mended)
}

/** The channel's facts stand before its items. */
function head(channel: Channel): string {
  const links = relationsOf(channel).map(
    ([rel, href]) => `        <atom:link rel="${rel}" href="${xmlText(href)}"/>\n`,
  )
  return `${links.join('')}${channel.isArchive ? '        <fh:archive/>\n' : ''}`
}

function facts({ issuer, language, stamp, media, item }: Entry): string {
  const elements = [
    issuer === '' ? '' : element('dc:creator', issuer),
    language === 'und' ? '' : element('dc:language', language),
    item.credit === '' ? '' : element('dc:rights', item.credit),
    element('atom:updated', stamp),
    item.sourceUrl === undefined ? '' : `<atom:link rel="via" href="${xmlText(item.sourceUrl)}"/>`,
    ...media.map(mediaContent),
  ]
  return elements
    .filter((each) => each !== '')
    .map((each) => `            ${each}\n`)
    .join('')
}

/** Media RSS rather than an enclosure, which there is one of, with a length that nobody tells. */
function mediaContent({ url, mimeType, caption, rights }: EntryMedia): string {
  const medium = /^(image|audio|video)\//.exec(mimeType ?? '')?.[1]
  const attributes = [
    `url="${xmlText(url)}"`,
    mimeType === undefined ? '' : `type="${xmlText(mimeType)}"`,
    medium === undefined ? '' : `medium="${medium}"`,
  ].filter((each) => each !== '')
  const inside = [
    caption ? element('media:description', caption) : '',
    rights ? element('media:copyright', rights) : '',
  ].join('')
  const start = `<media:content ${attributes.join(' ')}`
  return inside === '' ? `${start}/>` : `${start}>${inside}</media:content>`
}

function element(name: string, plain: string): string {
  return `<${name}>${xmlText(unmistakable(oneLine(plain)))}</${name}>`
}
