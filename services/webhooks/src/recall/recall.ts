import type { LoggedDelivery } from '@newswire/store'
import type { WebhookRow } from '../registry/webhook-row.js'

/** The version that receivers are to be told of. */
export interface Recalled {
  readonly version: number
  readonly isWithdrawal: boolean
  /** When it became public. */
  readonly storedAt: Date
  /** Whether a webhook asks to be told of it, should it have an earlier version. */
  readonly isAskedFor: (row: WebhookRow) => boolean
}

/** One webhook that was ever sent the item. */
export interface Receiver {
  readonly endpoint: string
  /** Undefined where it is deleted. */
  readonly row: WebhookRow | undefined
  /** The newest version that was planned for it. */
  readonly newestVersion: number | undefined
  /** Of the item, oldest first. */
  readonly deliveries: readonly LoggedDelivery[]
}

export const receiverStates = [
  'acknowledged',
  'pending',
  'failed',
  'spared',
  'unknown',
  'gone',
] as const

/**
 * `spared`: it has nothing to be taken back, or does not ask for corrections. `unknown`: the ledger
 * has let go of what became of it. `gone`: its webhook was deleted before it acknowledged; it can
 * be told no more, and nobody waits for it.
 */
export type ReceiverState = (typeof receiverStates)[number]

export interface ReceiverReport {
  readonly endpoint: string
  readonly state: ReceiverState
  /** An attempt was made to tell it. */
  readonly sent: boolean
  readonly delivery?: string
  /** The revision that it was told, or is to be told: a newer one covers an older one. */
  readonly revision?: string
  readonly attempts: number
  readonly sentAt?: Date
  readonly acknowledgedAt?: Date
  /** HTTP status of the last answer. */
  readonly status?: number
  readonly nextAt?: Date
  /** When the webhook of one that is gone was deleted. */
  readonly since?: Date
  /** Why, where no answer tells it. */
  readonly reason?: string
}

/** Undefined for who first got the item in a later version. */
export function reportOf(receiver: Receiver, recalled: Recalled): ReceiverReport | undefined {
  const report = reportAsPlanned(receiver, recalled)
  if (receiver.row !== undefined || !report || !isOpen(report)) return report
  const { nextAt: _, ...rest } = report
  return { ...rest, state: 'gone', reason: 'the webhook was deleted before it acknowledged' }
}

function isOpen({ state }: ReceiverReport): boolean {
  return state === 'pending' || state === 'failed' || state === 'unknown'
}

function reportAsPlanned(
  { endpoint, row, newestVersion, deliveries }: Receiver,
  recalled: Recalled,
): ReceiverReport | undefined {
  const since = deliveries.filter(({ version }) => version >= recalled.version)
  const own = since.filter(({ version }) => version === recalled.version).at(-1)
  const isLatecomer = deliveries.length > 0 && since.length === deliveries.length && !own
  if (isLatecomer) return undefined
  // Who has acknowledged it was told, whatever becomes of a replay; what a newer version took the
  // place of is told by that one.
  const acknowledged = since.find(({ state }) => state === 'delivered')
  const last = own && own.state !== 'superseded' ? own : (since.at(-1) ?? own)
  const told = acknowledged ?? last
  if (told) return reportOfDelivery(endpoint, told)
  const untold = { endpoint, sent: false, attempts: 0 } as const
  if (newestVersion !== undefined && newestVersion >= recalled.version) {
    return { ...untold, state: 'unknown', reason: 'the ledger has let go of the delivery' }
  }
  // Of one that is deleted nobody knows what it asked for.
  if (row === undefined) return { ...untold, state: 'failed' }
  return recalled.isAskedFor(row)
    ? { ...untold, state: 'pending', reason: 'not planned yet' }
    : { ...untold, state: 'spared', reason: 'the webhook does not ask for it' }
}

const stateOf = {
  waiting: 'pending',
  retry: 'pending',
  delivered: 'acknowledged',
  failed: 'failed',
  superseded: 'spared',
} as const satisfies Record<LoggedDelivery['state'], ReceiverState>

function reportOfDelivery(endpoint: string, delivery: LoggedDelivery): ReceiverReport {
  const { id, revision, state, attempts } = delivery
  const made = attempts.filter(({ startedAt }) => startedAt !== undefined)
  const acknowledged = made.find(({ result }) => result === 'delivered')
  const last = attempts.at(-1)
  const endMs = (acknowledged?.startedAt?.getTime() ?? 0) + (acknowledged?.latencyMs ?? 0)
  return {
    endpoint,
    state: stateOf[state],
    sent: made.length > 0,
    delivery: id,
    revision,
    attempts: made.length,
    ...(made[0]?.startedAt === undefined ? {} : { sentAt: made[0].startedAt }),
    ...(acknowledged ? { acknowledgedAt: new Date(endMs) } : {}),
    ...(last?.status === undefined ? {} : { status: last.status }),
    ...(state === 'retry' && last?.nextAt ? { nextAt: last.nextAt } : {}),
    ...(last?.error === undefined ? {} : { reason: last.error }),
  }
}

export interface RecallSummary {
  readonly counts: Readonly<Record<ReceiverState | 'receivers' | 'sent', number>>
  /** Everyone who must be told, and is still there, has acknowledged it. */
  readonly complete: boolean
  /** Ms from public to the last acknowledgement; undefined while it is not complete. */
  readonly completeAfterMs: number | undefined
}

export function summaryOf(
  reports: readonly ReceiverReport[],
  { storedAt }: Pick<Recalled, 'storedAt'>,
): RecallSummary {
  const of = (wanted: ReceiverState) => reports.filter(({ state }) => state === wanted).length
  const states = Object.fromEntries(receiverStates.map((state) => [state, of(state)]))
  const counts = {
    receivers: reports.length,
    sent: reports.filter(({ sent }) => sent).length,
    ...(states as Record<ReceiverState, number>),
  }
  const complete = counts.pending + counts.failed + counts.unknown === 0
  const times = reports.flatMap(({ acknowledgedAt }) => acknowledgedAt?.getTime() ?? [])
  const lastMs = times.reduce((latest, time) => Math.max(latest, time), storedAt.getTime())
  return { counts, complete, completeAfterMs: complete ? lastMs - storedAt.getTime() : undefined }
}
