import type { WebhookLimits } from '../limits.js'

/** A slot that was given to what waits at an endpoint. */
export interface Turn<K> {
  readonly endpoint: string
  readonly key: K
  /** It went before the others, and counts apart from them. */
  readonly first: boolean
}

interface Place<K> {
  readonly first: Set<K>
  readonly others: Set<K>
  /** Attempts in flight; those that went first are counted apart. */
  flying: number
  flyingFirst: number
  detached: number
  /** The last attempt failed. */
  failing: boolean
}

type TurnLimits = Pick<
  WebhookLimits,
  'attemptsInFlightMax' | 'detachedMax' | 'attemptsPerEndpointMax'
>

/**
 * Gives the slots to the endpoints in rotation, whatever each of them has waiting. An endpoint that
 * is slow or fails gets one attempt at a time, so that it holds little of what the others need.
 */
export class Turns<K> {
  readonly #limits: TurnLimits
  readonly #places = new Map<string, Place<K>>()
  /** Endpoints where something waits that may start, in the order of their turns. */
  readonly #rotation = new Set<string>()
  #attached = 0
  #detached = 0

  constructor(limits: TurnLimits) {
    this.#limits = limits
  }

  /** `first`: before all that waits at the endpoint. The same again changes nothing. */
  add(endpoint: string, key: K, { first = false } = {}): void {
    const place = this.#placeOf(endpoint)
    if (first) {
      place.others.delete(key)
      place.first.add(key)
    } else if (!place.first.has(key)) {
      place.others.add(key)
    }
    this.#settle(endpoint, place)
  }

  /** Takes a slot; undefined where nothing may start. */
  next(): Turn<K> | undefined {
    if (this.#attached >= this.#limits.attemptsInFlightMax) return undefined
    const [endpoint = ''] = this.#rotation
    const place = this.#places.get(endpoint)
    const queue = place && this.#queueOf(place)
    const [key] = queue ?? []
    if (!place || !queue || key === undefined) return undefined
    const first = queue === place.first
    queue.delete(key)
    this.#attached += 1
    if (first) place.flyingFirst += 1
    else place.flying += 1
    // To the end of the rotation, if it goes on at all.
    this.#rotation.delete(endpoint)
    this.#settle(endpoint, place)
    return { endpoint, key, first }
  }

  /** The attempt takes long: it gives its slot back. False where too many have done so. */
  detach({ endpoint }: Turn<K>): boolean {
    const place = this.#places.get(endpoint)
    if (!place || this.#detached >= this.#limits.detachedMax) return false
    this.#attached -= 1
    this.#detached += 1
    place.detached += 1
    this.#settle(endpoint, place)
    return true
  }

  /** The attempt has ended; `failed` is left out where nothing was learnt of the endpoint. */
  end({ endpoint, first }: Turn<K>, how: { detached: boolean; failed?: boolean }): void {
    const place = this.#placeOf(endpoint)
    if (how.detached) this.#detached -= 1
    else this.#attached -= 1
    if (first) place.flyingFirst -= 1
    else place.flying -= 1
    place.detached -= how.detached ? 1 : 0
    place.failing = how.failed ?? place.failing
    this.#settle(endpoint, place)
  }

  #placeOf(endpoint: string): Place<K> {
    const standing = this.#places.get(endpoint)
    if (standing) return standing
    const counts = { flying: 0, flyingFirst: 0, detached: 0, failing: false }
    const place: Place<K> = { first: new Set(), others: new Set(), ...counts }
    this.#places.set(endpoint, place)
    return place
  }

  #settle(endpoint: string, place: Place<K>): void {
    if (this.#queueOf(place)) this.#rotation.add(endpoint)
    else this.#rotation.delete(endpoint)
    const isIdle = place.first.size + place.others.size + place.flying + place.flyingFirst === 0
    if (isIdle && !place.failing) this.#places.delete(endpoint)
  }

  /** What may start now. A withdrawal does not wait for what hangs. */
  #queueOf(place: Place<K>): Set<K> | undefined {
    const isSlow = place.failing || place.detached > 0
    const capacity = isSlow ? 1 : this.#limits.attemptsPerEndpointMax
    if (place.first.size > 0 && place.flyingFirst < capacity) return place.first
    return place.others.size > 0 && place.flying < capacity ? place.others : undefined
  }
}
