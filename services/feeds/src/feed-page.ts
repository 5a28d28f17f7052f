import { placeOf } from '@newswire/model'
import { archiveLimits, type PublicItem, type Store } from '@newswire/store'
import { type FeedAddress, feedAddress, pageLimits } from './address.js'

/** What whoever has a token may see beside what everybody sees. */
export interface Viewer {
  readonly sources: 'all' | readonly string[]
}

/** Errors: a Problem (404) for a token that there is not, or is no more. */
export type ViewerOf = (token: string) => Promise<Viewer>

/** Absolute addresses that a feed names (WebSub, RFC 5005). */
export interface FeedLinks {
  readonly hub?: string
  readonly current?: string
  readonly prevArchive?: string
  readonly nextArchive?: string
}

/** What a feed is rendered from. */
export interface FeedPage {
  readonly items: readonly PublicItem[]
  readonly links: FeedLinks
}

export interface FeedPageOptions {
  readonly store: Pick<Store, 'query' | 'archive' | 'archiveBefore'>
  readonly publicUrl: string
  readonly viewerOf?: ViewerOf
}

/** The archive has nothing for this filter, or is not closed: its reader goes on elsewhere. */
export class ElsewhereError extends Error {
  override readonly name = 'ElsewhereError'
  /** Path and query. */
  readonly path: string

  constructor(path: string) {
    super(`Go on at ${path}.`)
    this.path = path
  }
}

/** The newest entries of a feed, or one of its archives, as its viewer may see them. */
export async function loadPage(options: FeedPageOptions, address: FeedAddress): Promise<FeedPage> {
  const viewer = await viewerBehind(options, address)
  const page =
    address.archive === undefined
      ? await newest(options, address, viewer)
      : await archived(options, address, address.archive, viewer)
  // A feed that is not for everybody is no topic of a hub that tells what is in it.
  const hub = address.token === undefined ? { hub: `${options.publicUrl}/hub` } : {}
  return { items: page.items, links: { ...hub, ...page.links } }
}

async function newest(
  { store, publicUrl }: FeedPageOptions,
  address: FeedAddress,
  viewer: Viewer | undefined,
): Promise<FeedPage> {
  const { filter, limit } = address
  const { items } = await store.query({ filter, limit, seesPrivate: viewer !== undefined })
  const first = items[0]
  // The block of the newest entry is the feed's own: it shows at least as many as are in it.
  const isGapless = first !== undefined && limit >= archiveLimits.blockFacts
  const previous = isGapless
    ? await store.archiveBefore(filter, blockOf(placeOf(first.item, first.sequence)))
    : undefined
  const links =
    previous === undefined ? {} : { prevArchive: archiveUrl(publicUrl, address, previous) }
  return { items: items.filter(isSeenBy(viewer)), links }
}

async function archived(
  { store, publicUrl }: FeedPageOptions,
  address: FeedAddress,
  block: number,
  viewer: Viewer | undefined,
): Promise<FeedPage> {
  const { filter } = address
  const archive = await store.archive({ filter, block, seesPrivate: viewer !== undefined })
  const { archive: _, ...current } = address
  if (!archive) throw new ElsewhereError(feedAddress(current).path)
  if (archive.isEmpty) {
    const { next } = archive
    throw new ElsewhereError(
      feedAddress(next === undefined ? current : { ...current, archive: next }).path,
    )
  }
  const { previous } = archive
  return {
    items: archive.items.filter(isSeenBy(viewer)),
    links: {
      current: `${publicUrl}${feedAddress(current).path}`,
      // Whatever comes after it: what has nothing, or is not closed, leads on. So this never changes.
      nextArchive: archiveUrl(publicUrl, address, block + 1),
      ...(previous === undefined ? {} : { prevArchive: archiveUrl(publicUrl, address, previous) }),
    },
  }
}

async function viewerBehind(
  { viewerOf }: FeedPageOptions,
  { token }: FeedAddress,
): Promise<Viewer | undefined> {
  if (token === undefined) return undefined
  return viewerOf === undefined ? { sources: [] } : viewerOf(token)
}

function isSeenBy(viewer: Viewer | undefined): (item: PublicItem) => boolean {
  return ({ item }) => {
    if (item.rights !== 'private' || viewer?.sources === 'all') return true
    return viewer?.sources.includes(item.source) ?? false
  }
}

function blockOf(place: number): number {
  return Math.floor((place - 1) / archiveLimits.blockFacts)
}

function archiveUrl(publicUrl: string, address: FeedAddress, archive: number): string {
  const limit = pageLimits.entriesDefault
  return `${publicUrl}${feedAddress({ ...address, limit, archive }).path}`
}
