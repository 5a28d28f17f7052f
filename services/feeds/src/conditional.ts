/** What the client has, from its request headers. */
export interface Conditions {
  readonly ifNoneMatch: string | undefined
  readonly ifModifiedSince: string | undefined
}

/** What we have. `etag` is strong and quoted. */
export interface Validators {
  readonly etag: string
  readonly lastModified: Date
}

const httpDate = /^[A-Z][a-z]{2,8}, [\w: -]+ GMT$/

/**
 * Whether a GET is answered with 304 (RFC 9110 §13.1): If-None-Match wins over If-Modified-Since,
 * is a list or `*`, and compares weakly.
 */
export function isNotModified(conditions: Conditions, { etag, lastModified }: Validators): boolean {
  const { ifNoneMatch, ifModifiedSince } = conditions
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() === '*') return true
    const tags = ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? []
    return tags.some((tag) => tag.replace(/^W\//, '') === etag)
  }
  if (ifModifiedSince === undefined) return false
  // RFC 9110 §13.1.3: what is no HTTP date is ignored, and the parser takes a bare number for one.
  const since = httpDate.test(ifModifiedSince) ? Date.parse(ifModifiedSince) : Number.NaN
  // HTTP dates carry whole seconds.
  return !Number.isNaN(since) && Math.floor(lastModified.getTime() / 1000) * 1000 <= since
}
