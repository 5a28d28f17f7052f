/** A part of the house that works until it is stopped. */
export interface Worker {
  readonly name: string
  /** Resolves once it works. `fail` is for our own broken state: it ends the process loudly. */
  start(life: { fail: (error: Error) => void }): Promise<RunningWorker>
}

export interface RunningWorker {
  /** Takes no more work, waits for what runs, and lets go of everything. */
  stop(): Promise<void>
}

/** Time as an argument. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
