import { randomUUID } from 'node:crypto'
import type { Bus } from '@newswire/bus'
import type { Clock } from '@newswire/runtime'

/** What a person changed. */
export interface Audited {
  readonly actor: string
  readonly action: 'dead-letter.replay' | 'dead-letter.discard' | 'key.create' | 'key.revoke'
  readonly subject: string
  readonly detail: unknown
}

/** Writes what people change into stream AUDIT. */
export function createAudit({ bus, clock }: { bus: Pick<Bus, 'publish'>; clock: Clock }) {
  return async (change: Audited): Promise<void> => {
    const at = clock.now().toISOString()
    await bus.publish('audit', { ...change, at }, { actor: change.actor }, { id: randomUUID() })
  }
}
