import type { Bus } from '@newswire/bus'
import type { Outbound, Routes } from '@newswire/http'
import type { Jobs } from '@newswire/jobs'
import type { Clock, Log, Metrics, SecretBox, Worker } from '@newswire/runtime'
import type { OnPublicChange, Store } from '@newswire/store'
import { feedRoutes } from './feed-routes.js'
import { createFreshness } from './freshness.js'
import { createHub } from './hub/hub.js'
import { itemRoutes } from './item-routes.js'
import { opmlRoutes } from './opml-routes.js'
import { assetRoutes } from './page/asset-routes.js'
import type { FeedTokens } from './private/feed-tokens.js'
import { createRenderings } from './renderings.js'

export interface FeedsOptions {
  readonly bus: Bus
  readonly jobs: Jobs
  readonly store: Store
  readonly outbound: Outbound
  /** Keeps the secrets of subscribers. */
  readonly secrets: SecretBox
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Where people reach the house, without a slash at the end. */
  readonly publicUrl: string
  /** Opens private sources. */
  readonly tokens: FeedTokens
}

export interface Feeds {
  readonly routes: Routes
  /** To be started behind the TAGGED projector of this process. */
  readonly workers: readonly Worker[]
  /** Give to the TAGGED projector of this process. */
  readonly onPublicChange: OnPublicChange
}

/**
 * item.tagged → RSS, Atom, JSON Feed and ninjs for any filter, pushed to subscribers, item lists
 * and item pages.
 */
export async function createFeeds(options: FeedsOptions): Promise<Feeds> {
  const { bus, store, clock, metrics, publicUrl, tokens } = options
  const renderings = createRenderings({ store, publicUrl, tokens, clock })
  const { ready } = renderings
  // Redis may have been emptied while nobody ran: what stands by now is not all before it is there.
  const streams = await bus.streams()
  renderings.requireUpTo(streams.find(({ stream }) => stream === 'TAGGED')?.lastSequence ?? 0)
  const freshness = createFreshness({ bus, clock })
  const position = async () => (await store.positions()).tagged
  const hub = await createHub({ ...options, renderings, position })
  const rooms = [
    feedRoutes({ renderings, metrics, publicUrl, tokens, asOf: freshness.asOf }),
    opmlRoutes({ store, ready, clock, publicUrl }),
    itemRoutes({ bus, store, ready, publicUrl, tokens }),
    assetRoutes(),
    tokens.routes,
    hub.routes,
  ]
  return {
    workers: [freshness.worker, ...hub.workers],
    onPublicChange(change) {
      // In this order: what the hub sends is rendered anew.
      renderings.onPublicChange(change)
      hub.onPublicChange(change)
    },
    routes: async (server) => {
      for (const room of rooms) await room(server)
    },
  }
}
