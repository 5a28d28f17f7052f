import { placeOf } from '@newswire/model'
import { archiveLimits, type PublicItem, type Sight, type Store } from '@newswire/store'
import { type FeedAddress, feedAddress, pageLimits } from './address.js'
import { type Access, mayRead } from './private/access.js'
import { accessOf, type TokenFinder } from './private/address.js'

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
  /** Opens private sources; without it no token opens anything. */
  readonly tokens?: TokenFinder
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
  const { token } = address
  const access = token === undefined ? undefined : await accessOf(token, options.tokens)
  const page =
    address.archive === undefined
      ? await newest(options, address, access)
      : await archived(options, address, address.archive, access)
  // A feed that is not for everybody is no topic of a hub that tells what is in it; nor is an
  // archive, which is closed.
  const isTopic = token === undefined && address.archive === undefined
  const hub = isTopic ? { hub: `${options.publicUrl}/hub` } : {}
  return { items: page.items, links: { ...hub, ...page.links } }
}

async function newest(
  { store, publicUrl }: FeedPageOptions,
  address: FeedAddress,
  access: Access | undefined,
): Promise<FeedPage> {
  const { filter, limit } = address
  const { items, next } = await store.query({ filter, limit, sees: sightOf(access) })
  const first = items[0]
  const seesPrivate = access !== undefined
  // The block of the newest entry is the feed's own: it shows at least as many as are in it. Where
  // what it asks for is so rare that the look for it ended, archives go on from there.
  const hasGivenUp = items.length < limit && next !== undefined
  const block = hasGivenUp ? blockOf(next) + 1 : first && blockOf(placeOfItem(first))
  const previous =
    block === undefined || limit < archiveLimits.blockFacts
      ? undefined
      : await store.archiveBefore({ filter, block, seesPrivate })
  const links =
    previous === undefined ? {} : { prevArchive: archiveUrl(publicUrl, address, previous) }
  return { items: items.filter(isFor(access)), links }
}

async function archived(
  { store, publicUrl }: FeedPageOptions,
  address: FeedAddress,
  block: number,
  access: Access | undefined,
): Promise<FeedPage> {
  const { filter } = address
  const archive = await store.archive({ filter, block, seesPrivate: access !== undefined })
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
    items: archive.items.filter(isFor(access)),
    links: {
      current: `${publicUrl}${feedAddress(current).path}`,
      // Whatever comes after it, so that this never changes: what has nothing leads on.
      nextArchive: archiveUrl(publicUrl, address, block + 1),
      ...(previous === undefined ? {} : { prevArchive: archiveUrl(publicUrl, address, previous) }),
    },
  }
}

function isFor(access: Access | undefined): (item: PublicItem) => boolean {
  return ({ item }) => mayRead(item, access)
}

function sightOf(access: Access | undefined): Sight {
  if (access === undefined) return 'public'
  return access.sources === 'all' ? 'all' : { sources: access.sources }
}

function placeOfItem({ item, sequence }: PublicItem): number {
  return placeOf(item, sequence)
}

function blockOf(place: number): number {
  return Math.floor((place - 1) / archiveLimits.blockFacts)
}

function archiveUrl(publicUrl: string, address: FeedAddress, archive: number): string {
  const limit = pageLimits.entriesDefault
  return `${publicUrl}${feedAddress({ ...address, limit, archive }).path}`
}
