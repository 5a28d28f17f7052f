import type { NormalizedItem, Notice, Status } from '@newswire/model'

export type { Notice } from '@newswire/model'

/**
 * What one raw item says, read by its format and its house, before it is an item: no id, no
 * version, nothing sanitised. `normalise` makes a `Draft` of it.
 */
export interface Reading {
  /** The wire that the text itself names; the source's own wire goes before it. */
  wire?: string
  /** The wire's own id of the story. */
  wireId?: string
  status: Status
  /** The text calls itself a correction. */
  isCorrection: boolean
  /** The release that it speaks of, where that is another than itself. */
  notice?: Notice
  headline: string
  subheadline?: string
  body: { text: string } | { html: string }
  complete: boolean
  /** A language tag as the source writes it. */
  language?: string
  dateline?: NormalizedItem['dateline']
  issuer?: NormalizedItem['issuer']
  /** The line that must be shown, as it stands; without one the house writes it. */
  credit?: string
  contact?: string
  sourceUrl?: string
  /** Found outside of the body, which is searched for more. */
  media: NormalizedItem['media']
  /** Milliseconds since 1970. `undefined` where the source should have said it and did not. */
  publishedMs: number | undefined
  modifiedMs?: number
  sourceVersion?: number
  embargoMs?: number
  sourceCodes: NormalizedItem['sourceCodes']
  /** Securities that a field names, as `EXCHANGE:SYMBOL`; the body is searched for more. */
  tickers?: string[]
  flags: string[]
}

/**
 * One raw item, clean and identified: all of an item but what depends on the versions before it.
 */
export interface Draft
  extends Omit<
    NormalizedItem,
    'version' | 'change' | 'updated' | 'precedence' | 'lineage' | 'corrects'
  > {
  /** The text calls itself a correction. */
  isCorrection: boolean
  /** The id under which it came in, where it speaks of the item of another id. */
  via?: string
  sourceVersion?: number
  /** The source's own time of modification. */
  modified?: string
}
