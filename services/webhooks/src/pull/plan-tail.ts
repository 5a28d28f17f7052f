import type { Bus, Subscription } from '@newswire/bus'
import type { Log } from '@newswire/runtime'
import { aborted } from '../pause.js'

export interface PlanTailOptions {
  readonly bus: Pick<Bus, 'replay' | 'streams'>
  readonly log: Log
}

/** Waits for an endpoint's next plan. */
export interface Waiter {
  /** Resolves when something was planned since `listen`, or the signal comes. */
  planned(signal: AbortSignal): Promise<void>
  end(): void
}

/**
 * Follows the end of the ledger and wakes whoever waits for an endpoint. It begins with the first
 * who waits, and wakes all of them when it breaks off: they look, and make it begin again.
 */
export class PlanTail {
  readonly #options: PlanTailOptions
  readonly #waiting = new Map<string, Set<AbortController>>()
  #isEnded = false
  #running: Promise<Subscription> | undefined
  #count = 0

  constructor(options: PlanTailOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#count
  }

  countAt(endpoint: string): number {
    return this.#waiting.get(endpoint)?.size ?? 0
  }

  /** Nobody is to wait any more. */
  get isEnded(): boolean {
    return this.#isEnded
  }

  /**
   * From here on no plan is missed. It has its place at once: many may come together while the end
   * of the ledger is still looked for.
   */
  async listen(endpoint: string): Promise<Waiter> {
    const wake = new AbortController()
    const group = this.#waiting.get(endpoint) ?? new Set()
    this.#waiting.set(endpoint, group.add(wake))
    this.#count += 1
    const end = () => {
      if (!group.delete(wake)) return
      this.#count -= 1
      if (group.size === 0 && this.#waiting.get(endpoint) === group) this.#waiting.delete(endpoint)
    }
    try {
      this.#running ??= this.#follow()
      await this.#running
    } catch (error) {
      end()
      throw error
    }
    if (this.#isEnded) wake.abort()
    return { planned: (signal) => aborted(AbortSignal.any([wake.signal, signal])), end }
  }

  async stop(): Promise<void> {
    const running = this.#running
    this.#isEnded = true
    this.#wakeAll()
    const subscription = await running?.catch(() => undefined)
    await subscription?.stop()
  }

  async #follow(): Promise<Subscription> {
    try {
      const streams = await this.#options.bus.streams()
      const ledger = streams.find(({ stream }) => stream === 'DELIVERIES')
      return await this.#options.bus.replay({
        fact: 'delivery',
        after: ledger?.lastSequence ?? 0,
        handle: async (facts) => {
          for (const { value } of facts) {
            if (value.type !== 'plan') continue
            for (const { endpoint } of value.deliveries) this.#wake(endpoint)
          }
        },
        onEnd: (error) => {
          this.#options.log.warn({ err: error }, 'pulls follow the ledger anew')
          this.#running = undefined
          this.#wakeAll()
        },
      })
    } catch (error) {
      this.#running = undefined
      throw error
    }
  }

  #wake(endpoint: string): void {
    for (const waiter of this.#waiting.get(endpoint) ?? []) waiter.abort()
  }

  #wakeAll(): void {
    for (const endpoint of this.#waiting.keys()) this.#wake(endpoint)
  }
}
