import { type Register, type Subscription, WrongSequenceError } from '@newswire/bus'
import { z } from 'zod'
import type { Counters } from '../figures/counters.js'
import { mergeLatencies, percentile } from '../figures/latencies.js'
import { dayMs, minuteMs } from '../figures/limits.js'

/** Rows of a ring: 24 hours of minutes, 30 days of half hours. A slot is written over when due. */
const halfHourMs = 30 * minuteMs
const rings = {
  m: { stepMs: minuteMs, slots: 1_440 },
  h: { stepMs: halfHourMs, slots: 1_440 },
} as const
type Ring = keyof typeof rings
/** Counts may come a little after their minute. */
const graceMs = 5_000

const count = z.number().int().nonnegative()
export const historyRowSchema = z.object({
  /** Begin of the step, ms since 1970. */
  at: count,
  raw: count,
  items: count,
  tagged: count,
  delivered: count,
  failed: count,
  backlog: count,
  /** Deliveries by bucket of their latency, `figures/latencies.ts`. */
  latencies: z.record(z.string(), count),
})
export type HistoryRow = z.infer<typeof historyRowSchema>

export const seriesNames = [
  'raw',
  'items',
  'tagged',
  'delivered',
  'failed',
  'backlog',
  'latencyP95Ms',
] as const
export type SeriesName = (typeof seriesNames)[number]
export type Range = '24h' | '30d'

export interface HistoryView {
  readonly range: Range
  readonly stepSeconds: number
  /** Begin of the first step. */
  readonly from: string
  /** null: nothing is known of the step. */
  readonly series: Readonly<Record<SeriesName, readonly (number | null)[]>>
}

/**
 * What passed the house, a row a minute for a day and a row per half hour for 30 days, in register
 * `history`: bounded by its keys, and beyond every restart. All that is counted comes from the
 * streams, so two processes write the same row; the first one wins by compare-and-set.
 */
export class History {
  readonly #rows = new Map<string, { row: HistoryRow; revision: number }>()
  readonly #register: Register<HistoryRow>
  #watching: Subscription | undefined

  constructor(register: Register<HistoryRow>) {
    this.#register = register
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#register
        .watch({
          onChange: (change) => {
            if (change.kind === 'delete') return void this.#rows.delete(change.key)
            const { key, value: row, revision } = change.row
            this.#rows.set(key, { row, revision })
          },
          onCurrent: resolve,
        })
        .then((watching) => {
          this.#watching = watching
        }, reject)
    })
  }

  async stop(): Promise<void> {
    await this.#watching?.stop()
  }

  /** Writes the last whole minute where nobody has, and the half hours that are over. */
  async note(counters: Counters, backlog: number, now: Date): Promise<void> {
    const at = Math.floor((now.getTime() - graceMs) / minuteMs) * minuteMs - minuteMs
    if (at >= counters.from.getTime() && this.#at('m', at) === undefined) {
      await this.#put('m', minuteRow(counters, at, backlog))
    }
    const half = Math.floor((at + minuteMs) / halfHourMs) * halfHourMs
    // Half hours that nobody folded when they ended, as far back as minutes are kept.
    for (let ago = 1; ago <= (dayMs - halfHourMs) / halfHourMs; ago += 1) {
      const begin = half - ago * halfHourMs
      if (this.#at('h', begin) !== undefined) continue
      const folded = this.#fold(begin)
      if (folded !== undefined) await this.#put('h', folded)
    }
  }

  view(range: Range, now: Date): HistoryView {
    const ring: Ring = range === '24h' ? 'm' : 'h'
    const { stepMs, slots } = rings[ring]
    const last = Math.floor(now.getTime() / stepMs) * stepMs
    const from = last - (slots - 1) * stepMs
    const rows = Array.from({ length: slots }, (_, index) => {
      const at = from + index * stepMs
      return this.#at(ring, at) ?? (ring === 'h' && at === last ? this.#fold(at) : undefined)
    })
    const series = seriesNames.map((name) => [name, rows.map((row) => figureOf(name, row))])
    return {
      range,
      stepSeconds: stepMs / 1_000,
      from: new Date(from).toISOString(),
      series: Object.fromEntries(series) as HistoryView['series'],
    }
  }

  #at(ring: Ring, at: number): HistoryRow | undefined {
    const row = this.#rows.get(keyOf(ring, at))?.row
    return row?.at === at ? row : undefined
  }

  #fold(begin: number): HistoryRow | undefined {
    const minutes: HistoryRow[] = []
    for (let at = begin; at < begin + halfHourMs; at += minuteMs) {
      const row = this.#at('m', at)
      if (row) minutes.push(row)
    }
    if (minutes.length === 0) return undefined
    const sum = (name: 'raw' | 'items' | 'tagged' | 'delivered' | 'failed') =>
      minutes.reduce((all, row) => all + row[name], 0)
    return {
      at: begin,
      ...{ raw: sum('raw'), items: sum('items'), tagged: sum('tagged') },
      ...{ delivered: sum('delivered'), failed: sum('failed') },
      backlog: Math.max(...minutes.map((row) => row.backlog)),
      latencies: mergeLatencies(minutes.map((row) => row.latencies)),
    }
  }

  async #put(ring: Ring, row: HistoryRow): Promise<void> {
    const key = keyOf(ring, row.at)
    const standing = this.#rows.get(key)
    // What stands may be of a day before; never of a later one.
    if (standing !== undefined && standing.row.at >= row.at) return
    try {
      const revision =
        standing === undefined
          ? await this.#register.create(key, row)
          : await this.#register.update(key, row, standing.revision)
      this.#rows.set(key, { row, revision })
    } catch (error) {
      // Another process wrote the same; the watch brings it.
      if (!(error instanceof WrongSequenceError)) throw error
    }
  }
}

function keyOf(ring: Ring, at: number): string {
  const { stepMs, slots } = rings[ring]
  return `${ring}-${(at / stepMs) % slots}`
}

function minuteRow({ tally, deliveries }: Counters, at: number, backlog: number): HistoryRow {
  const end = at + minuteMs
  return {
    at,
    raw: tally.between('raw', at, end),
    items: tally.between('items', at, end),
    tagged: tally.between('tagged', at, end),
    delivered: deliveries.tally.between('delivered', at, end),
    failed: deliveries.tally.between('failed', at, end),
    backlog,
    latencies: deliveries.latencies(at, end),
  }
}

function figureOf(name: SeriesName, row: HistoryRow | undefined): number | null {
  if (row === undefined) return null
  return name === 'latencyP95Ms' ? percentile(row.latencies, 0.95) : row[name]
}
