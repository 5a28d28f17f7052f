const prefix = 'nw:deliveries:'

/** Keys of the read model of stream DELIVERIES. A plan is known by its sequence there. */
export const deliveryKeys = {
  /** Hash {epoch, position, shape, total}. */
  mark: `${prefix}mark`,
  /** Hash: plan → the states of its deliveries, one letter each, and on a second line its head. */
  plans: `${prefix}plans`,
  /** Hash: plan → a line `<endpoint> <sequence>` per delivery. */
  lines: `${prefix}lines`,
  /** Sorted set of all plans by themselves. */
  order: `${prefix}order`,
  /** Hash: item id → its newest plans. */
  items: `${prefix}items`,
  /** Hash: endpoint → first and last sequence, and how many are in each state. */
  endpoints: `${prefix}endpoints`,
  /** Followed by a state's letter: hash: block of plans → how many deliveries are in the state. */
  blocksPrefix: `${prefix}blocks:`,
  /** Followed by an endpoint: hash: sequence → delivery with its attempts. */
  ofPrefix: `${prefix}of:`,
  /** Followed by a state's letter: hash: block of plans → which of them have such a delivery. */
  marksPrefix: `${prefix}marks:`,
  /** Followed by `nameBucketOf`: hash: beginning of a delivery's id → `<endpoint> <sequence>`. */
  namesPrefix: `${prefix}names:`,
  /** Followed by an HTTP status: sorted set `<endpoint> <sequence>` by where it was answered. */
  answersPrefix: `${prefix}answers:`,
  /** What `namesPrefix` is now, as the first shape had it: by endpoint. */
  formerIdsPrefix: `${prefix}ids:`,
  /** Followed by an endpoint: hash: row → the states of its sequences, one letter each. */
  statesPrefix: `${prefix}states:`,
} as const
