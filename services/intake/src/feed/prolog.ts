import { FeedError } from './feed-error.js'
import { localName, marksOf } from './markup.js'

/** Atom lets an entry stand alone (RFC 4287 section 4.1.2); CDF begins with its channel. */
const feedRoots: ReadonlySet<string> = new Set(['rss', 'feed', 'rdf', 'channel', 'entry', 'item'])

/** The root of a feed behind junk: a server's warnings, a comment or a tag that is not closed. */
const buriedRoot = /<(?:[a-z_][\w.-]{0,60}:)?(rss|feed|rdf)(?=[\s>/])/i

/**
 * Checks that the root element is one of a feed, and takes out what stands before it: a DOCTYPE is
 * never resolved, an XML declaration no longer says anything once the text is decoded.
 */
export function withoutProlog(text: string): { xml: string; root: string } {
  for (const mark of marksOf(text)) {
    if (mark.kind !== 'open' && mark.kind !== 'empty') continue
    const root = localName(mark.name)
    if (feedRoots.has(root.toLowerCase())) return { xml: text.slice(mark.start), root }
    const isPage = root.toLowerCase() === 'html'
    const buried = isPage ? undefined : unearthed(text)
    if (buried === undefined) throw new FeedError(notFeed(root))
    return buried
  }
  const buried = unearthed(text)
  if (buried !== undefined) return buried
  throw new FeedError(
    text.trim() === ''
      ? 'The answer is empty: a feed was expected.'
      : 'This is neither XML nor JSON: a feed (RSS, Atom, RDF or JSON Feed) was expected.',
  )
}

function unearthed(text: string): { xml: string; root: string } | undefined {
  const found = buriedRoot.exec(text)
  return found?.[1] ? { xml: text.slice(found.index), root: found[1] } : undefined
}

function notFeed(root: string): string {
  if (root.toLowerCase() === 'html') {
    return 'This is HTML, not a feed: the address leads to a web page.'
  }
  return `The root element is <${root.slice(0, 40)}>, not that of a feed (rss, feed or RDF).`
}
