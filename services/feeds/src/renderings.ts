import { Problem } from '@newswire/http'
import { matches, type TaggedItem } from '@newswire/model'
import type { OnPublicChange, Store } from '@newswire/store'
import type { FeedAddress } from './address.js'
import { ElsewhereError, type FeedPage, loadPage } from './feed-page.js'
import { type KeptRendering, KeptRenderings } from './kept.js'
import { labelOf } from './labels.js'
import { feedLimits } from './limits.js'
import type { TokenFinder } from './private/address.js'
import { RecentChanges } from './recent-changes.js'
import { formats, lastUpdate, renderFeed } from './render/render.js'
import type { Hot } from './serve/hot-feeds.js'
import { linkField } from './serve/link-field.js'
import { createRendering, type Rendering } from './serve/rendering.js'

export type { Rendering }
export { ElsewhereError }

export interface RenderingsOptions {
  readonly store: Pick<Store, 'query' | 'archive' | 'archiveBefore' | 'positions'>
  readonly publicUrl: string
  /** Opens private sources; without it no token opens anything. */
  readonly tokens?: TokenFinder
  readonly limits?: Partial<typeof feedLimits>
}

/** Rendered feeds, each right as of the moment that it is asked for. */
export interface Renderings {
  /** Errors: a Problem; ElsewhereError where an archive has nothing, or is not closed yet. */
  get(address: FeedAddress): Promise<Rendering>
  /** The entries that changed after a fact of TAGGED as a feed (RFC 3229); none: undefined. */
  delta(address: FeedAddress, after: number): Promise<Buffer | undefined>
  /** What a feed is rendered from. */
  page(address: FeedAddress): Promise<FeedPage>
  /** A kept public feed by its whole path, if it is right without a look anywhere else. */
  peek(path: string): Hot | undefined
  /** To be told of every change of the read model, after it is there. */
  readonly onPublicChange: OnPublicChange
  /** The read model must hold this much before anything is rendered from it. */
  requireUpTo(sequence: number): void
}

/**
 * A change costs nothing but its note; a feed that is asked for is checked against the changes
 * since, by its own filter, and rendered anew only where one of them touches it.
 */
export function createRenderings(options: RenderingsOptions): Renderings {
  const { store, publicUrl } = options
  const limits = { ...feedLimits, ...options.limits }
  const kept = new KeptRenderings(limits)
  const changes = new RecentChanges(limits.changesMax)
  const running = new Map<string, Running>()

  async function page(address: FeedAddress): Promise<FeedPage> {
    const loaded = await loadPage(options, address)
    // Redis may have been emptied since: what is read before all is there again is not all.
    const { tagged } = await store.positions()
    if (tagged < changes.toldUpTo) throw new NotReadyProblem()
    return loaded
  }

  async function render(address: FeedAddress): Promise<KeptRendering> {
    // Counted before the query: a change that comes while it runs is checked again.
    const checkedAt = changes.count
    const rendering = toRendering(address, await page(address), publicUrl)
    const own = { address, rendering, checkedAt, isUsed: true, deltas: new Map() }
    // Nobody but its reader may have it, and what he may see is looked up each time.
    if (address.token === undefined) kept.keep(own)
    return own
  }

  function renderOnce(address: FeedAddress): Promise<KeptRendering> {
    const { path } = address
    const other = running.get(path)
    // A rendering that began before the newest change may miss it.
    if (other && other.startedAt === changes.count) return other.done
    const own = { startedAt: changes.count, done: render(address) }
    running.set(path, own)
    const done = () => {
      if (running.get(path) === own) running.delete(path)
    }
    own.done.then(done, done)
    return own.done
  }

  function standing(path: string): KeptRendering | undefined {
    const entry = kept.get(path)
    if (!entry) return undefined
    const { address } = entry
    if (changes.hasSince(entry.checkedAt, (item) => touches(address, item))) return undefined
    entry.checkedAt = changes.count
    entry.isUsed = true
    return entry
  }

  async function keptOf(address: FeedAddress): Promise<KeptRendering> {
    // What a token opens may be another since, or nothing.
    if (address.token !== undefined) return render(address)
    return (
      standing(address.path) ?? (await renderOnce(address).catch(former(kept, changes, address)))
    )
  }

  async function delta(address: FeedAddress, after: number): Promise<Buffer | undefined> {
    const { rendering, deltas } = await keptOf(address)
    if (after >= rendering.sequence) return undefined
    const known = deltas.get(after)
    if (known) return known
    const loaded = await page(address)
    const items = loaded.items.filter(({ sequence }) => sequence > after)
    const made = Buffer.from(bodyOf(address, { ...loaded, items }, publicUrl))
    if (deltas.size < limits.deltasMax) deltas.set(after, made)
    return made
  }

  function peek(path: string): Hot | undefined {
    const entry = standing(path)
    if (!entry || entry.rendering.isPrivate) return undefined
    return { format: entry.address.format, rendering: entry.rendering }
  }

  return {
    ...{ page, delta, peek, onPublicChange: changes.onPublicChange },
    get: async (address) => (await keptOf(address)).rendering,
    requireUpTo: (sequence) => changes.requireUpTo(sequence),
  }
}

/** While the read model is made again a feed stays as it was, unless it lost a release. */
function former(
  kept: KeptRenderings,
  changes: RecentChanges,
  address: FeedAddress,
): (error: unknown) => KeptRendering {
  return (error) => {
    const own = error instanceof NotReadyProblem ? kept.get(address.path) : undefined
    const isLost = (item: TaggedItem) => item.status !== 'usable' && touches(address, item)
    if (own && !changes.hasSince(own.checkedAt, isLost)) return own
    throw error
  }
}

interface Running {
  readonly startedAt: number
  readonly done: Promise<KeptRendering>
}

/** A closed archive stays as it is, but for what is withdrawn, under whatever filter it was. */
function touches({ filter, archive }: FeedAddress, item: TaggedItem): boolean {
  return archive === undefined ? matches(filter, item) : item.status !== 'usable'
}

function bodyOf(address: FeedAddress, { items, links }: FeedPage, publicUrl: string): string {
  const { format, filter, path, language, archive, token } = address
  return renderFeed({
    ...{ format, filter, items, publicUrl, path, language, links, labelOf },
    ...{ isArchive: archive !== undefined, token },
  })
}

function toRendering(address: FeedAddress, page: FeedPage, publicUrl: string): Rendering {
  const { items, links } = page
  return createRendering({
    body: Buffer.from(bodyOf(address, page, publicUrl)),
    mediaType: formats[address.format].mediaType,
    sequence: Math.max(0, ...items.map(({ sequence }) => sequence)),
    lastModified: lastUpdate(items.map(({ item }) => ({ updated: shownFrom(item) }))),
    link: linkField({ self: `${publicUrl}${address.path}`, ...links }),
    isPrivate: address.token !== undefined,
  })
}

/** The read model holds less than it held: Redis was emptied, and is being filled again. */
class NotReadyProblem extends Problem {
  constructor() {
    super({
      status: 503,
      slug: 'feeds-being-made',
      title: 'The feeds are being made again',
      detail: 'Nothing is lost. Try again in a few seconds.',
      headers: { 'retry-after': '2' },
    })
  }
}

/**
 * When a version can have come into a feed at the latest. Its own date may lie long before: a
 * reader that knows the feed's Last-Modified only would never see it.
 */
function shownFrom({ updated, received, embargoUntil = updated }: TaggedItem): Date {
  return new Date(Math.max(...[updated, received, embargoUntil].map((at) => Date.parse(at))))
}
