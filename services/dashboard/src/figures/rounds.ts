export interface RoundsOptions {
  readonly everyMs: number
  /** Between the begins of two rounds, however often one is asked for. */
  readonly gapMs: number
  readonly act: () => Promise<void>
  readonly onFault: (error: unknown) => void
}

/** Something done again and again, one round at a time: each in its time, or sooner when asked. */
export class Rounds {
  readonly #options: RoundsOptions
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  /** Of the last round; before the first one, the start. */
  #beganAt = 0
  #isWanted = false
  #isOn = false

  constructor(options: RoundsOptions) {
    this.#options = options
  }

  start(): void {
    this.#isOn = true
    this.#beganAt = performance.now()
    this.#plan(this.#options.everyMs)
  }

  async stop(): Promise<void> {
    this.#isOn = false
    clearTimeout(this.#timer)
    await this.#running
  }

  /** A round that begins after this moment. */
  soon(): void {
    if (this.#running === undefined) this.#plan(this.#options.gapMs)
    else this.#isWanted = true
  }

  /** So long after the begin of the last one. */
  #plan(ms: number): void {
    if (!this.#isOn) return
    clearTimeout(this.#timer)
    const left = this.#beganAt + ms - performance.now()
    this.#timer = setTimeout(() => this.#go(), Math.max(0, left))
  }

  #go(): void {
    const { act, onFault, everyMs, gapMs } = this.#options
    this.#beganAt = performance.now()
    this.#isWanted = false
    this.#running = act()
      .catch(onFault)
      .finally(() => {
        this.#running = undefined
        this.#plan(this.#isWanted ? gapMs : everyMs)
      })
  }
}
