import type { Fact, FactKeys, FactName, RegisterName, StreamName } from '@newswire/model'
import type { z } from 'zod'

/** A fact as the bus holds it. */
export interface Stored<T> {
  readonly value: T
  /** Its sequence in its stream. */
  readonly sequence: number
  readonly subject: string
  /** When the server stored it. */
  readonly storedAt: Date
  /** Those that it was published with, in lower case; only `latest`, `read` and `history` tell. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface PublishOptions {
  /** Dedupes within the stream's window; carries the version, or corrections would be dropped. */
  readonly id: string
  /**
   * The sequence that this subject's newest fact must have; 0 for "none yet". Another one stands →
   * WrongSequenceError.
   */
  readonly expect?: number
  /** Stored with it, for readers outside of the house's own workers. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface Published {
  readonly sequence: number
  /** The server has seen this id within its window: nothing was stored again. */
  readonly duplicate: boolean
}

/** What a handler learns about the delivery of a fact. */
export interface Delivered<T> extends Stored<T> {
  /** 1 for the first try. */
  readonly deliveries: number
}

export interface SubscribeOptions<N extends FactName> {
  readonly fact: N
  /** Durable name: the workers of one group share its facts. */
  readonly group: string
  /** Handlers that may run at a time. */
  readonly concurrency: number
  /**
   * Returns → acknowledged. Throws → again on `redeliveryDelaysMs`. PermanentError → dead letter.
   */
  readonly handle: (fact: Delivered<Fact<N>>) => Promise<void>
  /** Facts stored before this moment are not for the group; only used when the durable is made. */
  readonly from?: 'all' | 'new'
}

export interface ReplayOptions<N extends FactName> {
  readonly fact: N
  /** Only what stands on this subject; without it all facts of the kind. */
  readonly keys?: FactKeys<N>
  /** The first fact given is the one after this sequence; 0 for all. */
  readonly after: number
  /**
   * Called with up to `batchMax` facts in stream order, one call at a time, when each batch is full
   * or nothing more waits. A throw ends the replay and is reported through `onEnd`.
   */
  readonly handle: (facts: readonly Stored<Fact<N>>[]) => Promise<void>
  readonly batchMax?: number
  /** Called once, after everything that stood in the stream at the start was handled. */
  readonly onCaughtUp?: () => void
  /** The replay ended by itself; it must be started anew or the process must end. */
  readonly onEnd: (error: Error) => void
}

/** That a fact was stored, without what it says. */
export interface Arrival {
  readonly subject: string
  readonly sequence: number
  readonly storedAt: Date
}

export interface ArrivalsOptions {
  readonly fact: FactName
  /** The first one told is the one after this sequence. */
  readonly after: number
  readonly onArrival: (arrival: Arrival) => void
  /** Called once, when nothing more waits. */
  readonly onCaughtUp?: () => void
}

/** A running subscription or replay. `stop` waits for the handlers that run. */
export interface Subscription {
  stop(): Promise<void>
}

/** One row of a register. */
export interface Row<T> {
  readonly key: string
  readonly value: T
  /** For `update`: compare-and-set. */
  readonly revision: number
}

export type RegisterChange<T> =
  | { readonly kind: 'put'; readonly row: Row<T> }
  | { readonly kind: 'delete'; readonly key: string }

/** A small table of current rows (a KV bucket). Keys are tokens (`toToken`). */
export interface Register<T> {
  get(key: string): Promise<Row<T> | undefined>
  /** When the row was deleted; undefined where it stands, or where nothing tells of it. */
  deletedAt(key: string): Promise<Date | undefined>
  /** All rows. */
  rows(): Promise<Row<T>[]>
  put(key: string, value: T): Promise<number>
  /** Fails with WrongSequenceError where the key has a row. */
  create(key: string, value: T): Promise<number>
  /** Fails with WrongSequenceError where the row's revision is another. */
  update(key: string, value: T, revision: number): Promise<number>
  /** With a revision: fails with WrongSequenceError where the row's is another. */
  delete(key: string, revision?: number): Promise<void>
  /**
   * Every row that stands, then every change. `onCurrent` is called once all standing rows came.
   */
  watch(options: {
    onChange: (change: RegisterChange<T>) => void
    onCurrent?: () => void
  }): Promise<Subscription>
}

