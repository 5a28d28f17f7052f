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
export * from './store.js'
