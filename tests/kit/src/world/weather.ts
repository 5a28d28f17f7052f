import { gzipSync } from 'node:zlib'
import type { Chance } from '../chance.js'
import type { Page } from '../fake-wire.js'
import type { Entry } from './entry.js'
import { type Manner, windows1252 } from './feed-xml.js'

/** How a source behaves in one poll. */
export interface Weather {
  readonly kind: string
  /** Nothing of the page reaches a reader. */
  readonly hides: boolean
  pageOf(manner: Manner, entries: readonly Entry[]): Page
}

type PageOf = Weather['pageOf']

const xml = { 'content-type': 'application/rss+xml' }
const clear: PageOf = (manner, entries) => ({
  ...{ body: manner(entries, 'UTF-8'), headers: xml, etag: true },
})

/** Share in percent, name, whether it hides the page, and the page. */
const kinds: readonly (readonly [number, string, boolean, PageOf])[] = [
  [45, 'clear', false, clear],
  [8, 'shuffled', false, clear],
  [4, 'flood', false, clear],
  [
    6,
    'gzip',
    false,
    (manner, entries) => ({
      body: gzipSync(manner(entries, 'UTF-8')),
      headers: { ...xml, 'content-encoding': 'gzip' },
    }),
  ],
  // The declaration was left over from another time; the bytes are UTF-8.
  [
    6,
    'wrong declaration',
    false,
    (manner, entries) => ({ body: manner(entries, 'ISO-8859-1'), headers: xml }),
  ],
  [
    6,
    'wrong label',
    false,
    (manner, entries) => ({
      body: windows1252(manner(entries, 'windows-1252')),
      headers: { 'content-type': 'text/xml; charset=utf-8' },
    }),
  ],
  // The same ETag for every page, and a modification in 2041.
  [
    5,
    'lying validators',
    false,
    (manner, entries) => ({
      body: manner(entries, 'UTF-8'),
      headers: { ...xml, etag: '"0"', 'last-modified': 'Thu, 01 Jan 2041 00:00:00 GMT' },
    }),
  ],
  [5, 'not modified', true, () => ({ status: 304 })],
  [4, 'down', true, () => ({ status: 503, body: 'Come back later.' })],
  [
    4,
    'a page of HTML',
    true,
    () => ({ body: '<!doctype html><html><body>404</body></html>', headers: xml }),
  ],
  [
    4,
    'cut',
    true,
    (manner, entries) => ({ body: cutInFirst(manner(entries, 'UTF-8')), headers: xml }),
  ],
  [
    3,
    'hangs up',
    true,
    (manner, entries) => ({
      body: manner(entries, 'UTF-8'),
      headers: xml,
      cutAfterBytes: 700,
    }),
  ],
]

export function weatherFor(chance: Chance): Weather {
  let left = chance.below(100)
  for (const [share, kind, hides, pageOf] of kinds) {
    if (left < share) return { kind, hides, pageOf }
    left -= share
  }
  return { kind: 'clear', hides: false, pageOf: clear }
}

/** Breaks off in the title of the first entry: no entry is whole. */
function cutInFirst(feed: string): string {
  const first = feed.search(/<(?:item|entry)>/)
  if (first < 0) return feed.slice(0, -20)
  return feed.slice(0, feed.indexOf('</title>', first) - 12)
}
