const secondMs = 1_000

/** Every limit of back-tests, by name. */
export interface BacktestLimits {
  readonly daysMax: number
  /** Item versions that one back-test looks at: the newest ones, where there are more. */
  readonly factsMax: number
  /** Afterwards it answers with what it has. */
  readonly timeMsMax: number
  readonly newestMax: number
  /** Back-tests that run at a time: of one caller, and in all. */
  readonly runningPerCallerMax: number
  readonly runningMax: number
  readonly retryAfterSeconds: number
  /** Versions that are matched before other work of the process gets its turn. */
  readonly batchMax: number
}

export const backtestLimits: BacktestLimits = {
  daysMax: 30,
  factsMax: 250_000,
  timeMsMax: 20 * secondMs,
  newestMax: 20,
  runningPerCallerMax: 1,
  runningMax: 3,
  retryAfterSeconds: 5,
  batchMax: 100,
}
