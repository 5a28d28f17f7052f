import { itemLimits } from '@newswire/model'

const mebibyte = 1_048_576
const secondMs = 1_000
const minuteMs = 60 * secondMs

/** Every limit of intake by name. Bytes are counted after decompression. */
export const intakeLimits = {
  itemBytesMax: itemLimits.itemBytesMax,
  feedBytesMax: 8 * mebibyte,
  /** Newest entries of a feed that one poll looks at; a flood behind them is left where it is. */
  entriesMax: 500,
  /** Entries of a source whose content hash is remembered, newest last. */
  seenMax: 2_000,
  /** Different namespaced element names of one feed that are handed on. */
  extensionNamesMax: 100,
  /** Levels of nesting in a feed; real ones have fewer than ten. */
  depthMax: 200,
  /** Tags within one entry, and within the channel before the first. */
  entryTagsMax: 4_000,
  /** Stray `&` that are escaped in one feed; with more it is broken. */
  repairsMax: 10_000,
  redirectsMax: 5,
  /** From the request to the last byte of the feed. */
  fetchTimeoutMs: 20 * secondMs,
  /** Sources that one process polls at a time: those that hang leave room for the others. */
  pollsAtOnceMax: 32,
  /** After so many 304 in a row the feed is fetched without conditions: some servers never stop. */
  notModifiedInRowMax: 24,
  intervalSecondsMin: 1,
  intervalSecondsMax: 86_400,
  intervalSecondsDefault: 600,
  sourcesMax: 10_000,
  /** A lost race for a position row is run again so often. */
  positionTriesMax: 5,
  reconcileMs: 30 * secondMs,
  /** Between two looks into the drop folder; a file is taken when two looks see it the same. */
  dropLookMs: 200,
  /** A file without content may still be written: it fails only when it is older than this. */
  dropEmptyGraceMs: 5 * secondMs,
  /** Files that one look takes in, so that the next look is never far. */
  dropFilesPerLookMax: 200,
  /** How long the folder rests after the bus refused a file. */
  dropRestMs: 2 * secondMs,
} as const

export type IntakeLimits = { readonly [K in keyof typeof intakeLimits]: number }

/**
 * Waits after failed polls: the first, doubled with each further failure in a row, up to the last.
 *
 * ```
 * 1  2  3  4  5   6   7   8   9   10 …
 * 1  2  4  8  16  32  64 128 256  360 minutes
 * ```
 *
 * A source with a shorter interval than `firstMs` starts from its own interval.
 */
export const backOff = { firstMs: minuteMs, factor: 2, lastMs: 360 * minuteMs } as const
