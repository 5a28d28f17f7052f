import { randomBytes } from 'node:crypto'
import type { Bus } from '@newswire/bus'
import { Problem } from '@newswire/http'
import type { WebhookRow } from '../registry/webhook-row.js'
import { testItem } from './subscription.js'

const idBytes = 12

/** Stores a `webhook.test` where the items go; tells it as the answer of a call is told. */
export async function testOnBus({
  bus,
  row,
  now,
}: {
  readonly bus: Pick<Bus, 'publish' | 'eraseOlder'>
  readonly row: WebhookRow
  readonly now: Date
}): Promise<object> {
  const startedMs = performance.now()
  const keys = { subscription: row.id, item: testItem }
  const id = `msg_test_${randomBytes(idBytes).toString('base64url')}`
  const value = { type: 'webhook.test', timestamp: now.toISOString(), data: { webhook: row.id } }
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'content-type': 'application/json',
  }
  try {
    const { sequence } = await bus.publish('out', value, keys, { id, headers })
    await bus.eraseOlder('out', keys)
    const latencyMs = Math.round(performance.now() - startedMs)
    const answer = `Stored as ${sequence} in stream OUT.`
    const sent = { id, contentType: headers['content-type'], body: JSON.stringify(value) }
    return { delivered: true, status: null, latencyMs, answer, error: null, sent }
  } catch (cause) {
    throw new Problem({
      status: 503,
      slug: 'bus-down',
      title: 'The bus does not take the test message',
      detail: 'Look at /health, and try again in a few seconds.',
      headers: { 'retry-after': '5' },
      extra: { because: cause instanceof Error ? cause.message : String(cause) },
    })
  }
}
