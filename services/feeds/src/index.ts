export * from './feeds.js'
export { createFeedTokens, type FeedTokens, type FeedTokensOptions } from './private/feed-tokens.js'
