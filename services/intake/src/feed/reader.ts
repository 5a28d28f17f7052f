import type { FeedEntry } from '@newswire/model'

/** An entry with its links resolved; empty fields are absent. */
export type RawEntry = Omit<FeedEntry, 'feed'>

/** What a reader found in a feed. */
export interface RawFeed {
  readonly title?: string
  readonly link?: string
  readonly language?: string
  /** Newest first where all have a date, else as they stand. */
  readonly entries: readonly RawEntry[]
  /** Entries that the limit left out. */
  readonly dropped: number
  /** The text ends before the feed does: its missing part may be the newest entry. */
  readonly isCut: boolean
  /** The entry that the text ends in, as far as it goes; none of `entries`. */
  readonly broken?: RawEntry
}

export interface ReadLimits {
  readonly entriesMax: number
  readonly depthMax: number
  readonly entryTagsMax: number
  readonly attributesMax: number
  readonly extensionNamesMax: number
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The fields that have a value: an absent one is left out, never `undefined`. */
export function present<T extends Record<string, unknown>>(fields: T): Present<T> {
  const kept: Present<T> = {}
  for (const name of Object.keys(fields) as (keyof T)[]) {
    const value = fields[name]
    if (value !== undefined) kept[name] = value as Exclude<T[keyof T], undefined>
  }
  return kept
}
