import { overlaps } from './spoken-day.js'
import { zoneAt } from './zone-words.js'

export interface TimeToken {
  hour: number
  minute: number
  second: number
  /** As `instantOf` reads it; undefined where the text says none. */
  zone: string | undefined
  start: number
  end: number
}

const half = '(?:\\s*(?<half>[ap])\\.?\\s?m(?:\\.|(?!\\p{L})))'
const clock = '(?:\\s*(?:Uhr|heures?|horas|hrs?|hours|h)(?!\\p{L}))'

/** Most exact first: what one has taken is not read again by the next. */
const forms: readonly RegExp[] = [
  new RegExp(
    `(?<![\\d.,/])(?<hour>\\d{1,2})(?:[:.]|\\s?h\\s?)(?<minute>[0-5]\\d)(?::(?<second>[0-5]\\d))?(?!\\d)(?:${half}|${clock})?`,
    'giu',
  ),
  new RegExp(`(?<![\\d.,/])(?<hour>\\d{1,2})${half}`, 'giu'),
  new RegExp(`(?<![\\d.,/])(?<hour>\\d{1,2})(?:${clock}|\\s*o[’']clock)`, 'giu'),
  /(?<![\d.,/])(?<hour>[01]\d|2[0-4])(?<minute>[0-5]\d)(?=\s?(?:hrs?|hours|h|Uhr|GMT|UTC|Z|BST|CES?T|[ECMP][SD]?T)(?!\p{L}))(?:\s?(?:hrs?|hours|h|Uhr))?/giu,
  /(?<!\p{L})(?:ore|alle|a las)\s+(?<hour>\d{1,2})(?!\d|[.:/]\d)/giu,
  /(?<!\p{L})(?:noon|midday|midi|mediodía|mezzogiorno)(?!\p{L})/giu,
  /(?<!\p{L})(?:midnight|Mitternacht|minuit|medianoche|mezzanotte)(?!\p{L})/giu,
]
/** `6 Uhr abends`, `abends um 6 Uhr`. */
const lateCharsMax = 30
const lateWord =
  /^\s(?:am )?(?:abends?|nachmittags?|mittags|nachts|in the (?:afternoon|evening)|at night|du soir|de l[’']après-midi|de la (?:tarde|noche)|del pomeriggio|di sera|della sera)(?!\p{L})/iu
const lateBefore = /(?<!\p{L})(?:abends?|nachmittags?)\s(?:um |gegen |ab )?$/iu
const noonForm = 5
const midnightForm = 6

/** The times of day in a text that do not lie in one of `taken`. Midnight is the day's end. */
export function timesIn(
  text: string,
  taken: readonly { start: number; end: number }[],
): TimeToken[] {
  const found: TimeToken[] = []
  for (const [index, form] of forms.entries()) {
    for (const match of text.matchAll(form)) {
      const span = { start: match.index, end: match.index + match[0].length }
      const isTaken = [...taken, ...found].some((one) => overlaps(one, span))
      const time = isTaken ? undefined : timeOf(match.groups ?? {}, index)
      if (time) found.push(tokenOf(text, span, time))
    }
  }
  return found
}

type Clock = Pick<TimeToken, 'hour' | 'minute' | 'second'>

/** The time with the words behind and before it that say which half of the day, and whose zone. */
function tokenOf(
  text: string,
  { start, end }: { start: number; end: number },
  time: Clock,
): TimeToken {
  const behind = text.slice(end, end + lateCharsMax)
  const late = lateWord.exec(behind)?.[0].length ?? 0
  const isLate = late > 0 || lateBefore.test(text.slice(Math.max(0, start - lateCharsMax), start))
  const hour = isLate ? laterHour(time.hour, behind) : time.hour
  const zone = zoneAt(text, end + late)
  return { ...time, hour, zone: zone?.zone, start, end: zone?.end ?? end + late }
}

const night = /^\s(?:nachts|at night|de la noche)/iu
const midday = /^\s(?:am )?mittags?/iu
/** `2 Uhr nachts` and `11 Uhr mittags` stay as they are. */
const nightHoursMax = 5
const forenoonHoursMin = 10

/** The hour of the second half of the day; noon is noon, unless it is night. */
function laterHour(hour: number, behind: string): number {
  const isNight = night.test(behind)
  if (hour === 0 || hour > 12 || (isNight && hour <= nightHoursMax)) return hour
  if (hour === 12) return isNight ? 24 : hour
  return midday.test(behind) && hour >= forenoonHoursMin ? hour : hour + 12
}

function timeOf(groups: Record<string, string | undefined>, form: number): Clock | undefined {
  if (form === noonForm) return { hour: 12, minute: 0, second: 0 }
  if (form === midnightForm) return { hour: 24, minute: 0, second: 0 }
  const given = Number(groups['hour'])
  const minute = Number(groups['minute'] ?? 0)
  const second = Number(groups['second'] ?? 0)
  const isAfternoon = groups['half']?.toLowerCase() === 'p'
  const hour = groups['half'] === undefined ? given : (given % 12) + (isAfternoon ? 12 : 0)
  return hour < 24 || (hour === 24 && minute === 0) ? { hour, minute, second } : undefined
}
