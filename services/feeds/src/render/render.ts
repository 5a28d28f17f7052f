import { type Filter, formatFilter } from '@newswire/model'
import type { PublicItem } from '@newswire/store'
import type { Language } from '@newswire/vocabulary'
import type { FeedLinks } from '../feed-page.js'
import { withToken } from '../private/address.js'
import { renderAtom } from './atom.js'
import { toEntry } from './entry.js'
import { describeFeed, filterInWords, type LabelOf } from './filter-in-words.js'
import { renderJsonFeed } from './json-feed.js'
import type { Channel } from './library.js'
import { renderNinjs } from './ninjs.js'
import { renderRss } from './rss.js'
import { oneLine, readable } from './text.js'
import { webAddress } from './web-address.js'

/** The formats of a feed: the last part of its address → media type and how it is written. */
export const formats = {
  rss: { mediaType: 'application/rss+xml; charset=utf-8', render: renderRss },
  atom: { mediaType: 'application/atom+xml; charset=utf-8', render: renderAtom },
  json: { mediaType: 'application/feed+json; charset=utf-8', render: renderJsonFeed },
  ninjs: { mediaType: 'application/json; charset=utf-8', render: renderNinjs },
} as const

export type FormatName = keyof typeof formats

/** An empty feed was never updated; readers still need a date, and the clock would change bytes. */
const never = new Date(0)

export interface RenderOptions {
  readonly format: FormatName
  readonly filter: Filter
  readonly items: readonly PublicItem[]
  /** Without a slash at the end. */
  readonly publicUrl: string
  /** The feed's canonical path and query. */
  readonly path: string
  /** Of title and description; items speak their own. */
  readonly language: Language
  /** What the filter's codes are called. */
  readonly labelOf: LabelOf
  /** Absolute addresses (WebSub, RFC 5005). */
  readonly links: FeedLinks
  /** Whether this is a closed archive document (RFC 5005, section 4). */
  readonly isArchive: boolean
  /** Of a private feed: the pages of its private items open with it alone. */
  readonly token?: string | undefined
}

/** The bytes of a feed; the same items give the same bytes. */
export function renderFeed(options: RenderOptions): string {
  const { format, filter, items, publicUrl, path, language, labelOf, links, isArchive } = options
  const entries = items.map(({ item }) => toEntry(item, publicUrl, options.token))
  const words = oneLine(readable(filterInWords(filter, language, labelOf)))
  const query = formatFilter(filter)
  const channel: Channel = {
    title: `Newswire: ${words}`,
    description: describeFeed(words, language),
    language,
    pageUrl: absolute(withToken(`${publicUrl}/${query === '' ? '' : `?${query}`}`, options.token)),
    selfUrl: absolute(`${publicUrl}${path}`),
    links,
    isArchive,
    updated: entries.length === 0 ? undefined : lastUpdate(entries),
  }
  return formats[format].render(channel, entries)
}

/** When anything in these entries changed last. */
export function lastUpdate(entries: readonly { readonly updated: Date }[]): Date {
  return new Date(Math.max(never.getTime(), ...entries.map(({ updated }) => updated.getTime())))
}

function absolute(url: string): string {
  return webAddress(url) ?? url
}
