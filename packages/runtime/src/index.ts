export * from './worker.js'
export * from './metrics.js'
