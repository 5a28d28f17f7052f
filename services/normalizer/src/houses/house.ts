import type { FeedEntry, NormalizedItem } from '@newswire/model'

/** What a house knows of one of its feed entries beyond what any entry says. */
export interface EntryTraits {
  /** The teaser or text, HTML or plain; empty where there is none. */
  content: string
  isComplete: boolean
  issuer?: NormalizedItem['issuer']
  /** The line that must be shown, where the entry carries it. */
  credit?: string
  /** A language tag as the source writes it. */
  language?: string
  sourceCodes: NormalizedItem['sourceCodes']
}

/** A wire's own customs. To add a house, write one of these and name it in `houses/index.ts`. */
export interface House {
  /** The token in ids and subjects; undefined for the house of everyone else. */
  readonly wire: string | undefined
  /** IANA name of the zone in which it writes times without one. */
  readonly zone: string | undefined
  /** The line that must be shown with a release of this issuer. */
  creditOf(issuer: string): string
  /** The wire's own id of a story, from the address of its page. */
  wireIdOf(url: string): string | undefined
  traitsOf(entry: FeedEntry): EntryTraits
}

export function firstOf(entry: FeedEntry, name: string): string | undefined {
  return entry.extensions[name]?.map((value) => value.trim()).find((value) => value !== '')
}
