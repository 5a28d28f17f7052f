import type { Bus } from '@newswire/bus'
import type { Routes } from '@newswire/http'
import type { TokenFinder } from './address.js'
import { createTokenBook, type TokenBookOptions } from './token-book.js'
import { tokenRoutes } from './token-routes.js'

export interface FeedTokensOptions extends TokenBookOptions {
  readonly bus: Pick<Bus, 'publish'>
}

export interface FeedTokens extends TokenFinder {
  /** `/api/v1/feed-tokens`. */
  readonly routes: Routes
}

/** Tokens that stand in the address of a feed and open private sources. */
export function createFeedTokens(options: FeedTokensOptions): FeedTokens {
  const book = createTokenBook(options)
  return { find: book.find, routes: tokenRoutes({ book, ...options }) }
}
