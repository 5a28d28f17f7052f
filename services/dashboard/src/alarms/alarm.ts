import { z } from 'zod'
import { type Cause, causeSchema } from './cause.js'

export const alarmKinds = [
  'sourceSilent',
  'deliveryOld',
  'killUnacknowledged',
  'deadLetters',
  'consumerStalled',
  'diskFull',
  'redisFull',
  'noData',
] as const
export type AlarmKind = (typeof alarmKinds)[number]

/** What is wrong now, as it was judged. */
export interface Finding {
  readonly kind: AlarmKind
  readonly severity: 'warning' | 'critical'
  /** What it is about: a source's id, an item's, a stage, a stream. */
  readonly subject: string
  /** A whole sentence, in English. */
  readonly says: string
  /** Absent of a row of an older house. */
  readonly cause?: Cause | undefined
  /** Where in the window one sees more. */
  readonly href: string
}

export interface Alarm extends Finding {
  readonly id: string
  readonly since: string
}

/** An alarm that stands, or whose end is still to be told. Register `alarms`, key: `id`. */
export const alarmRowSchema = z.object({
  id: z.string(),
  kind: z.enum(alarmKinds),
  severity: z.enum(['warning', 'critical']),
  subject: z.string(),
  says: z.string(),
  cause: causeSchema.optional(),
  href: z.string(),
  since: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  /** What the operator's webhook has taken. */
  startToldAt: z.iso.datetime().optional(),
})
export type AlarmRow = z.infer<typeof alarmRowSchema>

/** At so many alarms the rest is left out. */
export const alarmsMax = 200

export function alarmOf(row: AlarmRow): Alarm {
  const { id, kind, severity, subject, since, says, cause, href } = row
  return { id, kind, severity, subject, since, says, ...(cause ? { cause } : {}), href }
}
