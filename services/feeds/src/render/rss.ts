import { escapeHtml } from '@newswire/model'
import type { Attachment, Entry } from './entry.js'
import { element, Holes, neverHtml } from './holes.js'
import { type Channel, fillLibrary } from './library.js'

const namespaces = {
  dc: 'http://purl.org/dc/elements/1.1/',
  content: 'http://purl.org/rss/1.0/modules/content/',
  atom: 'http://www.w3.org/2005/Atom',
  media: 'http://search.yahoo.com/mrss/',
}
const history = 'http://purl.org/syndication/history/1.0'

/** RSS 2.0. A withdrawn item stays as an entry of the same guid, with its status and no text. */
export function renderRss(channel: Channel, entries: readonly Entry[]): string {
  const holes = new Holes()
  const text = (plain: string) => holes.text(neverHtml(plain))
  const library = fillLibrary({
    channel,
    entries,
    hand: {
      text,
      title: text,
      address: (url) => holes.text(url),
      // A description is HTML, so plain text is escaped for that too.
      summary: (plain) => holes.text(escapeHtml(plain)),
      html: (html) => holes.markup(html),
      rights: text,
    },
    extensions: (entry) => extensionsOf(entry, holes),
  })
  // RSS wants an e-mail address in <author>; a name alone belongs into dc:creator.
  for (const item of library.items) delete item.author
  const skeleton = library
    .rss2()
    // The library declares namespaces by what the first items hold, and knows no others.
    .replace(/<rss [^>]*>/, () => rssElement(channel))
    .replace('<channel>', () => `<channel>${linksOf(channel)}`)
  return holes.fill(skeleton)
}

function rssElement({ isArchive }: Channel): string {
  const all = isArchive ? { ...namespaces, fh: history } : namespaces
  const declared = Object.entries(all).map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
  return `<rss version="2.0"${declared.join('')}>`
}

/** RFC 5005 in RSS: the same relations by `atom:link`. */
function linksOf({ links, isArchive }: Channel): string {
  const link = (rel: string, href: string | undefined) =>
    href === undefined ? '' : element('atom:link', { rel, href })
  return [
    isArchive ? '<fh:archive/>' : '',
    link('current', links.current),
    link('prev-archive', links.prevArchive),
    link('next-archive', links.nextArchive),
  ].join('')
}

function extensionsOf(entry: Entry, holes: Holes): Record<string, Record<string, unknown>> {
  const { issuer, credit, language, updatedText, attachments } = entry
  const text = (plain: string) => ({ _text: holes.text(neverHtml(plain)) })
  return {
    ...(issuer === '' ? {} : { 'dc:creator': text(issuer) }),
    ...(language === 'und' ? {} : { 'dc:language': text(language) }),
    ...(credit === '' ? {} : { 'dc:rights': text(credit) }),
    'atom:updated': { _text: updatedText },
    ...(entry.sourceUrl === undefined
      ? {}
      : { 'atom:link': { _attributes: { rel: 'via', href: holes.text(entry.sourceUrl) } } }),
    ...(attachments.length === 0
      ? {}
      : { 'media:content': attachments.map((each) => mediaOf(each, holes)) as never }),
  }
}

function mediaOf({ url, mimeType, title }: Attachment, holes: Holes): object {
  const medium = /^(image|audio|video)\//.exec(mimeType)?.[1] ?? 'document'
  return {
    _attributes: { url: holes.text(url), type: holes.text(mimeType), medium },
    ...(title === undefined
      ? {}
      : {
          'media:title': { _attributes: { type: 'plain' }, _text: holes.text(neverHtml(title)) },
        }),
  }
}
