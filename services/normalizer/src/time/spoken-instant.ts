import { isDay } from './calendar.js'
import { type DayToken, daysIn, weekdaysIn } from './spoken-day.js'
import { type TimeToken, timesIn } from './spoken-time.js'
import { zoneAt } from './zone-words.js'
import { instantOf } from './zones.js'

/** Words between a day and its time: `on`, `um`, `à`, `a las`, ` / `. */
const gapCharsMax = 30
/** `June 24, 2026 -- NEW YORK`: what begins there is another sentence. */
const breakInGap = /--|[\u2012-\u2015-]\s+\p{Lu}\p{L}{2}/u
/** A date further behind a notice belongs to something else. */
const leadCharsMax = 90
const dayMs = 86_400_000
/** A day without a year that has just gone by is of this year: the release came late. */
const pastDaysMax = 7

export interface SpokenInstant {
  /** Milliseconds since 1970; the latest where several are named. */
  ms: number
  /** False where a day stands without a time: `ms` is its start. */
  hasTime: boolean
  /** Offset behind the last sign that was read. */
  end: number
}

export interface SpokenOptions {
  /** IANA name of the zone for times without one; undefined leaves them unread. */
  zone: string | undefined
  /** RFC 3339; gives the year to a day without one. */
  received: string
  /** Whether `3/4/2026` is in April. Undefined: nobody can tell. */
  isDayFirst: boolean | undefined
}

/**
 * The instant that a sentence names, in German, English, French, Italian or Spanish, in whatever
 * order its parts stand. Rather none than a guess: a time in an unknown zone is not read.
 */
export function instantIn(text: string, options: SpokenOptions): SpokenInstant | undefined {
  const read = daysIn(text, options.isDayFirst)
  const { days, times } = withYears(text, { days: read, times: timesIn(text, read) })
  const cluster = clusterOf(text, [...days, ...times])
  const last = cluster.at(-1)
  if (last === undefined) return undefined
  const near = { days: days.filter(isOf(cluster)), times: times.filter(isOf(cluster)) }
  // `9:00 on June 24 ET`: the zone of a time may stand behind the day.
  const floating = days.some((day) => day === last) ? zoneAt(text, last.end) : undefined
  const end = floating?.end ?? last.end
  const instant = readAll(near, weekdaysIn(text.slice(0, end)), {
    ...options,
    zone: floating?.zone ?? options.zone,
  })
  return instant && { ...instant, end }
}

const fourDigits = /^,?\s?(?<year>(?:19|20)\d{2})/u

/**
 * `10:00, 24 June 2026 BST` has its time already: there 2026 is a year, not four digits of a
 * clock.
 */
function withYears(text: string, { days, times }: Near): { days: DayToken[]; times: TimeToken[] } {
  const kept = new Set(times)
  const whole = days.map((day) => {
    const match = fourDigits.exec(text.slice(day.end))
    const end = day.end + (match?.[0].length ?? 0)
    const time = match ? times.find((one) => one.start < end && one.end >= end) : undefined
    if (day.year !== undefined || time === undefined || kept.size < 2) return day
    kept.delete(time)
    return { ...day, year: Number(match?.groups?.['year']), end }
  })
  return { days: whole, times: [...kept] }
}

interface Token {
  start: number
  end: number
}

function isOf(cluster: readonly Token[]): (token: Token) => boolean {
  return (token) => cluster.includes(token)
}

/** The tokens from the first on that stand close together. */
function clusterOf(text: string, tokens: Token[]): Token[] {
  const sorted = tokens.sort((a, b) => a.start - b.start)
  const cluster: Token[] = []
  let reach = leadCharsMax
  for (const token of sorted) {
    const before = cluster.at(-1)
    if (token.start > reach) break
    if (before && breakInGap.test(text.slice(before.end, token.start))) break
    cluster.push(token)
    reach = token.end + gapCharsMax
  }
  return cluster
}

interface Near {
  days: readonly DayToken[]
  times: readonly TimeToken[]
}

function readAll(
  { days, times }: Near,
  weekdays: readonly number[],
  { zone, received }: SpokenOptions,
): Omit<SpokenInstant, 'end'> | undefined {
  if (days.length === 0) return undefined
  const startAt = (day: DayToken) => startOf(day, weekdays, zone, received)
  const pairs = times.map((time) => ({ time, day: nearestTo(time, days) }))
  const instants = pairs.map(({ time, day }) => {
    return day && instantAt({ ...day, year: yearOf(day, weekdays, received) }, time, zone)
  })
  const bare = days.filter((day) => !pairs.some((pair) => pair.day === day)).map(startAt)
  if (times.length === 0 || [...bare, ...instants].includes(undefined)) {
    return bareDay(days.map(startAt))
  }
  const latest = Math.max(...instants.map((ms) => ms ?? 0))
  const hasLaterDay = bare.some((ms) => ms !== undefined && ms > latest)
  return hasLaterDay ? bareDay(bare) : { ms: latest, hasTime: true }
}

function bareDay(starts: readonly (number | undefined)[]): Omit<SpokenInstant, 'end'> {
  return { ms: Math.max(0, ...starts.map((ms) => ms ?? 0)), hasTime: false }
}

function startOf(
  day: DayToken,
  weekdays: readonly number[],
  zone: string | undefined,
  received: string,
): number | undefined {
  const midnight = { hour: 0, minute: 0, second: 0 }
  return instantAt({ ...day, year: yearOf(day, weekdays, received) }, midnight, zone ?? 'UTC')
}

function nearestTo(time: TimeToken, days: readonly DayToken[]): DayToken | undefined {
  const distance = (day: DayToken) => Math.max(time.start - day.end, day.start - time.end)
  return [...days].sort((a, b) => distance(a) - distance(b))[0]
}

function instantAt(
  { year, month, day }: { year: number; month: number; day: number },
  {
    hour,
    minute,
    second,
    zone: own,
  }: Pick<TimeToken, 'hour' | 'minute' | 'second'> & { zone?: string | undefined },
  fallback: string | undefined,
): number | undefined {
  const zone = own ?? fallback
  if (zone === undefined || !isDay(year, month, day)) return undefined
  return instantOf({ year, month, day, hour, minute, second }, zone)
}

/** The year that stands there; else the one whose weekday fits; else the nearest to come. */
function yearOf(
  { year, month, day }: DayToken,
  weekdays: readonly number[],
  received: string,
): number {
  if (year !== undefined) return year
  const now = Date.parse(received)
  const thisYear = new Date(now).getUTCFullYear()
  const fits = (one: number) =>
    weekdays.includes(new Date(Date.UTC(one, month - 1, day)).getUTCDay())
  const fitting = [thisYear, thisYear + 1, thisYear - 1].find(fits)
  if (fitting !== undefined) return fitting
  const isNear = (one: number) => Date.UTC(one, month - 1, day) >= now - pastDaysMax * dayMs
  return [thisYear - 1, thisYear].find(isNear) ?? thisYear + 1
}
