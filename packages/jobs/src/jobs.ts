/**
 * Work for later. A job only says *look at this*: its handler reads the facts again and decides.
 */
export interface Jobs {
  /** Opens a queue for adding; the same name gives the same queue. */
  queue(name: string): JobQueue
  /** Works a queue. A throw is retried on the queue's written schedule, then kept as failed. */
  work(options: WorkOptions): Promise<JobWorker>
  /** The BullMQ queues, for bull-board alone. */
  boardQueues(): readonly BoardQueue[]
  states(): Promise<QueueState[]>
  /** Jobs that wait, run, are due later or failed, whose key or data name one of the words. */
  search(options: { words: readonly string[]; limit: number }): Promise<FoundJob[]>
  ping(): Promise<boolean>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface Job {
  /** What it is about; a token. One waiting job per name: adding it again changes nothing. */
  readonly key: string
  readonly data: Readonly<Record<string, string | number>>
}

export interface JobQueue {
  /** Adds a job due in `delayMs` (0: at once). */
  add(job: Job, options?: { delayMs?: number }): Promise<void>
  addAll(jobs: readonly (Job & { delayMs?: number })[]): Promise<void>
  remove(key: string): Promise<void>
  /** Which of these keys have a job that waits, is delayed or runs. For reconcilers. */
  has(keys: readonly string[]): Promise<ReadonlySet<string>>
  /** Repeats a job every `everyMs`; the same key again replaces the rhythm. */
  schedule(job: Job, everyMs: number): Promise<void>
  unschedule(key: string): Promise<void>
  /** Keys of all schedules of this queue. */
  schedules(): Promise<ReadonlySet<string>>
}

export interface WorkOptions {
  readonly queue: string
  readonly concurrency: number
  readonly handle: (job: Job) => Promise<void>
}

export interface JobWorker {
  stop(): Promise<void>
}

export interface QueueState {
  readonly queue: string
  readonly waiting: number
  readonly active: number
  readonly delayed: number
  readonly failed: number
  /** When the oldest job that waits was added. */
  readonly oldestAt?: Date
}

export interface FoundJob {
  readonly queue: string
  readonly id: string
  readonly key: string
  readonly state: 'active' | 'waiting' | 'delayed' | 'failed'
  readonly data: Readonly<Record<string, string | number>>
  readonly attempts: number
  readonly at: Date
  /** Why the last try failed. */
  readonly reason?: string
}

/** Opaque here: a BullMQ `Queue`. */
export type BoardQueue = object
