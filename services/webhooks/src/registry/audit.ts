import { randomUUID } from 'node:crypto'
import type { Bus } from '@newswire/bus'
import { callerOf, type HttpRequest } from '@newswire/http'
import type { Clock } from '@newswire/runtime'

/** Writes down what a request changed, before it is answered. */
export type WebhookAudit = (
  request: HttpRequest,
  action: string,
  webhook: string,
  detail?: unknown,
) => Promise<void>

export function createAudit(options: { bus: Pick<Bus, 'publish'>; clock: Clock }): WebhookAudit {
  const { bus, clock } = options
  return async (request, action, subject, detail = null) => {
    const actor = callerOf(request).keyId
    const at = clock.now().toISOString()
    const fact = { actor, action, subject, at, detail }
    await bus.publish('audit', fact, { actor }, { id: randomUUID() })
  }
}

/** What somebody wished, without what is secret: of secret and own headers only that they are. */
export function detailOf(wish: object): object {
  const hidden = new Set(['secret', 'headers'])
  const told = Object.entries(wish).map(([name, value]) => [name, hidden.has(name) ? '…' : value])
  return Object.fromEntries(told)
}
