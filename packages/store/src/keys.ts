/** Every key of the read models. BullMQ's keys begin with `{nw}`, so the two never meet. */
const prefix = 'nw:'

export const itemKeys = {
  /** Hash {epoch, position, shape}: which life of Redis, and how far the model is complete. */
  mark: `${prefix}items:mark`,
  /** Hash: item id → state. */
  state: `${prefix}items:state`,
  /** Hash: RAW sequence → id and version, for the raw items that became versions on this day. */
  raws: (day: number) => `${prefix}items:raws:${day}`,
  /** Followed by a day: hash of the items first stored then: `=<id>` → kin, token → ids. */
  kinPrefix: `${prefix}items:kin:`,
  /** Sorted set of the items that wait for a person, by ITEMS sequence. */
  open: `${prefix}items:open`,
  /** Hash: item id → what waits. */
  openFull: `${prefix}items:open:full`,
} as const

export const taggedKeys = {
  /** Hash {epoch, position, shape, withdrawn}. */
  mark: `${prefix}tagged:mark`,
  /** Hash: item id → public state and facets. */
  state: `${prefix}tagged:state`,
  /** Hash: item id → the newest version whole, for the newest items. */
  full: `${prefix}tagged:full`,
  /** Hash: item id → which words the newest version may have, as bits. */
  words: `${prefix}tagged:words`,
  /** Sorted set of all item ids by TAGGED sequence. */
  order: `${prefix}tagged:order`,
  /** Hash: facet → floor: above this sequence the facet's set is complete. */
  facets: `${prefix}tagged:facets`,
  /** Followed by a facet: sorted set of its newest item ids by TAGGED sequence. */
  facetPrefix: `${prefix}tagged:facet:`,
  /** Sorted set of the newest items that are corrected or taken back, by TAGGED sequence. */
  recalls: `${prefix}tagged:recalls`,
  /** Followed by a row's number: hash: facet → a bit per block of the stream that has it. */
  blockPrefix: `${prefix}tagged:blocks:`,
} as const

const dayMs = 86_400_000

/** Days since 1970. */
export function dayOf(instant: Date): number {
  return Math.floor(instant.getTime() / dayMs)
}

/** When what a day brought is forgotten: Unix time in seconds. */
export function dayEndSeconds(day: number, days: number): number {
  return ((day + days + 1) * dayMs) / 1000
}
