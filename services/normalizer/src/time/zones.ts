const minuteMs = 60_000
const dayMs = 86_400_000

/** Hours from UTC of the zone names that wires write. A name that moves with the season is IANA. */
const zoneHours: Readonly<Record<string, number | string>> = {
  UT: 0,
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  WEST: 1,
  BST: 1,
  CET: 1,
  MET: 1,
  MEST: 2,
  MEZ: 1,
  CEST: 2,
  MESZ: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  IST: 5.5,
  SGT: 8,
  HKT: 8,
  JST: 9,
  KST: 9,
  AEST: 10,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
  AST: -4,
  ADT: -3,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  ET: 'America/New_York',
  CT: 'America/Chicago',
  MT: 'America/Denver',
  PT: 'America/Los_Angeles',
}

/** Whether a name is one that wires write for a zone. */
export function isKnownZone(name: string): boolean {
  return Object.hasOwn(zoneHours, name)
}

/** A clock reading, without a word on where. Months are 1 to 12. */
export interface WallTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

/**
 * Milliseconds since 1970 of a wall time in a zone: `+0200`, `+02:00`, `GMT+2`, `MESZ`, or an IANA
 * name. Undefined where the zone is unknown.
 */
export function instantOf(wall: WallTime, zone: string): number | undefined {
  const local = utcOf(wall)
  const offset = offsetMinutesOf(zone)
  if (offset !== undefined) return local - offset * minuteMs
  const iana = ianaOf(zone)
  return iana === undefined ? undefined : instantInZone(local, iana)
}

function utcOf(wall: WallTime): number {
  const date = new Date(0)
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day)
  date.setUTCHours(wall.hour, wall.minute, wall.second)
  return date.getTime()
}

function offsetMinutesOf(zone: string): number | undefined {
  const named = zoneHours[zone.toUpperCase()]
  if (typeof named === 'number') return named * 60
  const match = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(zone)
  if (!match) return undefined
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return match[1] === '-' ? -minutes : minutes
}

function ianaOf(zone: string): string | undefined {
  const named = zoneHours[zone.toUpperCase()]
  if (typeof named === 'string') return named
  return /^[A-Z][A-Za-z]+\/[A-Za-z_/]+$/.test(zone) ? zone : undefined
}

/**
 * Where the clocks go back an hour comes twice, and where they go forward one is missing: then the
 * later instant stands, since it may be the end of an embargo.
 */
function instantInZone(local: number, iana: string): number {
  const before = local - offsetMsAt(local - dayMs, iana)
  const after = local - offsetMsAt(local + dayMs, iana)
  if (before === after) return before
  const isRight = (instant: number) => instant + offsetMsAt(instant, iana) === local
  const right = [before, after].filter(isRight)
  return Math.max(...(right.length === 0 ? [before, after] : right))
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(iana: string): Intl.DateTimeFormat {
  const known = formatters.get(iana)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: iana,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(iana, made)
  return made
}

function offsetMsAt(instant: number, iana: string): number {
  const parts = new Map(
    formatterOf(iana)
      .formatToParts(instant)
      .map((part) => [part.type, Number(part.value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const shown = utcOf({
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  })
  return shown - Math.floor(instant / 1000) * 1000
}
