import { createHash } from 'node:crypto'
import { matches, type TaggedItem } from '@newswire/model'
import type { OnPublicChange, PublicItem, Store } from '@newswire/store'
import type { FeedAddress } from './address.js'
import { lastUpdate, renderFeed } from './render/render.js'

/** Limits of the cache of rendered feeds. */
export const renderingLimits = {
  /** Rendered feeds that are kept, least recently asked for dropped first. */
  renderingsMax: 500,
  /** Recent changes that a kept feed is checked against; older feeds are rendered anew. */
  changesMax: 1_000,
} as const

export interface Rendering {
  readonly body: Buffer
  /** Strong, quoted. */
  readonly etag: string
  readonly lastModified: Date
}

interface Kept {
  readonly rendering: Rendering
  /** How many changes had happened when this was known to be right. */
  checkedAt: number
}

export interface RenderingsOptions {
  readonly store: Pick<Store, 'query'>
  readonly publicUrl: string
}

/** Rendered feeds, each right as of the moment that it is asked for. */
export interface Renderings {
  get(address: FeedAddress): Promise<Rendering>
  /** To be told of every change of the read model, after it is there. */
  readonly onPublicChange: OnPublicChange
}

/**
 * A change costs nothing but its note; a feed that is asked for is checked against the changes
 * since, by its own filter, and rendered anew only where one of them touches it.
 */
export function createRenderings({ store, publicUrl }: RenderingsOptions): Renderings {
  const kept = new Map<string, Kept>()
  const running = new Map<
    string,
    { readonly startedAt: number; readonly rendering: Promise<Rendering> }
  >()
  const changes: (readonly TaggedItem[])[] = []
  let changeCount = 0

  function isStillRight(address: FeedAddress, entry: Kept): boolean {
    const missed = changeCount - entry.checkedAt
    if (missed > changes.length) return false
    const since = changes.slice(changes.length - missed)
    return !since.some((items) => items.some((item) => matches(address.filter, item)))
  }

  async function render(address: FeedAddress): Promise<Rendering> {
    // Counted before the query: a change that comes while it runs is checked again.
    const checkedAt = changeCount
    const page = await store.query({ filter: address.filter, limit: address.limit })
    const rendering = toRendering(address, page.items.filter(isForEveryone), publicUrl)
    kept.delete(address.path)
    kept.set(address.path, { rendering, checkedAt })
    for (const path of kept.keys()) {
      if (kept.size <= renderingLimits.renderingsMax) break
      kept.delete(path)
    }
    return rendering
  }

  function renderOnce(address: FeedAddress): Promise<Rendering> {
    const { path } = address
    const other = running.get(path)
    // A rendering that began before the newest change may miss it.
    if (other && other.startedAt === changeCount) return other.rendering
    const own = { startedAt: changeCount, rendering: render(address) }
    running.set(path, own)
    const done = () => {
      if (running.get(path) === own) running.delete(path)
    }
    own.rendering.then(done, done)
    return own.rendering
  }

  return {
    async get(address) {
      const entry = kept.get(address.path)
      if (!entry || !isStillRight(address, entry)) return renderOnce(address)
      entry.checkedAt = changeCount
      kept.delete(address.path)
      kept.set(address.path, entry)
      return entry.rendering
    },
    onPublicChange({ item, before }) {
      changes.push(before ? [before, item] : [item])
      if (changes.length > renderingLimits.changesMax) changes.shift()
      changeCount += 1
    },
  }
}

/** Private items are read through feeds with a token in the address only. */
export function isForEveryone({ item }: PublicItem): boolean {
  return item.rights !== 'private'
}

function toRendering(
  { format, filter, path }: FeedAddress,
  items: readonly PublicItem[],
  publicUrl: string,
): Rendering {
  const body = Buffer.from(renderFeed({ format, filter, items, publicUrl, path }))
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 27)
  const lastModified = lastUpdate(items.map(({ item }) => ({ updated: shownFrom(item) })))
  return { body, etag: `"${hash}"`, lastModified }
}

/**
 * When a version can have come into a feed at the latest. Its own date may lie long before: a
 * reader that knows the feed's Last-Modified only would never see it.
 */
function shownFrom({ updated, received, embargoUntil = updated }: TaggedItem): Date {
  return new Date(Math.max(...[updated, received, embargoUntil].map((at) => Date.parse(at))))
}
