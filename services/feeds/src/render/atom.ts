import { escapeHtml } from '@newswire/model'
import type { Entry } from './entry.js'
import { element, Holes, neverHtml } from './holes.js'
import { type Channel, fillLibrary } from './library.js'

const atom = 'http://www.w3.org/2005/Atom'
const tombstones = 'http://purl.org/atompub/tombstones/1.0'
const history = 'http://purl.org/syndication/history/1.0'

/** Atom 1.0 (RFC 4287). A withdrawn item is an at:deleted-entry (RFC 6721). */
export function renderAtom(channel: Channel, entries: readonly Entry[]): string {
  const holes = new Holes()
  const living = entries.filter((entry) => !entry.gone)
  const text = (plain: string) => holes.text(neverHtml(plain))
  // The library says type="html" of every title and summary, so plain text is escaped for that too.
  const asHtml = (plain: string) => holes.text(escapeHtml(plain))
  const library = fillLibrary({
    channel: { ...channel, title: neverHtml(channel.title) },
    entries: living,
    hand: {
      ...{ text, rights: text, title: asHtml, summary: asHtml },
      address: (url) => holes.text(url),
      html: (html) => holes.markup(html),
    },
  })
  // Those of the feed itself it calls plain.
  library.options.title = text(channel.title)
  library.options.description = text(channel.description)
  const [head = '', ...written] = library.atom1().split('<entry>')
  const deleted = entries.filter((entry) => entry.gone).map(deletedEntry)
  const skeleton = [
    head.replace(
      /<feed [^>]*>/,
      () => `${feedElement(channel, deleted.length > 0)}${linksOf(channel)}`,
    ),
    ...written.map((each, at) => mend(each, living[at], holes)),
  ].join('')
  return holes.fill(skeleton).replace(/<\/feed>\s*$/, () => `${deleted.join('')}</feed>`)
}

function feedElement({ language, isArchive }: Channel, hasTombstones: boolean): string {
  const at = hasTombstones ? ` xmlns:at="${tombstones}"` : ''
  const fh = isArchive ? ` xmlns:fh="${history}"` : ''
  return `<feed xmlns="${atom}"${at}${fh} xml:lang="${language}">`
}

function linksOf({ links, isArchive }: Channel): string {
  const link = (rel: string, href: string | undefined) =>
    href === undefined ? '' : element('link', { rel, href })
  return [
    isArchive ? '<fh:archive/>' : '',
    link('current', links.current),
    link('prev-archive', links.prevArchive),
    link('next-archive', links.nextArchive),
  ].join('')
}

/** An entry as the library wrote it, with its language, its exact time and all of its links. */
function mend(written: string, entry: Entry | undefined, holes: Holes): string {
  // Both come from the same list, one to one.
  if (!entry) throw new Error('The Atom feed has an entry without an item.')
  const { language, updatedText, sourceUrl, attachments } = entry
  const links = attachments.map(({ url, mimeType, title }) => {
    const said = title === undefined ? undefined : neverHtml(title)
    return element('link', { rel: 'enclosure', href: url, type: mimeType, title: said })
  })
  const via = sourceUrl === undefined ? [] : [element('link', { rel: 'via', href: sourceUrl })]
  // Empty: nobody knows, and it is not the feed's own.
  const lang = language === 'und' ? '' : language
  const exact = written.replace(/<updated>[^<]*</, () => `<updated>${updatedText}<`)
  return `<entry xml:lang="${lang}">${holes.of([...via, ...links].join(''))}${exact}`
}

function deletedEntry({ id, title, updatedText }: Entry): string {
  const comment = element('at:comment', {}, escapeHtml(neverHtml(title)))
  return element('at:deleted-entry', { ref: id, when: updatedText }, comment)
}
