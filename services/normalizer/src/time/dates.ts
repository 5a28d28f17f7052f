import { isDay, monthOf } from './calendar.js'
import { instantOf, type WallTime } from './zones.js'

const dateCharsMax = 80
/** With the white space of the markup around it. */
const fieldCharsMax = 1_000

const time =
  '(?<hour>\\d{1,2})[:.h](?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?'
const half = '(?:\\s*(?<half>[ap])\\.?m\\.?)?'
const zone =
  '(?:\\s*Uhr)?(?:\\s*\\(?(?<zone>Z|(?!Uhr)[A-Z]{2,4}(?:[+-]\\d{1,2})?|[+-]\\d{2}:?\\d{2})\\)?)?'
const rest = `(?:,?\\s*(?:[-\\u2010-\\u2015]|at|um|à|T)?\\s*${time}${half}${zone})?`

/** Each form that wires write, most exact first. None can backtrack over more than a few digits. */
const yearFirst: readonly RegExp[] = [
  // 2026-09-29T21:30:00+02:00, 2026-09-29 21:30, 2020-06-15T21:45:52+0200
  new RegExp(
    `^(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})(?:[T\\s]\\s*${time}(?:\\s*(?<zone>Z|[A-Z]{3,4}|[+-]\\d{2}(?::?\\d{2})?))?)?$`,
    'i',
  ),
  // 20210131T024100+0000
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?:T(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/i,
]
const yearLast: readonly RegExp[] = [
  // 29.09.2026 21:30 Uhr MESZ
  new RegExp(`^(?<day>\\d{1,2})\\.\\s?(?<month>\\d{1,2})\\.\\s?(?<year>\\d{4})${rest}$`, 'iu'),
  // Tue, 29 Sep 2026 21:30:24 +0200, 29. September 2026, 26 de octubre de 2011
  new RegExp(
    `^(?:\\p{L}{2,10}\\.?,?\\s+)?(?<day>\\d{1,2})(?:\\.|er|st|nd|rd|th)?[\\s-]+(?:de\\s+)?(?<name>\\p{L}{3,10}\\.?)[\\s-]+(?:de\\s+)?(?<year>\\d{4}|\\d{2}),?${rest}$`,
    'iu',
  ),
  // July 13, 2026 9:00 a.m. ET
  new RegExp(
    `^(?:\\p{L}{2,10}\\.?,?\\s+)?(?<name>\\p{L}{3,10}\\.?)\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})${rest}$`,
    'iu',
  ),
]

export interface DateReading {
  /** Milliseconds since 1970. */
  ms: number
  /** False for a bare day: the instant is its start. */
  hasTime: boolean
}

/**
 * A date as a wire writes it: RFC 822 with any or no weekday and any zone name, ISO 8601 (with or
 * without separators), German, and the long English forms. The weekday is not believed, since
 * wires get it wrong. A time without a zone is read in `zone`; without one it is unreadable.
 */
export function readDate(text: string, zone: string | undefined): DateReading | undefined {
  if (text.length > fieldCharsMax) return undefined
  const trimmed = text.replace(/\s+/g, ' ').trim()
  if (trimmed === '' || trimmed.length > dateCharsMax) return undefined
  for (const form of /^\d{4}/.test(trimmed) ? yearFirst : yearLast) {
    const groups = form.exec(trimmed)?.groups
    if (!groups) continue
    return readingOf(groups, zone)
  }
  return undefined
}

type Groups = Record<string, string | undefined>

function readingOf(groups: Groups, fallback: string | undefined): DateReading | undefined {
  const wall = wallTimeOf(groups)
  const zone = groups['zone'] ?? fallback
  if (!wall || zone === undefined) return undefined
  const start = instantOf(wall, zone)
  if (start === undefined) return undefined
  // Rounded up: an embargo may end a moment late, never early.
  const fractionMs = Math.ceil(Number(`0.${groups['fraction'] ?? '0'}`) * 1_000)
  return { ms: start + fractionMs, hasTime: groups['hour'] !== undefined }
}

function wallTimeOf(groups: Groups): WallTime | undefined {
  const month = groups['name'] === undefined ? Number(groups['month']) : monthOf(groups['name'])
  if (month === undefined) return undefined
  const wall = {
    year: fullYear(groups['year'] ?? ''),
    month,
    day: Number(groups['day']),
    hour: hourOf(groups),
    minute: Number(groups['minute'] ?? 0),
    second: Math.min(Number(groups['second'] ?? 0), 59),
  }
  const inClock = wall.hour <= 24 && wall.minute <= 59
  return inClock && isDay(wall.year, wall.month, wall.day) ? wall : undefined
}

/** RFC 2822, section 4.3: two digits below 50 are of this century. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length !== 2) return year
  return year < 50 ? 2000 + year : 1900 + year
}

function hourOf(groups: Groups): number {
  const hour = Number(groups['hour'] ?? 0)
  if (groups['half'] === undefined) return hour
  const afternoon = groups['half'].toLowerCase() === 'p'
  return (hour % 12) + (afternoon ? 12 : 0)
}

const yearMs = 365.25 * 86_400_000
const clampPastMs = 10 * yearMs
const clampFutureMs = 24 * 3_600_000

export interface ClampedDate {
  /** RFC 3339 in UTC. */
  instant: string
  flag?: 'date-missing' | 'date-clamped'
}

/**
 * A source's date if it lies within ten years before and a day after it came in. Feeds give the
 * year 1, the year 2041 and nothing at all: then the time of coming in stands, and a flag says so.
 */
export function clampDate(ms: number | undefined, received: string): ClampedDate {
  if (ms === undefined) return { instant: received, flag: 'date-missing' }
  if (!isNear(ms, received)) return { instant: received, flag: 'date-clamped' }
  return { instant: new Date(ms).toISOString() }
}

export function isNear(ms: number, received: string): boolean {
  const now = Date.parse(received)
  return ms >= now - clampPastMs && ms <= now + clampFutureMs
}
