/**
 * What must come out of one sample. Headlines are other people's: of each its beginning and hash.
 */
export interface ExpectedItem {
  /**
   * Whole; up to its hash, with the `-` before it; or the wire alone, where the id is a hash over
   * issuer, headline and date.
   */
  readonly id: string
  /** Its first 24 characters, and `shortHash` of the whole; without a hash the text goes on. */
  readonly headline: readonly [begins: string, hash?: string]
  readonly status?: 'canceled'
  readonly change?: 'withdrawal'
  /** The source's own version. */
  readonly version?: number
  readonly language: string
  readonly issuer: string
  readonly places?: readonly string[]
  /** Of the dateline: `YYYY-MM-DD`. */
  readonly date?: string
  /** Of the dateline, as written. */
  readonly wire?: string
  /** RFC 3339 in UTC. */
  readonly embargoUntil?: string
  readonly published?: string
  readonly complete: boolean
  readonly isCorrection?: true
  /** What a notice says of the release that it speaks of. */
  readonly notice?: 'correction' | 'withdrawal'
  readonly flags?: readonly string[]
}

export interface ReleaseRow {
  /** Under which media type the file is pushed. */
  readonly type: string
  /** RFC 3339: when it came in, where the day matters. */
  readonly received?: string
  readonly item: ExpectedItem
}

/** A file that the push door sends away. */
export interface RefusedRow {
  readonly type: string
  readonly refused: { readonly status: number; readonly says: RegExp }
}

export interface FeedRow {
  /** Where the feed lies, and the wire of its source. */
  readonly url: string
  readonly wire?: string
  readonly received?: string
  readonly title?: string
  /** Entries that become items, and those that no item can be made of. */
  readonly items: number
  readonly dead?: number
  readonly first?: ExpectedItem
  readonly last?: ExpectedItem
}

/** A poll that fails. */
export interface FailedFeedRow {
  readonly url: string
  readonly fails: RegExp
}

export const xml = 'application/xml'
export const json = 'application/json'
export const text = 'text/plain'

export function refused(type: string, status: number, says: RegExp): RefusedRow {
  return { type, refused: { status, says } }
}
