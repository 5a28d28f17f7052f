export { resetDeliveries } from './deliveries-model.js'
export {
  createDeliveriesProjector,
  type DeliveriesProjectorOptions,
} from './deliveries-projector.js'
export * from './delivery-log.js'
export { type DeliveryLimits, deliveryLimits } from './limits.js'
export { openDeliveryLog } from './open-delivery-log.js'
