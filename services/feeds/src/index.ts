export * from './feeds.js'
