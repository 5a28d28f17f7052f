import { type FacetKey, type Filter, formatFilter, toNinjs } from '@newswire/model'
import type { PublicItem } from '@newswire/store'
import type { Language } from '@newswire/vocabulary'
import type { FeedLinks } from '../feed-page.js'
import { renderAtom } from './atom.js'
import { type Entry, toEntry } from './entry.js'
import { renderJsonFeed } from './json-feed.js'
import type { Channel } from './library.js'
import { renderRss } from './rss.js'
import { filterInWords } from './words.js'

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
  readonly language: Language
  readonly labelOf: (key: FacetKey, code: string, language: Language) => string | undefined
  readonly links: FeedLinks
  readonly isArchive: boolean
}

/** The bytes of a feed; the same items give the same bytes. */
export function renderFeed({ format, filter, items, publicUrl, path }: RenderOptions): string {
  const entries = items.map(({ item }) => toEntry(item, publicUrl))
  const words = filterInWords(filter)
  const query = formatFilter(filter)
  const channel: Channel = {
    title: `Newswire: ${words}`,
    description: `Press releases from Newswire: ${words}.`,
    pageUrl: `${publicUrl}/${query === '' ? '' : `?${query}`}`,
    selfUrl: `${publicUrl}${path}`,
    updated: lastUpdate(entries),
  }
  return formats[format].render(channel, entries)
}

/** When anything in these entries changed last. */
export function lastUpdate(entries: readonly { readonly updated: Date }[]): Date {
  return new Date(Math.max(never.getTime(), ...entries.map(({ updated }) => updated.getTime())))
}

function renderNinjs(channel: Channel, entries: readonly Entry[]): string {
  const items = entries.map((entry) => toNinjs(entry.item))
  return JSON.stringify({ title: channel.title, url: channel.selfUrl, items })
}
