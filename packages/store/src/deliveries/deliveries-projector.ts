import type { Worker } from '@newswire/runtime'
import { createProjector, type ProjectorOptions } from '../projector.js'
import { deliveriesModel } from './deliveries-model.js'
import { type DeliveryLimits, deliveryLimits } from './limits.js'

export interface DeliveriesProjectorOptions
  extends Pick<ProjectorOptions<'delivery'>, 'url' | 'bus' | 'log'> {
  readonly limits?: Partial<DeliveryLimits>
}

/** DELIVERIES → what came of every delivery. */
export function createDeliveriesProjector(options: DeliveriesProjectorOptions): Worker {
  const { url, bus, log } = options
  const limits = { ...deliveryLimits, ...options.limits }
  return createProjector({
    name: 'deliveries-projector',
    url,
    bus,
    log,
    modelOn: (redis) => deliveriesModel(redis, limits),
  })
}
