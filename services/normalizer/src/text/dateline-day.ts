import { dayText, isDay, monthOf, weekdayOf } from '../time/calendar.js'

const tailChars = 60
const dayMs = 86_400_000
/** A date that lies further ahead than this is one of the year before. */
const aheadDaysMax = 30

/** Month first, day first, figures, ISO 8601, Chinese and Japanese, Korean. At the end. */
const forms: readonly RegExp[] = [
  /(?<![\p{L}\p{N}])(?<name>\p{L}{3,10})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?<year>\d{4}))?\s*$/u,
  /(?<![\p{L}\p{N}])(?<day>\d{1,2})(?:er|º|\.|st|nd|rd|th)?\s+(?:de\s+)?(?<name>\p{L}{3,12})\.?(?:,?\s+(?:de\s+|del\s+)?(?<year>\d{4}))?\s*$/u,
  /(?<![\p{N}.])(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?(?<year>\d{4})\s*$/u,
  /(?<!\p{N})(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})\s*$/u,
  /(?<year>\d{4})\s?[年년]\s?(?<month>\d{1,2})\s?[月월]\s?(?<day>\d{1,2})\s?[日일]\s*$/u,
]
/** `Wednesday, June 24`, `le 24 juin`, `den 24. Juni`. */
const wordBefore = /(?<!\p{L})(?<word>\p{L}{3,10}|le|am|il|el|on)\.?,?\s+$/iu
const articles: ReadonlySet<string> = new Set(['le', 'den', 'am', 'il', 'el', 'on'])

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
    if (match && day !== undefined) {
      return { day, start: offset + withWordBefore(tail, match.index) }
    }
  }
  return undefined
}

/** Where the date begins with the weekday or article before it. */
function withWordBefore(text: string, start: number): number {
  const match = wordBefore.exec(text.slice(0, start))
  const word = match?.groups?.['word'] ?? ''
  const belongs = articles.has(word.toLowerCase()) || weekdayOf(word) !== undefined
  return match && belongs ? withWordBefore(text, match.index) : start
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
