import { Problem } from '@newswire/http'
import { matches, type TaggedItem } from '@newswire/model'
import { type Clock, systemClock } from '@newswire/runtime'
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
import { createRendering, hashOf, type Rendering } from './serve/rendering.js'

export type { Rendering }
export { ElsewhereError }

export interface RenderingsOptions {
  readonly store: Pick<Store, 'query' | 'archive' | 'archiveBefore' | 'positions'>
  readonly publicUrl: string
  /** Opens private sources; without it no token opens anything. */
  readonly tokens?: TokenFinder
  readonly limits?: Partial<typeof feedLimits>
  readonly clock?: Clock
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
  /** Throws a Problem (503) while the read model is made again. */
  ready(): Promise<void>
  /** The read model must hold this much before anything is rendered from it. */
  requireUpTo(sequence: number): void
}

/**
 * A change costs nothing but its note; a feed that is asked for is checked against the changes
 * since, by its own filter, and rendered anew only where one of them touches it.
 */
export function createRenderings(options: RenderingsOptions): Renderings {
  const { store, publicUrl, clock = systemClock } = options
  const limits = { ...feedLimits, ...options.limits }
  const kept = new KeptRenderings(limits)
  const changes = new RecentChanges(limits)
  const once = createOnce(() => changes.count)

  async function ready(): Promise<void> {
    // Noted before the question: what is told while it is on its way is not in the answer.
    const { toldUpTo } = changes
    const { tagged } = await store.positions()
    if (tagged < toldUpTo) throw new NotReadyProblem()
  }

  async function load(address: FeedAddress): Promise<FeedPage> {
    const [loaded] = await Promise.allSettled([loadPage(options, address)])
    // Redis may have been emptied since: what is read before all is there again is not all.
    await ready()
    if (loaded.status === 'rejected') throw loaded.reason
    return loaded.value
  }

  /** What a token opens is looked up each time, so nobody shares that. */
  const page = (address: FeedAddress) =>
    address.token === undefined ? once(`page ${address.path}`, () => load(address)) : load(address)

  async function render(address: FeedAddress): Promise<KeptRendering> {
    // Counted before the query: a change that comes while it runs is checked again.
    const checkedAt = changes.count
    const loaded = await load(address)
    const before = kept.get(address.path)?.rendering
    const rendering = toRendering(address, loaded, { publicUrl, before, now: clock.now() })
    const ids = new Set(loaded.items.map(({ item }) => item.id))
    const own = { address, rendering, checkedAt, ids, isUsed: true, deltas: new Map() }
    // Nobody but its reader may have it, and what he may see is looked up each time.
    if (address.token === undefined) kept.keep(own)
    return own
  }

  function standing(path: string): KeptRendering | undefined {
    const own = kept.get(path)
    if (!own || changes.hasSince(own.checkedAt, (item) => touches(own, item))) return undefined
    own.checkedAt = changes.count
    own.isUsed = true
    return own
  }

  async function keptOf(address: FeedAddress): Promise<KeptRendering> {
    const { path, token } = address
    if (token !== undefined) return render(address)
    return (
      standing(path) ??
      (await once(path, () => render(address)).catch(former(kept, changes, address)))
    )
  }

  async function delta(address: FeedAddress, after: number): Promise<Buffer | undefined> {
    const own = await keptOf(address)
    const { rendering, deltas } = own
    if (after >= rendering.sequence) return undefined
    const known = deltas.get(after)
    if (known) return known
    const loaded = await page(address)
    const items = loaded.items.filter(({ sequence }) => sequence > after)
    const made = Buffer.from(bodyOf(address, { ...loaded, items }, publicUrl))
    if (deltas.size < limits.deltasMax) deltas.set(after, made)
    kept.grown(own)
    return made
  }

  function peek(path: string): Hot | undefined {
    const entry = standing(path)
    if (!entry || entry.rendering.isPrivate) return undefined
    return { format: entry.address.format, rendering: entry.rendering }
  }

  return {
    ...{ page, delta, peek, ready, onPublicChange: changes.onPublicChange },
    get: async (address) => (await keptOf(address)).rendering,
    requireUpTo: (sequence) => changes.requireUpTo(sequence),
  }
}

/**
 * One run at a time of what has the same name, however many ask, unless something changed since it
 * began: then it may miss that.
 */
function createOnce(changeCount: () => number) {
  const running = new Map<string, { readonly startedAt: number; readonly done: Promise<unknown> }>()
  return function once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const other = running.get(name)
    if (other && other.startedAt === changeCount()) return other.done as Promise<T>
    const own = { startedAt: changeCount(), done: make() }
    running.set(name, own)
    const end = () => {
      if (running.get(name) === own) running.delete(name)
    }
    own.done.then(end, end)
    return own.done
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
    if (!own) throw error
    const isLost = (item: TaggedItem) => item.status !== 'usable' && touches(own, item)
    if (changes.hasSince(own.checkedAt, isLost)) throw error
    return own
  }
}

/**
 * Whether a change is seen in the feed: of what it shows, also where no filter finds it any more,
 * and of what its filter takes. A closed archive changes by what is taken back alone.
 */
function touches({ address, ids }: KeptRendering, item: TaggedItem): boolean {
  if (ids.has(item.id)) return true
  return address.archive === undefined ? matches(address.filter, item) : item.status !== 'usable'
}

function bodyOf(address: FeedAddress, { items, links }: FeedPage, publicUrl: string): string {
  const { format, filter, path, language, archive, token } = address
  return renderFeed({
    ...{ format, filter, items, publicUrl, path, language, links, labelOf },
    ...{ isArchive: archive !== undefined, token },
  })
}

interface Before {
  readonly publicUrl: string
  /** The rendering before this one, if it is kept. */
  readonly before: Rendering | undefined
  readonly now: Date
}

function toRendering(
  address: FeedAddress,
  page: FeedPage,
  { publicUrl, before, now }: Before,
): Rendering {
  const { items, links } = page
  const body = Buffer.from(bodyOf(address, page, publicUrl))
  const newest = lastUpdate(items.map(({ item }) => ({ updated: shownFrom(item) })))
  // An item that leaves a feed, or comes in late, has an older date than what the feed had.
  const sequence = Math.max(0, ...items.map((each) => each.sequence))
  const isMoved = before !== undefined && before.hash !== hashOf(body)
  const isOld = isMoved && newest.getTime() <= (before.lastModified?.getTime() ?? 0)
  return createRendering({
    ...{ body, sequence },
    mediaType: formats[address.format].mediaType,
    lastModified: isOld ? now : before && !isMoved ? before.lastModified : newest,
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
