import type { Attempt, Plan } from '@newswire/model'

/** `waiting`: no attempt has ended yet. `retry`: a next attempt is due. */
export type DeliveryState = 'waiting' | Attempt['result']

/** An attempt that has ended, or the last word on a delivery without one. */
export interface LoggedAttempt {
  /** 1, 2, …; 0 where no attempt was made. */
  readonly attempt: number
  readonly result: Attempt['result']
  readonly startedAt?: Date
  readonly latencyMs?: number
  /** HTTP status of the answer. */
  readonly status?: number
  /** Its beginning. */
  readonly error?: string
  readonly nextAt?: Date
  /** Where stream DELIVERIES tells it whole, with the answer. */
  readonly place: number
}

export interface LoggedDelivery {
  /** The `webhook-id`. */
  readonly id: string
  readonly endpoint: string
  readonly item: string
  readonly wire: string
  readonly version: number
  readonly revision: string
  /** Status of the version that was planned. */
  readonly itemStatus: Plan['item']['status']
  /** Where the version stands in TAGGED. */
  readonly itemSequence: number
  readonly sequence: number
  /** The sequence of the last delivery of this item at this endpoint. */
  readonly previous?: number
  readonly plannedAt: Date
  readonly state: DeliveryState
  /** Oldest first. */
  readonly attempts: readonly LoggedAttempt[]
}

export type DeliveryCounts = Readonly<Record<DeliveryState, number>>

/** Where a page ends; it holds for the same query only. */
export type DeliveryPlace = readonly [number, number]

export interface DeliveryQuery {
  readonly endpoint?: string
  readonly item?: string
  /** `open`: what waits for its first try or for the next one. */
  readonly state?: DeliveryState | 'open'
  /** Inclusive, by `plannedAt`. */
  readonly from?: Date
  /** Exclusive, by `plannedAt`. */
  readonly to?: Date
  readonly limit: number
  readonly before?: DeliveryPlace
}

export interface DeliveryPage {
  /** Newest first. */
  readonly deliveries: readonly LoggedDelivery[]
  /** Give as `before` for older ones; absent at the end. */
  readonly next?: DeliveryPlace
}

/** What came of deliveries, as far as stream DELIVERIES tells it. */
export interface DeliveryLog {
  /** Up to where in DELIVERIES everything is in; 0 where Redis was emptied. */
  position(): Promise<number>
  /**
   * Newest first by plan. A delivery stays in its place whatever comes of it, so that over pages
   * each is shown once. A page may be short and have a `next`.
   */
  find(query: DeliveryQuery): Promise<DeliveryPage>
  /** By its id. */
  one(endpoint: string, delivery: string): Promise<LoggedDelivery | undefined>
  /** By its id alone: of whatever endpoint. */
  named(delivery: string): Promise<LoggedDelivery | undefined>
  /**
   * Those that were answered with this HTTP status, whatever came after; the newest answer first.
   * Nothing beyond the `perStatusMax` newest is found.
   */
  answered(status: number, limit: number): Promise<readonly LoggedDelivery[]>
  /**
   * In the endpoint's sequence, up to the first gap. `first` is the oldest sequence that is kept,
   * `last` the newest; both 0 where none is.
   */
  after(
    endpoint: string,
    options: { readonly sequence: number; readonly limit: number },
  ): Promise<{
    readonly deliveries: readonly LoggedDelivery[]
    readonly first: number
    readonly last: number
  }>
  /** At all endpoints, or at one; oldest first. */
  ofItem(item: string, endpoint?: string): Promise<readonly LoggedDelivery[]>
  /** Per endpoint; those without a delivery are left out. */
  counts(endpoints: readonly string[]): Promise<ReadonlyMap<string, DeliveryCounts>>
  /** Deliveries that wait or have a next attempt, and when the oldest of them was planned. */
  open(): Promise<{ readonly count: number; readonly oldestAt?: Date }>
  /** How far the version of an item, or a newer one, is with those that it was planned for. */
  stand(item: string, version: number): Promise<DeliveryStand>
}

/** Receivers of a version, each counted by its newest delivery. */
export interface DeliveryStand {
  readonly receivers: number
  readonly acknowledged: number
  readonly pending: number
  readonly failed: number
}
