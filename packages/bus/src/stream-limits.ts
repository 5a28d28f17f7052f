import type { HouseSettings } from '@newswire/runtime'
import type { StreamLimits } from './streams.js'

const dayMs = 24 * 60 * 60 * 1_000

type Retention =
  | 'RETENTION_RAW_DAYS'
  | 'RETENTION_ITEMS_DAYS'
  | 'RETENTION_DELIVERIES_DAYS'
  | 'RETENTION_DEAD_DAYS'
  | 'RETENTION_AUDIT_DAYS'
  | 'STREAM_BYTES_MAX'

/** How much each stream keeps, from the settings. What they don't say stays as it stands. */
export function streamLimitsOf(settings: Pick<HouseSettings, Retention>): StreamLimits {
  const itemsAge = { ageMsMax: settings.RETENTION_ITEMS_DAYS * dayMs }
  const bytesMax = settings.STREAM_BYTES_MAX
  return {
    RAW: { ageMsMax: settings.RETENTION_RAW_DAYS * dayMs, bytesMax },
    ITEMS: { ...itemsAge, bytesMax },
    TAGGED: { ...itemsAge, bytesMax },
    RECEIVERS: itemsAge,
    RECEIPTS: { ageMsMax: settings.RETENTION_RAW_DAYS * dayMs },
    DELIVERIES: { ageMsMax: settings.RETENTION_DELIVERIES_DAYS * dayMs },
    ANSWERS: { ageMsMax: settings.RETENTION_DELIVERIES_DAYS * dayMs },
    DEAD: { ageMsMax: settings.RETENTION_DEAD_DAYS * dayMs },
    AUDIT: { ageMsMax: settings.RETENTION_AUDIT_DAYS * dayMs },
  }
}
