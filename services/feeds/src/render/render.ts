import { type Filter, formatFilter, toNinjs, withoutIllegal } from '@newswire/model'
import type { PublicItem } from '@newswire/store'
import type { Language } from '@newswire/vocabulary'
import type { FeedLinks } from '../feed-page.js'
import { withToken } from '../private/address.js'
import { renderAtom } from './atom.js'
import { type Entry, toEntry } from './entry.js'
import { cleanJson, renderJsonFeed } from './json-feed.js'
import type { Channel } from './library.js'
import { renderRss } from './rss.js'
import { archiveTitle, feedDescription, filterInWords, type LabelOf } from './words.js'

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
  /** Of the feed's title and description. */
  readonly language: Language
  readonly labelOf: LabelOf
  readonly links: FeedLinks
  /** RFC 5005: a document that is closed. */
  readonly isArchive: boolean
  /** Of a private feed: the pages of its private items open with it alone. */
  readonly token?: string | undefined
}

/** The bytes of a feed; the same items give the same bytes. */
export function renderFeed(options: RenderOptions): string {
  const { format, filter, items, publicUrl, path, language, labelOf, links, isArchive } = options
  const entries = items.map((item) => toEntry(item, publicUrl, options.token))
  const words = withoutIllegal(filterInWords(filter, language, labelOf))
  const title = `Newswire: ${words}`
  const query = formatFilter(filter)
  const channel: Channel = {
    title: isArchive ? archiveTitle(title, language) : title,
    description: feedDescription(words, language),
    language,
    pageUrl: withToken(`${publicUrl}/${query === '' ? '' : `?${query}`}`, options.token),
    selfUrl: `${publicUrl}${path}`,
    links,
    isArchive,
    updated: lastUpdate(entries),
  }
  return formats[format].render(channel, entries)
}

/** When anything in these entries changed last. */
export function lastUpdate(entries: readonly { readonly updated: Date }[]): Date {
  return new Date(Math.max(never.getTime(), ...entries.map(({ updated }) => updated.getTime())))
}

function renderNinjs(channel: Channel, entries: readonly Entry[]): string {
  const { title, selfUrl, language, links } = channel
  return cleanJson({
    title,
    url: selfUrl,
    language,
    ...(links.hub === undefined ? {} : { hub: links.hub }),
    ...(links.prevArchive === undefined ? {} : { next: links.prevArchive }),
    items: entries.map((entry) => toNinjs(entry.item)),
  })
}
