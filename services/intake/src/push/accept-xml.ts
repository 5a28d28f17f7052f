import type { Problem } from '@newswire/http'
import { rawContentTypes } from '@newswire/model'
import { FeedError } from '../feed/feed-error.js'
import { readFeed } from '../feed/read-feed.js'
import { intakeLimits } from '../limits.js'
import type { Accepted } from './accept.js'
import { noRelease, tooMany } from './problems.js'
import { type Outline, outlineOf, type Span, XmlFault } from './xml-outline.js'

/** Elements that are one release each. `NewsItem` is NewsML 1.x, `newsItem` NewsML-G2. */
const releases = new Set(['newsItem', 'NewsItem', 'nitf'])
/** Roots that hold releases; their other parts tell of the sending. */
const envelopes = new Set(['newsMessage', 'NewsML'])
/** NewsML-G2 items that speak of news without being any. */
const otherItems = new Set([
  'packageItem',
  'conceptItem',
  'knowledgeItem',
  'planningItem',
  'catalogItem',
])
const feeds = new Set(['rss', 'feed', 'RDF', 'item', 'entry'])

const expected =
  'Send NewsML-G2 (newsItem or newsMessage), NewsML 1.2, NITF, or one RSS/Atom entry.'

/**
 * XML → the releases that it holds, one for each news item. Only what tells a release from other
 * XML; the normalizer reads the rest.
 */
export async function acceptXml(text: string): Promise<Accepted[]> {
  const outline = outlined(text)
  const { root } = outline
  if (feeds.has(root)) return [await entryOf(text)]
  if (releases.has(root)) return [checked(text)]
  if (envelopes.has(root)) return partsOf(text, outline)
  throw otherItems.has(root) ? otherItem(root) : unknownRoot(root)
}

function outlined(text: string): Outline {
  try {
    return outlineOf(text, releases)
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error
    const slug = error.declaresEntities ? 'declared-entities' : 'broken-xml'
    throw noRelease(slug, 'The XML can not be read', error.message, error)
  }
}

/** Each release keeps its envelope, which says who sent it and when. */
function partsOf(text: string, { root, parts }: Outline): Accepted[] {
  if (parts.length === 0) {
    const others = [...otherItems].filter((name) => text.includes(`${name}`))
    throw others[0] === undefined
      ? noRelease(
          'no-news-item',
          'The message is empty',
          `<${root}> holds no news item. ${expected}`,
        )
      : otherItem(others[0])
  }
  // Before anything is cut: every release of the message gets a copy of what stands around them.
  if (parts.length > intakeLimits.releasesPerMessageMax) throw tooMany(parts.length)
  for (const part of parts) checked(text.slice(part.start, part.end))
  if (parts.length === 1) return [xml(text)]
  return parts.map((part) => xml(withOnly(text, part, parts)))
}

function withOnly(text: string, kept: Span, parts: readonly Span[]): string {
  const pieces: string[] = []
  let at = 0
  for (const part of parts) {
    if (part === kept) continue
    pieces.push(text.slice(at, part.start))
    at = part.end
  }
  pieces.push(text.slice(at))
  return pieces.join('')
}

/** What every release has, whatever it leaves out: words on itself, a body, a head. */
const substance =
  /<(?:[\w.-]{1,40}:)?(?:itemMeta|contentMeta|contentSet|Identification|NewsManagement|NewsComponent|body|head)[\s>/]/u

function checked(text: string): Accepted {
  if (substance.test(text)) return xml(text)
  throw noRelease(
    'hollow-item',
    'The news item is hollow',
    'The news item has neither metadata nor content: send it whole.',
  )
}

function xml(body: string): Accepted {
  return { contentType: rawContentTypes.xml, body }
}

/** Entries without an address of a feed: their own links stand as they are. */
const noAddress = ''

async function entryOf(text: string): Promise<Accepted> {
  const { entries } = await readFeed(text, noAddress).catch((error: unknown) => {
    if (!(error instanceof FeedError)) throw error
    throw noRelease('broken-feed', 'The feed can not be read', error.message, error)
  })
  const [entry] = entries
  if (entry !== undefined && entries.length === 1) {
    return { contentType: rawContentTypes.entry, body: JSON.stringify(entry) }
  }
  throw noRelease(
    entry === undefined ? 'no-entry' : 'several-entries',
    entry === undefined ? 'The feed has no entry' : 'The feed has several entries',
    entry === undefined
      ? 'Send one entry with a title, a link or a text.'
      : `The feed has ${entries.length} entries: add its address as a source (POST /api/v1/sources), or send the entries one by one.`,
  )
}

function otherItem(name: string): Problem {
  return noRelease(
    'no-news-item',
    'This is no news item',
    `A ${name} alone is no release: send the newsItem that it speaks of.`,
  )
}

function unknownRoot(root: string): Problem {
  return noRelease(
    'unknown-root',
    'The XML is no release',
    `The root element <${root.slice(0, 40)}> is none that is read here. ${expected}`,
  )
}
