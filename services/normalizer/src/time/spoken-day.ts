import { monthOf, weekdayOf } from './calendar.js'

export interface DayToken {
  year: number | undefined
  /** 1 to 12. */
  month: number
  day: number
  start: number
  end: number
}

/** `24 June 2000 GMT` ends in a time, not in a year. */
const noClock = '(?!\\d|\\s?(?:hrs?|hours|h|Uhr|GMT|UTC|Z|[A-Z]{2,3}T)(?!\\p{L})|:)'
const year = `(?<year>(?:19|20)\\d{2})${noClock}`

/** Most exact first: what one has taken is not read again by the next. */
const forms: readonly RegExp[] = [
  /(?<!\d)(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?!\d)/gu,
  /(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日/gu,
  /(?<![\d.])(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.(?:\s?(?<year>\d{4})(?!\d)|(?<short>\d{2})(?![\d:.]|\s?(?:Uhr|h)(?!\p{L})))?/giu,
  /(?<![\d/])(?<first>\d{1,2})\/(?<second>\d{1,2})\/(?:(?<year>\d{4})|(?<short>\d{2}))(?![\d/])/gu,
  new RegExp(
    `(?<![\\p{L}\\d:.])(?<day>\\d{1,2})(?:\\.|er|º|°|st|nd|rd|th)?[\\s-]*(?:of\\s+|de\\s+)?(?<name>\\p{L}{3,10})\\.?,?(?:[\\s-]+(?:de\\s+|del\\s+)?${year})?`,
    'giu',
  ),
  new RegExp(
    `(?<!\\p{L})(?<name>\\p{L}{3,10})\\.?\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?(?!\\d|[:.]\\d|\\s?(?:a\\.?m|p\\.?m|h|hrs|Uhr)(?!\\p{L}))(?:,?\\s+${year})?`,
    'giu',
  ),
]

/** The days that a text names, in any order. `isDayFirst` reads `3/4/2026`. */
export function daysIn(text: string, isDayFirst: boolean | undefined): DayToken[] {
  const found: DayToken[] = []
  for (const form of forms) {
    for (const match of text.matchAll(form)) {
      const span = { start: match.index, end: match.index + match[0].length }
      const day = dayOf(match.groups ?? {}, isDayFirst)
      if (day && !found.some((one) => overlaps(one, span))) found.push({ ...day, ...span })
    }
  }
  return found
}

export function overlaps(
  a: { start: number; end: number },
  b: { start: number; end: number },
): boolean {
  return a.start < b.end && b.start < a.end
}

type Groups = Record<string, string | undefined>

function dayOf(
  groups: Groups,
  isDayFirst: boolean | undefined,
): Pick<DayToken, 'year' | 'month' | 'day'> | undefined {
  const stated =
    groups['year'] ?? (groups['short'] === undefined ? undefined : `20${groups['short']}`)
  const pair = groups['first'] === undefined ? named(groups) : slashed(groups, isDayFirst)
  if (!pair || pair.month < 1 || pair.month > 12 || pair.day < 1 || pair.day > 31) return undefined
  return { ...pair, year: stated === undefined ? undefined : Number(stated) }
}

function named(groups: Groups): { month: number; day: number } | undefined {
  const name = groups['name']
  const month = name === undefined ? Number(groups['month']) : monthOf(name)
  return month === undefined ? undefined : { month, day: Number(groups['day']) }
}

function slashed(
  groups: Groups,
  isDayFirst: boolean | undefined,
): { month: number; day: number } | undefined {
  const [first, second] = [Number(groups['first']), Number(groups['second'])]
  if (first > 12 || isDayFirst === true) return { month: second, day: first }
  if (second > 12 || first === second) return { month: first, day: second }
  return isDayFirst === undefined ? undefined : { month: first, day: second }
}

/** Weekdays in a text, 0 for Sunday. */
export function weekdaysIn(text: string): number[] {
  const words = text.match(/\p{L}{4,10}|\p{Lu}\p{L}{2}(?!\p{L})|\p{L}{2,3}(?=[.,])/gu) ?? []
  return words.map(weekdayOf).filter((day) => day !== undefined)
}
