import type { WebhookLimits } from '../limits.js'

/** A shard that has something waiting for a slot. */
export interface SlotWaiter {
  /** There may be room. */
  onSlot(): void
  /** There may be room at this host. */
  onHost(host: string): void
}

export type SlotAnswer = 'taken' | 'full' | 'host full'

export type SlotLimits = Pick<
  WebhookLimits,
  | 'attemptsInFlightMax'
  | 'detachedMax'
  | 'attemptsPerHostMax'
  | 'withdrawalSlots'
  | 'withdrawalSlotsPerHost'
>

const settled = Promise.resolve()

/**
 * What the shards of a process share: slots for attempts in flight, and how many of them are at one
 * host. Slots that come free go round the shards that wait. Withdrawals have some to themselves.
 */
export class Slots {
  readonly #limits: SlotLimits
  readonly #waiters = { first: new Set<SlotWaiter>(), others: new Set<SlotWaiter>() }
  readonly #hostWaiters = new Map<string, Set<SlotWaiter>>()
  /** Attempts in flight by host, detached ones too. */
  readonly #atHost = new Map<string, number>()
  readonly #freed = new Set<string>()
  #attached = 0
  #detached = 0
  #isWaking = false

  constructor(limits: SlotLimits) {
    this.#limits = limits
  }

  /** `first`: a withdrawal. */
  take(host: string, { first }: { readonly first: boolean }): SlotAnswer {
    if (this.#isFull(first)) return 'full'
    if (!this.#hasRoom(host, first)) return 'host full'
    this.#attached += 1
    this.#atHost.set(host, (this.#atHost.get(host) ?? 0) + 1)
    return 'taken'
  }

  /** The attempt gives its slot back and goes on. False where too many have done so. */
  detach(): boolean {
    if (this.#detached >= this.#limits.detachedMax) return false
    this.#attached -= 1
    this.#detached += 1
    this.#wakeSoon()
    return true
  }

  /** The attempt has ended. */
  release(host: string, { detached }: { readonly detached: boolean }): void {
    if (detached) this.#detached -= 1
    else this.#attached -= 1
    const left = (this.#atHost.get(host) ?? 0) - 1
    if (left > 0) this.#atHost.set(host, left)
    else this.#atHost.delete(host)
    if (this.#hostWaiters.has(host)) this.#freed.add(host)
    this.#wakeSoon()
  }

  /** Calls `onSlot` once when there may be room. */
  wait(waiter: SlotWaiter, { first }: { readonly first: boolean }): void {
    this.#waiters[first ? 'first' : 'others'].add(waiter)
  }

  /** Calls `onHost` once when there may be room at the host. */
  waitForHost(host: string, waiter: SlotWaiter): void {
    const waiters = this.#hostWaiters.get(host) ?? new Set()
    this.#hostWaiters.set(host, waiters.add(waiter))
  }

  forget(waiter: SlotWaiter): void {
    this.#waiters.first.delete(waiter)
    this.#waiters.others.delete(waiter)
    for (const [host, waiters] of this.#hostWaiters) {
      if (waiters.delete(waiter) && waiters.size === 0) this.#hostWaiters.delete(host)
    }
  }

  #isFull(first: boolean): boolean {
    const { attemptsInFlightMax, withdrawalSlots } = this.#limits
    return this.#attached >= attemptsInFlightMax + (first ? withdrawalSlots : 0)
  }

  #hasRoom(host: string, first: boolean): boolean {
    const { attemptsPerHostMax, withdrawalSlotsPerHost } = this.#limits
    const max = attemptsPerHostMax - (first ? 0 : withdrawalSlotsPerHost)
    return (this.#atHost.get(host) ?? 0) < max
  }

  /** Not at once: who gives a slot back may be in the middle of taking others. */
  #wakeSoon(): void {
    const { first, others } = this.#waiters
    if (this.#isWaking || first.size + others.size + this.#freed.size === 0) return
    this.#isWaking = true
    // Not queueMicrotask: it makes an AsyncResource each time.
    void settled.then(this.#wakeAll)
  }

  readonly #wakeAll = () => {
    this.#isWaking = false
    this.#wakeHosts()
    this.#wake(true)
    this.#wake(false)
  }

  /** One after the other: whoever is woken may have no use for the room, then the next one is. */
  #wakeHosts(): void {
    const freed = [...this.#freed]
    this.#freed.clear()
    for (const host of freed) {
      for (const waiter of [...(this.#hostWaiters.get(host) ?? [])]) {
        if (!this.#hasRoom(host, true)) break
        this.#forgetHost(host, waiter)
        waiter.onHost(host)
      }
    }
  }

  #forgetHost(host: string, waiter: SlotWaiter): void {
    const waiters = this.#hostWaiters.get(host)
    waiters?.delete(waiter)
    if (waiters?.size === 0) this.#hostWaiters.delete(host)
  }

  #wake(first: boolean): void {
    const waiters = this.#waiters[first ? 'first' : 'others']
    for (const waiter of [...waiters]) {
      if (this.#isFull(first)) return
      waiters.delete(waiter)
      waiter.onSlot()
    }
  }
}
