import type { StoreLimits } from './store.js'

export const storeLimits: StoreLimits = {
  fullItemsMax: 50_000,
  facetItemsMax: 5_000,
  scanItemsMax: 5_000,
}

/** Limits that nobody needs to choose. */
export const readLimits = {
  /** Days that a raw item's version can be looked up: as long as stream RAW holds it. */
  rawDays: 30,
  /** Days that an item stays in the index of kin: a correction comes within weeks. */
  kinDays: 35,
  /** Items that one day of the index takes; what comes beyond is not linked by machine. */
  kinItemsPerDayMax: 50_000,
  /** Ids under one token of one day; the newest stay. */
  kinPerTokenMax: 60,
  /** Items in one answer of the index; the newest days go first. */
  kinAnswerMax: 100,
  /** Items that wait for a person; the oldest leave the list beyond that. */
  openMattersMax: 5_000,
  /** Corrected or withdrawn items that are listed; the oldest leave the list beyond that. */
  recallsMax: 1_000,
  /** Earlier places in TAGGED that an item's state remembers. */
  placesMax: 16,
  /** Items that one script call looks at: it bounds how long Redis does nothing else. */
  lookItemsMax: 1_000,
  /** Items whose state the script reads in one command. */
  statesAtOnceMax: 100,
  /** Rows of many sets that are merged in one look, as a multiple of what it looks at. */
  mergedShares: 4,
  /** Whole items in one script's answer. */
  keepItemsMax: 100,
  /** Of five items that may have a word, this many more are read than are wanted: one has not. */
  doubtfulShare: 0.25,
  /** Times that a page is read again because an item changed meanwhile. */
  turnsMax: 4,
  /** Old items read from JetStream at a time. */
  readsAtOnceMax: 16,
  /** Rows of blocks that are read at a time. */
  rowsAtOnceMax: 16,
} as const

/** How stream TAGGED is cut into archives. Another value is another address for each of them. */
export const archiveLimits = {
  /** Facts of the stream in one archive; a feed of as many entries leaves no gap to it. */
  blockFacts: 50,
  /** Blocks in one row of bits. */
  rowBlocks: 512,
} as const

export const projectorLimits = {
  /** Facts in one atomic write. */
  batchMax: 50,
  /** How often a projector looks whether Redis was emptied or fell back. */
  watchIntervalMs: 500,
  backOffMsMin: 50,
  backOffMsMax: 10_000,
  /** How long a start waits for the model to be complete before the process goes on without. */
  catchUpGraceMs: 3_000,
} as const

export const rewriteLimits = {
  /** How long the read models may take to hold what is to be in the new file. */
  positionsMsMax: 10_000,
  /** How long Redis may take to write one file. */
  fileMsMax: 60_000,
  lookEveryMs: 50,
} as const

/** The file of public items on a reading process' own disk. */
export const localLimits = {
  /** Facts in one segment: one file of data and one of places; memory holds 8 bytes a fact. */
  segmentFacts: 65_536,
  /** What is larger stays in JetStream alone; with `unitBytes` it keeps places within 32 bits. */
  recordBytesMax: 1_048_576,
  /** Records begin at multiples of it. */
  unitBytes: 16,
  /** Chains that the versions of items hang on: 8 bytes of memory each. A power of two. */
  chains: 1_048_576,
  /** Facts in one append. */
  batchMax: 100,
  /** How often what was appended is forced to the disk: as much is replayed after a crash. */
  syncEveryMs: 1_000,
  /** How often the stream is asked what it has let go of by age. */
  retentionEveryMs: 60_000,
  /** Bytes that one write overwrites at most. */
  overwriteBytesMax: 1_048_576,
  backOffMsMin: 50,
  backOffMsMax: 10_000,
} as const
