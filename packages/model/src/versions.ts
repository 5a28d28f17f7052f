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
  /** The id under which it came in, where it speaks of the item of another id. */
  via?: string
}

/**
 * `remember`: no version, but its mark has to be kept in the lineage, since it bears on what comes.
 */
export type Settlement =
  | { outcome: 'version'; version: number; change: Change }
  | { outcome: 'unchanged'; version: number; reason: string; remember?: true }
  | { outcome: 'superseded'; version: number; reason: string; remember?: true }

type Mark = Precedence & Pick<LineageEntry, 'via'>

/**
 * Decides what an arrival is to the item that stands (design: order of versions). Newer means the
 * source's own version, else its modified time, else that a notice goes before what it corrects,
 * else the RAW sequence. Pure: any number of workers come to one answer from the same standing.
 *
 * The order in which arrivals are handled does not decide where an item ends, as long as the source
 * orders all of its versions or none of them. It does, because what made no version is not
 * remembered: where a source orders only some; where a text comes back that was superseded or stood
 * before; for a teaser that is newer than a withdrawal of the full text, or than a notice; where
 * two notices about one item come as teaser and as full text in turn; and where texts that call
 * themselves corrections and others that don't come under one id, as teasers and as full texts.
 * What a person decides is about what stands: a release brings out the newest text of that moment.
 */
export function settle(standing: Standing | undefined, arrival: Arrival): Settlement {
  const newest = standing?.lineage.at(-1)
  if (!standing || !newest) {
    const change = arrival.status === 'canceled' ? 'withdrawal' : 'new'
    return { outcome: 'version', version: 1, change }
  }
  return (
    decided(standing) ??
    repeated(standing, newest, arrival) ??
    (arrival.status === 'canceled'
      ? withdrawn(standing, newest, arrival)
      : changed(standing, newest, arrival))
  )
}

export const erasedByLaw = 'the item was erased by law'

/** A person's word beats the source's, until a person says otherwise. */
function decided({ version, lineage }: Standing): Settlement | undefined {
  const decision = lineage.findLast(({ byPerson }) => byPerson === true)
  if (decision?.erased) return superseded(version, erasedByLaw)
  if (!decision?.withdrawn) return undefined
  return superseded(version, 'a person withdrew the item; only a person can release it')
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
  // A withdrawal has no text: whether it says anything new is a matter of its date.
  if (newest.contentHash === arrival.contentHash && arrival.status !== 'canceled') {
    return { outcome: 'unchanged', version, reason: 'the text is that of the newest version' }
  }
  return undefined
}

function withdrawn(standing: Standing, newest: LineageEntry, arrival: Arrival): Settlement {
  const { version } = standing
  const ends = endsOf(standing, newest)
  if (isOverruled(standing, arrival)) {
    return superseded(version, 'a person released the item after this notice')
  }
  // A text that is dated between two withdrawals must not come back because it comes in last.
  const isLatestEnd = ends.every((end) => bySource(arrival, end) === 'newer')
  const mark = isLatestEnd ? { remember: true as const } : {}
  if (standing.status === 'canceled') {
    return { outcome: 'unchanged', version, reason: 'the item is withdrawn already', ...mark }
  }
  // Without the source's own word on order a withdrawal wins: it must never lose to a lagging copy.
  if (bySource(arrival, newest) === 'older') {
    return { ...superseded(version, 'a newer version stands'), ...mark }
  }
  return { outcome: 'version', version: version + 1, change: 'withdrawal' }
}

function changed(standing: Standing, newest: LineageEntry, arrival: Arrival): Settlement {
  const { version } = standing
  if (endsOf(standing, newest).some((end) => bySource(arrival, end) !== 'newer')) {
    return superseded(
      version,
      'the item was withdrawn, and the source does not say that this is newer',
    )
  }
  return (
    outranked(standing, newest, arrival) ??
    sameAsBefore(standing, arrival) ?? {
      outcome: 'version',
      version: version + 1,
      change: arrival.corrects ? 'correction' : 'update',
    }
  )
}

/**
 * A notice that a person has overruled, again through a slower feed, perhaps cut elsewhere. A kill
 * under the item's own id tells no such thing of itself: it may be a new one, and wins.
 */
function isOverruled({ lineage }: Standing, arrival: Arrival): boolean {
  if (arrival.via === undefined) return false
  return lineage
    .slice(0, Math.max(0, releasedAt(lineage)))
    .some((end) => end.withdrawn && end.via === arrival.via && bySource(arrival, end) !== 'newer')
}

