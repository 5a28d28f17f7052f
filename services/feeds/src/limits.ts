/** Limits of the feeds of one process. */
export const feedLimits = {
  /** Rendered feeds that are kept; those that nobody asked for lately are dropped first. */
  renderingsMax: 2_000,
  /** Bytes of their bodies, encodings and changes. */
  renderingBytesMax: 128 * 1024 * 1024,
  /** Recent changes that a kept feed is checked against; older feeds are rendered anew. */
  changesMax: 1_000,
  /** Characters of their headlines and bodies; what is larger alone is not remembered at all. */
  changeCharsMax: 32 * 1024 * 1024,
  /** Feeds in a list of one's choice. */
  opmlFeedsMax: 200,
  /** How long the list of all regions, topics and languages with items may be old. */
  facetValuesMsMax: 5_000,
  /** Places that a kept feed has its changes since rendered for. */
  deltasMax: 8,
} as const
