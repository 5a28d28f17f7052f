type Headers = Readonly<Record<string, string>>

const secondMs = 1_000

/**
 * For how long the answer says that it stays fresh: `max-age` less its age, else `Expires` less
 * `Date` (RFC 9111, section 4.2.1). Undefined where it says nothing, or forbids keeping it.
 */
export function freshMsOf(headers: Headers, now: Date): number | undefined {
  const control = headers['cache-control'] ?? ''
  if (/\bno-(?:store|cache)\b/i.test(control)) return undefined
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})/i.exec(control)?.[1]
  if (maxAge !== undefined) {
    return positive(Number(maxAge) * secondMs - seconds(headers['age']) * secondMs)
  }
  const expires = Date.parse(headers['expires'] ?? '')
  const date = Date.parse(headers['date'] ?? '')
  return positive(expires - (Number.isNaN(date) ? now.getTime() : date))
}

/** `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date. */
export function retryAfterMsOf(headers: Headers, now: Date): number | undefined {
  const text = (headers['retry-after'] ?? '').trim()
  if (/^\d{1,10}$/.test(text)) return positive(Number(text) * secondMs)
  return positive(Date.parse(text) - now.getTime())
}

function seconds(text = ''): number {
  return /^\d{1,10}$/.test(text.trim()) ? Number(text) : 0
}

function positive(ms: number): number | undefined {
  return ms > 0 ? ms : undefined
}
