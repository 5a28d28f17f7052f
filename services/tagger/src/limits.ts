/** Limits of the tagger, in one place. */
export const taggerLimits = {
  /** How often one version is decided anew where others write the same item. */
  decisionsMax: 5,
  /** How often a hold is written anew where others write the same row. */
  holdWritesMax: 5,
  /** Pause before a hold is looked at again while another worker lets it go. */
  holdRetryMs: 20,
  /** Every hold is looked at so often: jobs that Redis lost are made again. */
  reconcileEveryMs: 30_000,
  /**
   * A withdrawal of an item that is not public is looked at once more after so long: an older
   * version may have been on its way out when it came.
   */
  withdrawalLookMs: 1_000,
  /** A publish that takes longer asks afterwards whether a withdrawal came meanwhile. */
  slowPublishMs: 400,
  /** Holds that fall due within this get a timer of the process: two rounds of the reconciler. */
  timersAheadMs: 60_000,
  /** Holds beyond this have their job alone. */
  timersMax: 10_000,
  /** How long after the instant a timer looks: the job goes first. */
  timerGraceMs: 60,
  /** Holds that the timers of one process look at at a time. */
  timersAtOnce: 8,
  /** Tags that people may give to an item, and as many that they may take from it. */
  handTagsMax: 50,
  /** Releases that one process works at a time. */
  releasesAtOnce: 4,
  /** Items that `newswire retag` works at a time. */
  retagsAtOnce: 16,
  /** The longest text that a preview takes, in characters. */
  previewCharsMax: 100_000,
  /** Rows of a vocabulary that one answer gives, unless it is asked for fewer or more. */
  vocabularyRowsDefault: 200,
  vocabularyRowsMax: 2_000,
  /** The longest text that a vocabulary is searched for. */
  searchCharsMax: 100,
  /** The longest list of codes that one look-up takes, in characters. */
  codesCharsMax: 4_000,
} as const

export const releasesQueue = 'releases'