/**
 * Where a person last brought back what a person withdrew; -1: nobody has. Other words of people,
 * on a story or a hold, leave the withdrawals before them as they are.
 */
function releasedAt(lineage: readonly LineageEntry[]): number {
  return lineage.findLastIndex(({ byPerson, withdrawn }, at) => {
    const before = lineage[at - 1]
    return byPerson && !withdrawn && before?.withdrawn === true && before.byPerson === true
  })
}

/**
 * What took the item back, also behind a version that brought it out again: a text must be newer
 * than all of them.
 */
function endsOf(standing: Standing, newest: LineageEntry): LineageEntry[] {
  const { lineage } = standing
  // What a person brought back is free of the withdrawals before it.
  const ends = lineage.slice(releasedAt(lineage) + 1).filter(({ withdrawn }) => withdrawn === true)
  return standing.status === 'canceled' ? [...ends, newest] : ends
}

function outranked(
  standing: Standing,
  newest: LineageEntry,
  arrival: Arrival,
): Settlement | undefined {
  const { version } = standing
  if (completes(standing, newest, arrival)) return undefined
  const stated = bySource(arrival, newest)
  if (stated === 'older') return superseded(version, 'a newer version stands')
  if (stated === 'unknown') {
    const reason = overtaken(standing, newest, arrival)
    if (reason !== undefined) return superseded(version, reason)
  }
  if (isLesserTeaser(standing, newest, arrival)) {
    return superseded(version, 'a teaser never replaces a complete body')
  }
  return undefined
}

/**
 * The full text behind a teaser is wanted in whatever order the two are handled, and whichever of
 * them the source calls newer: a feed dates its entries later than the release itself. But the full
 * text of what was corrected does not stand behind the teaser of its correction.
 */
function completes(standing: Standing, newest: LineageEntry, arrival: Arrival): boolean {
  const isFuller = arrival.complete && !standing.complete && standing.status !== 'canceled'
  if (!isFuller) return false
  if (arrival.via !== newest.via) return newest.via === undefined
  return newest.corrects !== true || arrival.corrects
}

/** Where the source gives no order. Undefined: the arrival goes before what stands. */
function overtaken(standing: Standing, newest: LineageEntry, arrival: Arrival): string | undefined {
  const isOfNotice = arrival.via !== undefined
  if (isOfNotice !== (newest.via !== undefined)) {
    return isOfNotice ? undefined : 'a correction never loses to its original'
  }
  const isSameVoice = arrival.via === newest.via && standing.status !== 'canceled'
  const corrected = newest.corrects === true
  if (isSameVoice && corrected && !standing.complete && !arrival.corrects && arrival.complete) {
    return 'a correction never loses to its original'
  }
  const corrects = arrival.corrects && !arrival.complete && !corrected && standing.complete
  if (isSameVoice && corrects) return undefined
  if (arrival.rawSequence < newest.rawSequence) return 'a version that came in later stands'
  return undefined
}

/** A correction's teaser replaces the full text that it corrects, which is known to be wrong. */
function isLesserTeaser(standing: Standing, newest: LineageEntry, arrival: Arrival): boolean {
  if (arrival.complete || !standing.complete || standing.status === 'canceled') return false
  const isOtherNotice = arrival.via !== undefined && arrival.via !== newest.via
  return !isOtherNotice && !(arrival.corrects && newest.corrects !== true)
}

function sameAsBefore({ lineage, version }: Standing, arrival: Arrival): Settlement | undefined {
  const before = lineage.find((entry) => entry.contentHash === arrival.contentHash)
  if (!before || bySource(arrival, before) === 'newer') return undefined
  const reason = `the text is that of version ${before.version}`
  return { outcome: 'unchanged', version, reason }
}

function superseded(version: number, reason: string): Settlement {
  return { outcome: 'superseded', version, reason }
}

/**
 * The source's own word on the order of two versions; `unknown` where it gives none. Numbers that
 * were given under two ids don't compare.
 */
function bySource(a: Mark, b: Mark): 'newer' | 'older' | 'unknown' {
  const numbered = a.via === b.via ? differenceOf(a.sourceVersion, b.sourceVersion) : 0
  const difference = numbered || modifiedDifference(a, b)
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
