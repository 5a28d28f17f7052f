import type { Change, LineageEntry, Precedence, Status } from './item.js'

/** What stands: the newest version of an item and the marks of all before it. */
export interface Standing {
  version: number
  status: Status
  complete: boolean
  lineage: readonly LineageEntry[]
}

/** What came in, as far as the order of versions needs it. */
export interface Arrival extends Precedence {
  status: Status
  complete: boolean
  /** The text calls itself a correction. */
  corrects: boolean
}

export type Settlement =
  | { outcome: 'version'; version: number; change: Change }
  | { outcome: 'unchanged'; version: number; reason: string }
  | { outcome: 'superseded'; version: number; reason: string }

/**
 * Decides what an arrival is to the item that stands (design: order of versions). Newer means the
 * source's own version, else its modified time, else the RAW sequence. Pure: any number of workers
 * come to the same answer from the same standing.
 *
 * The order in which arrivals are handled does not decide where an item ends, as long as the source
 * orders all of its versions or none of them. It does, because what made no version is not
 * remembered: where a source orders only some; where a text comes back that was superseded or stood
 * before; where an item is withdrawn twice with other versions dated between; and for a teaser that
 * is newer than a withdrawal of the full text.
 */
export function settle(standing: Standing | undefined, arrival: Arrival): Settlement {
  const newest = standing?.lineage.at(-1)
  if (!standing || !newest) {
    const change = arrival.status === 'canceled' ? 'withdrawal' : 'new'
    return { outcome: 'version', version: 1, change }
  }
  return (
    repeated(standing, newest, arrival) ??
    (arrival.status === 'canceled'
      ? withdrawn(standing, newest, arrival)
      : changed(standing, newest, arrival))
  )
}

function repeated(
  standing: Standing,
  newest: LineageEntry,
  arrival: Arrival,
): Settlement | undefined {
  const { version } = standing
  if (standing.lineage.some((entry) => entry.rawSequence === arrival.rawSequence)) {
    return { outcome: 'unchanged', version, reason: 'this raw item is already a version' }
  }
  if (newest.contentHash === arrival.contentHash) {
    return { outcome: 'unchanged', version, reason: 'the text is that of the newest version' }
  }
  return undefined
}

function withdrawn(standing: Standing, newest: LineageEntry, arrival: Arrival): Settlement {
  const { version } = standing
  if (standing.status === 'canceled') {
    return { outcome: 'unchanged', version, reason: 'the item is withdrawn already' }
  }
  // Without the source's own word on order a withdrawal wins: it must never lose to a lagging copy.
  if (bySource(arrival, newest) === 'older') return superseded(version, 'a newer version stands')
  return { outcome: 'version', version: version + 1, change: 'withdrawal' }
}

function changed(standing: Standing, newest: LineageEntry, arrival: Arrival): Settlement {
  const { version } = standing
  const stated = bySource(arrival, newest)
  if (isTakenBack(standing, newest, arrival)) {
    return superseded(
      version,
      'the item was withdrawn, and the source does not say that this is newer',
    )
  }
  // The full text behind a teaser is wanted in whatever order the two are handled, and whichever of
  // them the source calls newer: a feed dates its entries later than the release itself.
  const completes = arrival.complete && !standing.complete && standing.status !== 'canceled'
  if (stated === 'older' && !completes) return superseded(version, 'a newer version stands')
  if (stated === 'unknown' && !completes && arrival.rawSequence < newest.rawSequence) {
    return superseded(version, 'a version that came in later stands')
  }
  if (standing.complete && !arrival.complete && standing.status !== 'canceled') {
    return superseded(version, 'a teaser never replaces a complete body')
  }
  const before = standing.lineage.find((entry) => entry.contentHash === arrival.contentHash)
  if (before && bySource(arrival, before) !== 'newer') {
    return {
      outcome: 'unchanged',
      version,
      reason: `the text is that of version ${before.version}`,
    }
  }
  const change = arrival.corrects ? 'correction' : 'update'
  return { outcome: 'version', version: version + 1, change }
}

/** Also behind a version that brought the item back: its own text must be newer than the end. */
function isTakenBack(standing: Standing, newest: LineageEntry, arrival: Arrival): boolean {
  const ends = standing.lineage.filter(({ withdrawn }) => withdrawn === true)
  const all = standing.status === 'canceled' ? [...ends, newest] : ends
  return all.some((end) => bySource(arrival, end) !== 'newer')
}

function superseded(version: number, reason: string): Settlement {
  return { outcome: 'superseded', version, reason }
}

/** The source's own word on the order of two versions; `unknown` where it gives none. */
function bySource(a: Precedence, b: Precedence): 'newer' | 'older' | 'unknown' {
  const difference = differenceOf(a.sourceVersion, b.sourceVersion) || modifiedDifference(a, b)
  if (difference === 0) return 'unknown'
  return difference > 0 ? 'newer' : 'older'
}

function modifiedDifference(a: Precedence, b: Precedence): number {
  if (a.modified === undefined || b.modified === undefined) return 0
  return Date.parse(a.modified) - Date.parse(b.modified)
}

function differenceOf(a: number | undefined, b: number | undefined): number {
  return a === undefined || b === undefined ? 0 : a - b
}
