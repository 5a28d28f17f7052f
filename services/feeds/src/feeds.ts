import type { Bus } from '@newswire/bus'
import type { Routes } from '@newswire/http'
import type { Clock, Metrics, Worker } from '@newswire/runtime'
import type { OnPublicChange, Store } from '@newswire/store'
import { feedRoutes } from './feed-routes.js'
import { createFreshness } from './freshness.js'
import { itemRoutes } from './item-routes.js'
import { opmlRoutes } from './opml-routes.js'
import { assetRoutes } from './page/asset-routes.js'
import type { FeedTokens } from './private/feed-tokens.js'
import { createRenderings } from './renderings.js'

export interface FeedsOptions {
  readonly bus: Pick<Bus, 'ping' | 'streams'>
  readonly store: Store
  readonly clock: Clock
  readonly metrics: Metrics
  /** Where people reach the house, without a slash at the end. */
  readonly publicUrl: string
  /** Opens private sources. */
  readonly tokens: FeedTokens
}

export interface Feeds {
  readonly routes: Routes
  /** Give to the TAGGED projector of this process. */
  readonly onPublicChange: OnPublicChange
  /** To be run beside the server. */
  readonly workers: readonly Worker[]
}

/** item.tagged → RSS, Atom, JSON Feed and ninjs for any filter, item lists and item pages. */
export async function createFeeds(options: FeedsOptions): Promise<Feeds> {
  const { bus, store, clock, metrics, publicUrl, tokens } = options
  const renderings = createRenderings({ store, publicUrl, tokens })
  // Redis may have been emptied while nobody ran: what stands by now is not all before it is there.
  const streams = await bus.streams()
  renderings.requireUpTo(streams.find(({ stream }) => stream === 'TAGGED')?.lastSequence ?? 0)
  const freshness = createFreshness({ bus, clock })
  const rooms = [
    feedRoutes({ renderings, metrics, publicUrl, tokens, asOf: freshness.asOf }),
    opmlRoutes({ store, clock, publicUrl }),
    itemRoutes({ store, publicUrl, tokens }),
    assetRoutes(),
    tokens.routes,
  ]
  return {
    onPublicChange: renderings.onPublicChange,
    workers: [freshness.worker],
    routes: async (server) => {
      for (const room of rooms) await room(server)
    },
  }
}
