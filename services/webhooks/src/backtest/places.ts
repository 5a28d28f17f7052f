import { Problem } from '@newswire/http'
import type { BacktestLimits } from './limits.js'

type PlaceLimits = Pick<BacktestLimits, 'runningPerCallerMax' | 'runningMax' | 'retryAfterSeconds'>

/** So many back-tests may run at a time: of one caller, and in all. */
export class Places {
  readonly #limits: PlaceLimits
  readonly #byCaller = new Map<string, number>()
  #running = 0

  constructor(limits: PlaceLimits) {
    this.#limits = limits
  }

  /** Runs it in a place. 429 where the caller has his already, 503 where all are taken. */
  async within<T>(caller: string, run: () => Promise<T>): Promise<T> {
    const own = this.#byCaller.get(caller) ?? 0
    if (own >= this.#limits.runningPerCallerMax) throw this.#refusal(429)
    if (this.#running >= this.#limits.runningMax) throw this.#refusal(503)
    this.#running += 1
    this.#byCaller.set(caller, own + 1)
    try {
      return await run()
    } finally {
      this.#running -= 1
      const left = (this.#byCaller.get(caller) ?? 1) - 1
      if (left > 0) this.#byCaller.set(caller, left)
      else this.#byCaller.delete(caller)
    }
  }

  #refusal(status: 429 | 503): Problem {
    const { retryAfterSeconds } = this.#limits
    const again = `Try again in ${retryAfterSeconds} seconds.`
    return new Problem({
      status,
      slug: 'backtests-running',
      title: 'Too many back-tests run at the moment',
      detail:
        status === 429
          ? `A back-test of yours is running: wait for its answer. ${again}`
          : `Others have taken all places. ${again}`,
      headers: { 'retry-after': String(retryAfterSeconds) },
    })
  }
}
