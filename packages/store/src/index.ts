export {
  connectStore,
  createItemsProjector,
  createTaggedProjector,
  type ItemsProjectorOptions,
  resetReadModels,
  type StoreOptions,
  type TaggedProjectorOptions,
} from './connect-store.js'
export {
  createDeliveriesProjector,
  type DeliveriesProjectorOptions,
  type DeliveryCounts,
  type DeliveryLimits,
  type DeliveryLog,
  type DeliveryPage,
  type DeliveryPlace,
  type DeliveryQuery,
  type DeliveryState,
  deliveryLimits,
  type LoggedAttempt,
  type LoggedDelivery,
} from './deliveries/index.js'
export { archiveLimits, storeLimits } from './limits.js'
export { type LocalItems, type LocalItemsOptions, openLocalItems } from './local-items/index.js'
export * from './store.js'
