/**
 * Waits before a failed job is tried again; after the last one it is kept as failed.
 *
 *   try 2   1 s
 *   try 3   5 s
 *   try 4  30 s
 *   try 5   2 min
 *   try 6  10 min   13 min after the first
 */
export const retryDelaysMs: readonly number[] = [1_000, 5_000, 30_000, 120_000, 600_000]

export const jobLimits = {
  /** Finished jobs that a queue keeps for people to see. */
  completedJobsMax: 200,
  failedJobsMax: 1_000,
  /** Entries of a queue's own event stream in Redis. */
  eventsMax: 1_000,
  /** Jobs in one atomic add. */
  addedAtOnceMax: 500,
  /** A worker that has not renewed its lock for this long is taken for dead. */
  lockMs: 20_000,
  /** How often the workers look for jobs of dead ones. */
  stalledLookMs: 5_000,
  /** Workers that may die over one job before it is kept as failed. */
  stalledMax: 3,
  /** An idle worker asks again after this long, whatever Redis told it. */
  idleSeconds: 5,
  reconnectMsMax: 1_000,
  /** Jobs that one search looks at, and how many of one state of a queue. */
  searchedJobsMax: 1_000,
  searchedPerStateMax: 500,
  /** Lost connections that an add lives through before it fails. */
  retriesPerAddMax: 5,
  connectTriesMax: 5,
  /** A stop waits for Redis this long, and then leaves without saying goodbye. */
  closeGraceMs: 3_000,
} as const
