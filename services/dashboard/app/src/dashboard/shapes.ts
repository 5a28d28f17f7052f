/** What the API tells the dashboard; all times RFC 3339. */

// One description for both sides: types alone, so nothing of the server comes along.
import type { Overview, SourceFigures } from '../../../src/overview/shapes.js'

export type { Alarm } from '../../../src/alarms/alarm.js'
export type { Cause } from '../../../src/alarms/cause.js'
export type { Overview, SourceFigures, Stage, StageName } from '../../../src/overview/shapes.js'

export type SourceState = SourceFigures['state']
export type Failing = Overview['deliveries']['failing'][number]

export interface LiveItem {
  readonly id: string
  readonly version: number
  readonly change: string
  readonly headline: string
  readonly wire: string
  readonly language: string
  readonly publishedAt: string
  readonly status: string
}

export const seriesNames = [
  ...(['raw', 'items', 'tagged', 'delivered', 'failed', 'backlog', 'latencyP95Ms'] as const),
] as const
export type SeriesName = (typeof seriesNames)[number]
export type Range = '24h' | '30d'

export interface History {
  readonly range: Range
  readonly stepSeconds: number
  readonly from: string
  readonly series: Readonly<Record<SeriesName, readonly (number | null)[]>>
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string | null
}
