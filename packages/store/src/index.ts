export {
  connectStore,
  createItemsProjector,
  createTaggedProjector,
  type ItemsProjectorOptions,
  resetReadModels,
  type StoreOptions,
  type TaggedProjectorOptions,
} from './connect-store.js'
export { archiveLimits, storeLimits } from './limits.js'
export { type LocalItems, type LocalItemsOptions, openLocalItems } from './local-items/index.js'
export * from './store.js'
