import type { Routes } from '@newswire/http'
import type { Metrics } from '@newswire/runtime'
import type { OnPublicChange, Store } from '@newswire/store'
import { feedRoutes } from './feed-routes.js'
import { itemRoutes } from './item-routes.js'
import { createRenderings } from './renderings.js'

export interface FeedsOptions {
  readonly store: Pick<Store, 'query' | 'publicItem'>
  readonly metrics: Metrics
  /** Where people reach the house, without a slash at the end. */
  readonly publicUrl: string
}

export interface Feeds {
  readonly routes: Routes
  /** Give to the TAGGED projector of this process. */
  readonly onPublicChange: OnPublicChange
}

/** item.tagged → RSS, Atom, JSON Feed and ninjs for any filter, item lists and item pages. */
export function createFeeds({ store, metrics, publicUrl }: FeedsOptions): Feeds {
  const renderings = createRenderings({ store, publicUrl })
  const rooms = [feedRoutes({ renderings, metrics }), itemRoutes({ store, publicUrl })]
  return {
    onPublicChange: renderings.onPublicChange,
    routes: async (server) => {
      for (const room of rooms) await room(server)
    },
  }
}
