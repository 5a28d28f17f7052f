import { randomBytes } from 'node:crypto'
import { type Caller as HttpCaller, Problem } from '@newswire/http'
import type { Clock } from '@newswire/runtime'
import type { OpenedWebhook } from '../registry/sealed.js'
import { isAddressVerified } from '../registry/status.js'
import type { Caller } from './call.js'
import type { PublicUrl } from './formats/told.js'
import { houseCall } from './house-call.js'

const idBytes = 12

/** What is told of a test call. */
export interface Tested {
  readonly delivered: boolean
  /** HTTP status; null where there was no answer. */
  readonly status: number | null
  readonly latencyMs: number
  /** The first kB of the answer. */
  readonly answer: string | null
  readonly error: string | null
  /** What was sent; `id` is the `webhook-id`. */
  readonly sent: { readonly id: string; readonly contentType: string; readonly body: string }
}

/**
 * One signed `webhook.test`, whether the webhook is paused or disabled or not. Problem 409 where
 * its address never answered the challenge: until then it may be anybody's.
 */
export async function sendTest(
  webhook: OpenedWebhook,
  { call, clock, publicUrl }: { call: Caller; clock: Clock; publicUrl: PublicUrl },
  caller: HttpCaller,
): Promise<Tested> {
  if (caller.role !== 'admin' && !isAddressVerified(webhook.row)) throw unverified()
  const id = `msg_test_${randomBytes(idBytes).toString('base64url')}`
  const data = { webhook: webhook.row.id }
  const event = { id, type: 'webhook.test', data, now: clock.now(), publicUrl } as const
  const made = houseCall(webhook, event)
  const { status, latencyMs, answer, error } = await call(made)
  const { contentType = 'application/json', body } = made
  return {
    delivered: status !== undefined && status >= 200 && status < 300,
    status: status ?? null,
    latencyMs,
    answer: answer ?? null,
    error: error ?? null,
    sent: { id, contentType, body: String(body) },
  }
}

function unverified(): Problem {
  return new Problem({
    status: 409,
    slug: 'webhook-not-verified',
    title: 'The address has not answered its challenge',
    detail:
      'A test is sent once the endpoint has answered webhook.verify. Let it answer with the challenge; where the webhook is disabled meanwhile, set its status to active to be asked again.',
  })
}
