import type { RetrySchedule } from '@newswire/model'
import type { Health } from '../flow/health.js'
import { Place, type PlaceLimits, type Rules } from '../flow/place.js'
import type { Slots } from '../flow/slots.js'

/** A slot that was given to what waits at an endpoint. */
export interface Turn<K> {
  readonly endpoint: string
  readonly key: K
  /** It went before the others, and counts apart from them. */
  readonly first: boolean
  /** The circuit of the endpoint is open: this attempt tells whether it stays so. */
  readonly probe: boolean
  readonly host: string
}

export interface TurnsOptions {
  readonly limits: PlaceLimits
  readonly slots: Slots
  readonly schedule: RetrySchedule
  /** 0 to 1, for the jitter of the probes. */
  readonly chance: () => number
  /** Ms since 1970. */
  readonly now: () => number
  readonly rulesOf: (endpoint: string) => Rules
  /** Something that had to wait may have its turn. */
  readonly onReady: () => void
}

/**
 * Gives the slots to the endpoints in rotation, whatever each of them has waiting; those with a
 * withdrawal go before all others. Who waits for an instant (its rate, its circuit) or for its host
 * is out of the rotation until then.
 */
export class Turns<K> {
  readonly #options: TurnsOptions
  readonly #places = new Map<string, Place<K>>()
  /** Endpoints where something waits that may start, in the order of their turns. */
  readonly #urgent = new Set<string>()
  readonly #rotation = new Set<string>()
  /** Endpoints that wait for room at their host. */
  readonly #parked = new Map<string, Set<string>>()
  readonly #timers = new Map<string, NodeJS.Timeout>()
  #isStopped = false
  readonly #waiter = {
    onSlot: () => this.#options.onReady(),
    onHost: (host: string) => this.#unpark(host),
  }

  constructor(options: TurnsOptions) {
    this.#options = options
  }

  /** `first`: before all that waits at the endpoint. The same again changes nothing. */
  add(endpoint: string, key: K, { first = false } = {}): void {
    const place = this.#placeOf(endpoint)
    place.add(key, first)
    this.#settle(endpoint, place)
  }

  /** Takes a slot; undefined where nothing may start. */
  next(): Turn<K> | undefined {
    return this.#nextOf(this.#urgent, true) ?? this.#nextOf(this.#rotation, false)
  }

  /** The attempt takes long: it gives its slot back. False where too many have done so. */
  detach({ endpoint }: Turn<K>): boolean {
    const place = this.#places.get(endpoint)
    if (!place || !this.#options.slots.detach()) return false
    place.detach()
    this.#settle(endpoint, place)
    return true
  }

  /** The attempt has ended. `unused`: none was made. */
  end(
    turn: Turn<K>,
    how: { readonly detached: boolean; readonly health: Health; readonly unused?: boolean },
  ): void {
    const { endpoint, host } = turn
    const { slots, now, chance, schedule } = this.#options
    slots.release(host, how)
    const place = this.#placeOf(endpoint)
    const rules = this.#options.rulesOf(endpoint)
    const { concurrency } = rules
    place.end(turn, how, { concurrency, now, chance, schedule })
    this.#settle(endpoint, place, rules)
  }

  /** As the ledger left it: failures since the last success. */
  restore(endpoint: string, failures: number): void {
    this.#placeOf(endpoint).restore(failures)
  }

  /** The endpoint takes no calls any more: what was learnt of it goes with it. */
  forget(endpoint: string): void {
    const place = this.#places.get(endpoint)
    if (!place) return
    place.forget()
    this.#settle(endpoint, place)
  }

  /** Looks at all that wait for an instant or for their host: the clock may have been set. */
  wake(): void {
    for (const endpoint of [...this.#timers.keys()]) this.#resettle(endpoint)
    const parked = [...this.#parked.values()].flatMap((endpoints) => [...endpoints])
    this.#parked.clear()
    for (const endpoint of parked) this.#resettle(endpoint)
  }

  stop(): void {
    this.#isStopped = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    this.#options.slots.forget(this.#waiter)
  }

  #nextOf(endpoints: Set<string>, first: boolean): Turn<K> | undefined {
    const { slots } = this.#options
    for (const endpoint of endpoints) {
      const rules = this.#options.rulesOf(endpoint)
      const answer = slots.take(rules.host, { first })
      if (answer === 'taken') return this.#take(endpoint, rules)
      if (answer === 'full') {
        slots.wait(this.#waiter, { first })
        return undefined
      }
      this.#park(endpoint, rules.host)
    }
    return undefined
  }

  #take(endpoint: string, rules: Rules): Turn<K> | undefined {
    const { host } = rules
    const place = this.#placeOf(endpoint)
    const taken = place.take(rules)
    // To the end of the rotation, if it goes on at all.
    this.#urgent.delete(endpoint)
    this.#rotation.delete(endpoint)
    this.#settle(endpoint, place, rules)
    if (taken) return { endpoint, host, key: taken.key, first: taken.first, probe: taken.probe }
    // Its rules have become stricter since it came into the rotation.
    this.#options.slots.release(host, { detached: false })
    return this.next()
  }

  #placeOf(endpoint: string): Place<K> {
    const standing = this.#places.get(endpoint)
    if (standing) return standing
    const place = new Place<K>(this.#options.limits)
    this.#places.set(endpoint, place)
    return place
  }

  /** Where the endpoint belongs now. */
  #settle(endpoint: string, place: Place<K>, rules = this.#options.rulesOf(endpoint)): void {
    const ready = place.ready(rules, this.#options.now)
    this.#stay(endpoint, this.#urgent, ready.kind === 'first')
    // Who waits for room at its host is woken by it; a withdrawal may have room all the same.
    const isParked = this.#parked.get(rules.host)?.has(endpoint) === true
    this.#stay(endpoint, this.#rotation, ready.kind === 'others' && !isParked)
    this.#wakeAt(endpoint, ready.kind === 'later' ? ready.inMs : undefined)
    if (place.isForgettable(rules)) this.#places.delete(endpoint)
  }

  #stay(endpoint: string, among: Set<string>, isIn: boolean): void {
    if (isIn) among.add(endpoint)
    else among.delete(endpoint)
  }

  #wakeAt(endpoint: string, inMs: number | undefined): void {
    if (this.#timers.size > 0) {
      clearTimeout(this.#timers.get(endpoint))
      this.#timers.delete(endpoint)
    }
    if (inMs === undefined || this.#isStopped) return
    const wake = () => {
      this.#resettle(endpoint)
      // A timer may come a little early: then it is set anew.
      if (this.#urgent.has(endpoint) || this.#rotation.has(endpoint)) this.#options.onReady()
    }
    this.#timers.set(endpoint, setTimeout(wake, Math.ceil(inMs)))
  }

  #resettle(endpoint: string): void {
    const place = this.#places.get(endpoint)
    if (place) this.#settle(endpoint, place)
    else this.#wakeAt(endpoint, undefined)
  }

  #park(endpoint: string, host: string): void {
    this.#urgent.delete(endpoint)
    this.#rotation.delete(endpoint)
    const parked = this.#parked.get(host) ?? new Set()
    this.#parked.set(host, parked.add(endpoint))
    this.#options.slots.waitForHost(host, this.#waiter)
  }

  /** One of them that may start: there is room for one. */
  #unpark(host: string): void {
    const parked = this.#parked.get(host) ?? new Set()
    for (const endpoint of parked) {
      parked.delete(endpoint)
      this.#resettle(endpoint)
      if (this.#urgent.has(endpoint) || this.#rotation.has(endpoint)) break
    }
    if (parked.size === 0) this.#parked.delete(host)
    else this.#options.slots.waitForHost(host, this.#waiter)
    this.#options.onReady()
  }
}
