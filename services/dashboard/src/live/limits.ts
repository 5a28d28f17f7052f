/** Limits of the live stream of events, by name. */
export const liveLimits = {
  /** Readers at a time, and of one address. */
  readersMax: 1_000,
  readersPerAddressMax: 32,
  /** Of these places the last ones, which admins alone may take. */
  adminPlaces: 50,
  /** Items that are kept for readers that come back; who missed more begins anew. */
  itemsKeptMax: 500,
  /** UTF-16 units of a headline that are told: all items that are kept fit into what may wait. */
  headlineCharsMax: 400,
  /** What may wait for a reader; whoever is slower is dropped, and comes back with its last id. */
  waitingBytesMax: 1_048_576,
  webhookCharsMax: 100,
  heartbeatMs: 15_000,
  /** Then a reader comes anew, and its key is asked for again. */
  lifeMsMax: 3_600_000,
  /** Deliveries told to a reader in a second; the rest is counted. */
  deliveriesPerSecondMax: 20,
  overviewEveryMs: 1_000,
  /** How long a browser waits before it comes back. */
  retryMs: 1_000,
} as const
