import { type Caller, type Guard, identify, Problem } from '@newswire/http'
import type { Clock } from '@newswire/runtime'
import type { WebhookLimits } from '../limits.js'

const windowMs = 60_000
/** Keys whose requests are counted at a time; the oldest is forgotten first. */
const keysMax = 10_000

export interface AsksOptions {
  readonly clock: Clock
  readonly limits: Pick<WebhookLimits, 'asksPerMinuteMax'>
}

/**
 * Counts what changes or calls a webhook, per key and process: each new address is asked for its
 * challenge, and nobody may have us knock at one that is not his as often as he likes. Admins are
 * not counted. Errors: Problem 429 `too-many-requests`.
 */
export function limitAsks({ clock, limits }: AsksOptions): Guard {
  const counts = new Map<string, number>()
  let endsAtMs = 0

  function count({ keyId }: Caller): void {
    const nowMs = clock.now().getTime()
    if (nowMs >= endsAtMs || endsAtMs - nowMs > windowMs) {
      counts.clear()
      endsAtMs = nowMs + windowMs
    }
    const asks = (counts.get(keyId) ?? 0) + 1
    if (asks === 1 && counts.size >= keysMax) counts.delete(counts.keys().next().value ?? '')
    counts.set(keyId, asks)
    if (asks > limits.asksPerMinuteMax) throw tooMany(limits.asksPerMinuteMax, endsAtMs - nowMs)
  }

  return async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    const caller = await identify(request)
    if (caller !== undefined && caller.role !== 'admin') count(caller)
  }
}

function tooMany(max: number, waitMs: number): Problem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000))
  return new Problem({
    status: 429,
    slug: 'too-many-requests',
    title: 'Too many requests',
    detail: `A key may change or call its webhooks ${max} times a minute; try again in ${seconds} seconds.`,
    headers: { 'retry-after': String(seconds) },
  })
}
