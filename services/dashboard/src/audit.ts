import { randomUUID } from 'node:crypto'
import type { Bus } from '@newswire/bus'
import type { Clock } from '@newswire/runtime'

/** What a person changed. */
export interface Audited {
  /** Id of the key that acted. */
  readonly actor: string
  /** `key.create` */
  readonly action: string
  readonly subject: string
  readonly detail?: unknown
}

export type Audit = (change: Audited) => Promise<void>

/** Writes what people change into stream AUDIT. */
export function createAudit({ bus, clock }: { bus: Pick<Bus, 'publish'>; clock: Clock }): Audit {
  return async ({ detail = null, ...change }) => {
    const at = clock.now().toISOString()
    await bus.publish(
      'audit',
      { ...change, detail, at },
      { actor: change.actor },
      { id: randomUUID() },
    )
  }
}
