import type { StreamLimit } from '@newswire/bus'
import type { StreamName } from '@newswire/model'
import type { HouseSettings } from '@newswire/runtime'

const dayMs = 24 * 60 * 60 * 1_000

/** How much each stream keeps, from the settings. What they don't say stays as the bus has it. */
export function streamLimitsOf(
  settings: HouseSettings,
): Partial<Record<StreamName, Partial<StreamLimit>>> {
  const itemsAge = { ageMsMax: settings.RETENTION_ITEMS_DAYS * dayMs }
  const bytesMax = settings.STREAM_BYTES_MAX
  return {
    RAW: { ageMsMax: settings.RETENTION_RAW_DAYS * dayMs, bytesMax },
    ITEMS: { ...itemsAge, bytesMax },
    TAGGED: { ...itemsAge, bytesMax },
    RECEIVERS: itemsAge,
    RECEIPTS: { ageMsMax: settings.RETENTION_RAW_DAYS * dayMs },
    DELIVERIES: { ageMsMax: settings.RETENTION_DELIVERIES_DAYS * dayMs },
    DEAD: { ageMsMax: settings.RETENTION_DEAD_DAYS * dayMs },
    AUDIT: { ageMsMax: settings.RETENTION_AUDIT_DAYS * dayMs },
  }
}
