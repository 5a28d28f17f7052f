import { dayText, isDay, monthOf } from '../time/calendar.js'

const tailChars = 60
const dayMs = 86_400_000
/** A date that lies further ahead than this is one of the year before. */
const aheadDaysMax = 30

/** Month first (English), day first (German, French, Spanish, Italian), and Chinese. At the end. */
const forms: readonly RegExp[] = [
  /(?<![\p{L}\p{N}])(?<name>\p{L}{3,10})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?<year>\d{4}))?\s*$/u,
  /(?<![\p{L}\p{N}])(?<day>\d{1,2})(?:er|º|\.)?\s+(?:de\s+)?(?<name>\p{L}{3,12})\.?(?:\s+(?:de\s+|del\s+)?(?<year>\d{4}))?\s*$/u,
  /(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日\s*$/u,
]

export interface DatelineDay {
  /** `YYYY-MM-DD`. */
  day: string
  /** Where the date begins in the given text. */
  start: number
}

/**
 * The date at the end of a text. Without a year it is the one nearest before `received` (RFC 3339).
 */
export function readDatelineDay(text: string, received: string): DatelineDay | undefined {
  const offset = Math.max(0, text.length - tailChars)
  const tail = text.slice(offset)
  for (const form of forms) {
    const match = form.exec(tail)
    const day = match?.groups ? dayOf(match.groups, received) : undefined
    if (match && day !== undefined) return { day, start: offset + match.index }
  }
  return undefined
}

function dayOf(groups: Record<string, string | undefined>, received: string): string | undefined {
  const name = groups['name']
  const month = name === undefined ? Number(groups['month']) : monthOf(name)
  const day = Number(groups['day'])
  if (month === undefined) return undefined
  const stated = groups['year']
  const year = stated === undefined ? yearOf(month, day, received) : Number(stated)
  return isDay(year, month, day) ? dayText(year, month, day) : undefined
}

function yearOf(month: number, day: number, received: string): number {
  const now = new Date(received)
  const year = now.getUTCFullYear()
  const ahead = Date.UTC(year, month - 1, day) - now.getTime()
  return ahead > aheadDaysMax * dayMs ? year - 1 : year
}
