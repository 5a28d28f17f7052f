const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const time = '(\\d{2}):(\\d{2}):(\\d{2})'
const month = `(${months.join('|')})`
const forms = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  {
    pattern: new RegExp(`^[A-Z][a-z]{2}, (\\d{2}) ${month} (\\d{4}) ${time} GMT$`),
    order: [2, 1, 0, 3, 4, 5],
  },
  // Sunday, 06-Nov-94 08:49:37 GMT
  {
    pattern: new RegExp(`^[A-Z][a-z]{5,8}, (\\d{2})-${month}-(\\d{2}) ${time} GMT$`),
    order: [2, 1, 0, 3, 4, 5],
  },
  // Sun Nov  6 08:49:37 1994
  {
    pattern: new RegExp(`^[A-Z][a-z]{2} ${month} ([ \\d]\\d) ${time} (\\d{4})$`),
    order: [5, 0, 1, 2, 3, 4],
  },
] as const

/** Two figures of a year mean the one that is at most so far ahead (RFC 9110 §5.6.7). */
const yearsAheadMax = 50

/**
 * The instant in Unix milliseconds of an HTTP date in any of its three forms (RFC 9110 §5.6.7), or
 * undefined where it is none: then the field is ignored.
 */
export function parseHttpDate(text: string, thisYear: number): number | undefined {
  for (const { pattern, order } of forms) {
    const parts = pattern.exec(text)?.slice(1)
    if (!parts) continue
    const [year = '', name = '', ...rest] = order.map((at) => parts[at] ?? '')
    const [day = 0, hour = 0, minute = 0, second = 0] = rest.map(Number)
    const whole = year.length === 2 ? fullYear(Number(year), thisYear) : Number(year)
    const at = Date.UTC(whole, months.indexOf(name), day, hour, minute, second)
    return isSame(new Date(at), { day, hour, minute, second }) ? at : undefined
  }
  return undefined
}

function fullYear(year: number, thisYear: number): number {
  const century = thisYear - (thisYear % 100)
  return century + year > thisYear + yearsAheadMax ? century - 100 + year : century + year
}

/** 31 February is no date. A leap second is one. */
function isSame(
  date: Date,
  { day, hour, minute, second }: { day: number; hour: number; minute: number; second: number },
): boolean {
  if (second === 60) return hour < 24 && minute < 60
  return (
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second
  )
}
