import { FeedError } from './feed-error.js'
import { localName, marksOf } from './markup.js'

const feedRoots = new Set(['rss', 'feed', 'RDF'])

/**
 * Checks that the root element is one of a feed, and takes out what stands before it: a DOCTYPE is
 * never resolved, an XML declaration no longer says anything once the text is decoded.
 */
export function withoutProlog(xml: string): { xml: string; root: string } {
  for (const mark of marksOf(xml)) {
    if (mark.kind !== 'open' && mark.kind !== 'empty') continue
    const root = localName(mark.name)
    if (!feedRoots.has(root)) throw new FeedError(notFeed(root))
    return { xml: xml.slice(mark.start), root }
  }
  throw new FeedError(
    xml.trim() === ''
      ? 'The answer is empty: a feed was expected.'
      : 'This is no XML: a feed (RSS, Atom or RDF) was expected.',
  )
}

function notFeed(root: string): string {
  if (root.toLowerCase() === 'html') {
    return 'This is HTML, not a feed: the address leads to a web page.'
  }
  return `The root element is <${root.slice(0, 40)}>, not that of a feed (rss, feed or RDF).`
}
