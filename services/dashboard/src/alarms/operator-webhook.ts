import { createHmac, hkdfSync } from 'node:crypto'
import { changeRow, type Register } from '@newswire/bus'
import type { Outbound } from '@newswire/http'
import { shortHash } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import { type AlarmRow, alarmOf } from './alarm.js'

export const alarmQueue = 'alarms'
const secretBytes = 32
const timeoutMs = 10_000
const answerBytesMax = 1_024

/** Standard Webhooks 1.0: `whsec_` and base64. Derived, so that nobody has to keep another one. */
export function alarmSecret(secretsKey: string): string {
  const key = hkdfSync('sha256', secretsKey, '', 'newswire alarm webhook', secretBytes)
  return `whsec_${Buffer.from(key).toString('base64')}`
}

/** Where alarms are told, as the settings say it. */
export function alarmWebhookOf(
  settings: {
    readonly ALARM_WEBHOOK?: string | undefined
    readonly ALARM_WEBHOOK_SECRET?: string | undefined
  },
  secretsKey: string,
): { readonly url: string; readonly secret: string } | undefined {
  const { ALARM_WEBHOOK: url, ALARM_WEBHOOK_SECRET: given } = settings
  return url === undefined ? undefined : { url, secret: given ?? alarmSecret(secretsKey) }
}

export interface OperatorWebhookOptions {
  readonly url: string
  /** `whsec_…` */
  readonly secret: string
  readonly register: Register<AlarmRow>
  readonly outbound: Pick<Outbound, 'request'>
  readonly clock: Clock
}

/**
 * Tells the operator what is still to be told of an alarm: that it began, and that it ended. Each
 * has one `webhook-id`, also where it is tried again. Throws where the address does not take it.
 */
export async function tellAlarm(options: OperatorWebhookOptions, id: string): Promise<void> {
  const { register, clock } = options
  const row = await register.get(id)
  if (row === undefined) return
  if (row.value.startToldAt === undefined) {
    await post(options, 'alarm.started', row.value)
    const startToldAt = clock.now().toISOString()
    await changeRow(register, id, (standing) => standing && { ...standing, startToldAt })
  }
  if (row.value.endedAt === undefined) return
  await post(options, 'alarm.ended', row.value)
  const standing = await register.get(id)
  if (standing?.value.endedAt !== undefined) return await register.delete(id, standing.revision)
  if (standing !== undefined) await tellAnew(options, id)
}

/** It began again while its end was told: to the operator that is another alarm, of another id. */
async function tellAnew(options: OperatorWebhookOptions, id: string): Promise<void> {
  const since = options.clock.now().toISOString()
  await changeRow(options.register, id, (row) => {
    if (row === undefined) return undefined
    const { startToldAt: _, ...untold } = row
    return { ...untold, since }
  })
  await tellAlarm(options, id)
}

async function post(
  { url, secret, outbound, clock }: OperatorWebhookOptions,
  type: 'alarm.started' | 'alarm.ended',
  row: AlarmRow,
): Promise<void> {
  const timestamp = String(Math.floor(clock.now().getTime() / 1_000))
  const id = `msg_${shortHash('alarm', row.id, row.since, row.endedAt ?? '', type)}`
  const data = { ...alarmOf(row), endedAt: row.endedAt ?? null }
  const body = JSON.stringify({ type, timestamp: row.endedAt ?? row.since, data })
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  const { status } = await outbound.request({
    ...({ url, method: 'POST', body, timeoutMs, answerBytesMax } as const),
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    overflow: 'truncate',
    redirectsMax: 0,
    httpsOnly: true,
  })
  if (status >= 200 && status < 300) return
  throw new Error(`ALARM_WEBHOOK answered ${status} to ${type}.`)
}
