/** Limits of what is kept of deliveries for reading; the ledger itself is stream DELIVERIES. */
export interface DeliveryLimits {
  /** Newest deliveries of one webhook. */
  readonly endpointDeliveriesMax: number
  /** Newest deliveries of all webhooks; the oldest plans leave first. */
  readonly deliveriesMax: number
  /** Deliveries that are found by one HTTP status: those that were answered with it last. */
  readonly perStatusMax: number
}

export const deliveryLimits: DeliveryLimits = {
  endpointDeliveriesMax: 100_000,
  deliveriesMax: 1_000_000,
  perStatusMax: 1_000,
}

/** Limits that nobody needs to choose. */
export const deliveryReadLimits = {
  /** Newest plans by which the deliveries of one item are found. */
  itemPlansMax: 1_000,
  /** Newest attempts that a delivery shows. */
  attemptsMax: 50,
  /** What is kept of an attempt's error; the ledger has all of it. */
  errorCharsMax: 300,
  /** Characters of a delivery's id that it is found by: 60 bits after the prefix. */
  idKeyChars: 14,
  /** Sequences in one row of states. */
  rowSequences: 256,
  /** Rows of states that are read at a time. */
  rowsAtOnceMax: 64,
  /** Deliveries and attempts that one script writes: it bounds how long Redis does nothing else. */
  writesAtOnceMax: 250,
  /** Places of stream DELIVERIES in one block of plans. */
  blockPlaces: 256,
  /** Blocks whose marks are read at a time. */
  blocksAtOnceMax: 32,
  /** Plans that are read at a time. */
  plansAtOnceMax: 256,
  /** Plans that one page looks at before it gives up filling up. */
  scanPlansMax: 50_000,
  /** Deliveries that are looked at together, where only some of them are asked for. */
  lookAtOnceMax: 200,
  /** Plans of two owners may be out of order in time by the difference of their clocks. */
  clockSkewMs: 60_000,
} as const
