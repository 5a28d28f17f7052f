import type {
  FacetKey,
  Filter,
  Kin,
  NormalizedItem,
  Notice,
  Standing,
  TaggedItem,
} from '@newswire/model'
import type { DeliveryLog } from './deliveries/index.js'

/** What the read model knows of an item's newest version inside (stream ITEMS). */
export interface ItemState extends Standing {
  readonly id: string
  readonly wire: string
  /** Where the newest version stands in ITEMS: the sequence that a next version expects. */
  readonly sequence: number
  readonly embargoUntil?: string
}

/** What the read model knows of an item's newest public version (stream TAGGED). */
export interface PublicState {
  readonly id: string
  readonly version: number
  readonly revision: string
  /** Where it stands in TAGGED. */
  readonly sequence: number
  readonly status: TaggedItem['status']
}

/** A public item with where it stands in TAGGED. Its place in feeds: `placeOf`. */
export interface PublicItem {
  readonly item: TaggedItem
  readonly sequence: number
}

/** What an item is called today, and who may know. */
export type Headline = Pick<TaggedItem, 'id' | 'headline' | 'rights'>

export interface ItemPage {
  readonly items: readonly PublicItem[]
  /** Give as `before` for the next page; absent at the end. */
  readonly next?: number
}

/** One closed block of stream TAGGED, as a filter sees it. */
export interface Archive {
  /** Newest first. */
  readonly items: readonly PublicItem[]
  /** Nothing in the block is for the filter; the `next` that may be is given. */
  readonly isEmpty: boolean
  /** The nearest older block that may hold something. */
  readonly previous?: number
  /** The nearest newer closed block that may hold something. */
  readonly next?: number
}

/** An item that waits for a person: a notice of something unknown, or an unreadable embargo. */
export interface OpenMatter {
  readonly id: string
  readonly wire: string
  readonly version: number
  readonly status: NormalizedItem['status']
  /** Which of `openFlags` it has. */
  readonly flags: readonly string[]
  readonly headline: string
  readonly issuer: string
  readonly published: string
  readonly received: string
  readonly embargoUntil?: string
  /** What it names as the release that it speaks of. */
  readonly notice?: Notice
}

/** What a reader may see: what is public, and items of all private sources or of these. */
export type Sight = 'public' | 'all' | { readonly sources: readonly string[] }

/** Limits of the read models. */
export interface StoreLimits {
  /** Whole in Redis; older items are read from the local file, or else from JetStream. */
  readonly fullItemsMax: number
  /** Newest items that each facet's set holds. */
  readonly facetItemsMax: number
  /** Items that one query looks at before it gives up filling its page. */
  readonly scanItemsMax: number
}

/** Read models in Redis. Everything here can be made again from JetStream. */
export interface Store {
  /** State by item id, from ITEMS. A miss may mean that the model lags: compare-and-set decides. */
  itemState(id: string): Promise<ItemState | undefined>
  /**
   * Items that were first stored within so many days and have one of these tokens (`lookupTokens`,
   * `openLookupTokens`), newest days first, at most 100. Held and withdrawn ones are among them.
   */
  kin(wanted: { tokens: readonly string[]; days: number }): Promise<Kin[]>
  /** What waits for a person and is not settled, newest first. Held items are among them. */
  openMatters(options: { limit: number }): Promise<OpenMatter[]>
  /** Items whose newest version is a correction or a withdrawal, newest first. */
  recalls(options: { limit: number }): Promise<PublicItem[]>
  publicState(id: string): Promise<PublicState | undefined>
  publicItem(id: string): Promise<PublicItem | undefined>
  /** What these items are called, as far as they are among the newest, which Redis holds whole. */
  headlines(ids: readonly string[]): Promise<Headline[]>
  /** Newest first by place; withdrawn items included (they are tombstones). */
  query(options: {
    filter: Filter
    limit: number
    /** Exclusive place. */
    before?: number
    /** `public` unless given. */
    sees?: Sight
  }): Promise<ItemPage>
  /** Values of a facet that some public item has had, sorted; withdrawn ones count. */
  facetValues(key: FacetKey): Promise<string[]>
  /** Of a block that is closed; undefined of any other. */
  archive(options: {
    filter: Filter
    block: number
    seesPrivate?: boolean
  }): Promise<Archive | undefined>
  /** The newest block before one that may hold something for the filter. */
  archiveBefore(options: {
    filter: Filter
    block: number
    seesPrivate?: boolean
  }): Promise<number | undefined>
  /** Which version a raw item became, if any. */
  versionOfRaw(rawSequence: number): Promise<{ id: string; version: number } | undefined>
  /** How many items are public. */
  count(): Promise<number>
  /** What came of deliveries. */
  readonly deliveries: DeliveryLog
  /** Sequences up to which the read models of items are complete. */
  positions(): Promise<{ items: number; tagged: number }>
  ping(): Promise<boolean>
  /**
   * Has Redis write its append-only file anew, so that what it no longer holds is gone from the
   * disk, once the read models hold these sequences. False where it refuses or takes too long.
   */
  rewriteLog(places: { items: number; tagged: number }): Promise<boolean>
  /** Redis' own figures for the dashboard. */
  memory(): Promise<{ usedBytes: number; maxBytes: number }>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Told after an item's new public state is in the read model: caches drop what it touches. */
export type OnPublicChange = (change: {
  readonly item: TaggedItem
  readonly before: TaggedItem | undefined
  readonly sequence: number
}) => void

export type { Filter, NormalizedItem, TaggedItem }
