export * from './bus.js'
export { type BusOptions, connectBus } from './connect.js'
export * from './errors.js'
export type { StreamLimit } from './streams.js'