/** The state of one group's consumer, for the dashboard and the metrics. */
export interface GroupState {
  readonly stream: StreamName
  readonly group: string
  /** Facts that the group was not given yet. */
  readonly pending: number
  /** Given and not acknowledged. */
  readonly inFlight: number
  readonly redelivered: number
  /** Sequence up to which all is acknowledged. */
  readonly acknowledged: number
}

export interface StreamState {
  readonly stream: StreamName
  readonly messages: number
  readonly bytes: number
  readonly firstSequence: number
  readonly lastSequence: number
  readonly bytesMax: number
}

/** A dead letter's address is its sequence in stream DEAD. */
export interface DeadLetters {
  /** Newest first; `before` is an exclusive sequence. */
  list(options: { limit: number; before?: number; stage?: string }): Promise<Stored<Fact<'dead'>>[]>
  get(sequence: number): Promise<Stored<Fact<'dead'>> | undefined>
  /** The dead letter that a stage made of this input, if any. */
  of(stage: string, inputSequence: number): Promise<Stored<Fact<'dead'>> | undefined>
  /** Gives the input to its stage again, through the group's own consumer. */
  replay(sequence: number): Promise<void>
  discard(sequence: number): Promise<boolean>
  /**
   * Erases every letter of these inputs, also those on their way back to their stage. Gives how
   * many.
   */
  erase(inputs: {
    readonly stream: StreamName
    readonly sequences: ReadonlySet<number>
  }): Promise<number>
  count(): Promise<number>
}

export interface Bus {
  /**
   * Stores a fact with acknowledgement. Retries what may pass (a reconnect, a leader change) with
   * the same id. Errors: WrongSequenceError, StreamFullError, FactTooLargeError, BusDownError.
   */
  publish<N extends FactName>(
    name: N,
    value: Fact<N>,
    keys: FactKeys<N>,
    options: PublishOptions,
  ): Promise<Published>
  /** The newest fact on the subject. Dear: only where the order is in doubt, never per item. */
  latest<N extends FactName>(name: N, keys: FactKeys<N>): Promise<Stored<Fact<N>> | undefined>
  read<N extends FactName>(name: N, sequence: number): Promise<Stored<Fact<N>> | undefined>
  /**
   * Where the stream of this kind of fact stood at an instant: a replay after this sequence begins
   * with the first fact stored at that instant or later. 0 where nothing stands from before.
   */
  positionAt(name: FactName, instant: Date): Promise<number>
  /** All facts that stand on the subject, oldest first. Dear, like `latest`. */
  history<N extends FactName>(name: N, keys: FactKeys<N>): AsyncIterable<Stored<Fact<N>>>
  /**
   * Takes all facts of a subject but its newest away for good, with the dead letters that hold one.
   */
  eraseOlder<N extends FactName>(name: N, keys: FactKeys<N>): Promise<void>
  /**
   * Takes a fact away for good: its bytes are overwritten on the server's disk. False where it is
   * gone already. A subject's newest fact stays where writers compare with it: an Error.
   */
  erase(name: FactName, sequence: number): Promise<boolean>
  /** Takes away for good what receivers answered of an item (stream ANSWERS). */
  eraseAnswers(of: { readonly item: string }): Promise<void>
  /**
   * Takes away for good what a subscription on the bus was given (stream OUT): of one item, or all.
   */
  eraseOut(of: { readonly subscription: string; readonly item?: string }): Promise<void>
  /** Facts of a kind, newest first; `before` is an exclusive sequence. */
  newest<N extends FactName>(
    name: N,
    options: { limit: number; before?: number },
  ): Promise<Stored<Fact<N>>[]>
  /** When the first fact behind a sequence was stored; undefined where none stands there. */
  storedAfter(name: FactName, sequence: number): Promise<Date | undefined>
  /** Where and when facts are stored, from a position on and then live: for counting. */
  arrivals(options: ArrivalsOptions): Promise<Subscription>
  /** A durable group of workers. */
  subscribe<N extends FactName>(options: SubscribeOptions<N>): Promise<Subscription>
  /**
   * All facts in order from a position on, and then live: for read models. Acknowledges nothing.
   */
  replay<N extends FactName>(options: ReplayOptions<N>): Promise<Subscription>
  register<S extends z.ZodType>(name: RegisterName, schema: S): Promise<Register<z.infer<S>>>
  readonly deadLetters: DeadLetters
  groups(): Promise<GroupState[]>
  streams(): Promise<StreamState[]>
  /** Whether the server answers. */
  ping(): Promise<boolean>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
