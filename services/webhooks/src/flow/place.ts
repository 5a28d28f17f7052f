import type { RetrySchedule } from '@newswire/model'
import type { WebhookLimits } from '../limits.js'
import { type Bucket, filled, fullBucket, givenBack, taken, waitMsOf } from './bucket.js'
import { afterFailure, type Circuit, closedCircuit, isOpen, restoredCircuit } from './circuit.js'
import type { Health } from './health.js'

/** What an endpoint's row asks for. */
export interface Rules {
  /** Whom the calls go to: scheme, name and port. */
  readonly host: string
  readonly ratePerSecond?: number | undefined
  /** Attempts at a time, withdrawals among them. */
  readonly concurrency?: number | undefined
}

export type PlaceLimits = Pick<
  WebhookLimits,
  'attemptsPerEndpointMax' | 'circuitFailuresMax' | 'endpointPauseMsMax'
>

export interface Taken<K> {
  readonly key: K
  readonly first: boolean
  readonly probe: boolean
}

interface End {
  readonly detached: boolean
  readonly health: Health
  readonly unused?: boolean
}

/** Asked for time and chance only where something failed: nearly nothing does. */
interface EndContext extends Pick<Rules, 'concurrency'> {
  /** Ms since 1970. */
  readonly now: () => number
  /** 0 to 1. */
  readonly chance: () => number
  readonly schedule: RetrySchedule
}

export type Ready =
  | { readonly kind: 'first' | 'others' | 'nothing' }
  | { readonly kind: 'later'; readonly inMs: number }

/** What waits at one endpoint, and what the endpoint can bear. */
export class Place<K> {
  readonly #limits: PlaceLimits
  /** Made for the first one: most endpoints never have any. */
  #first: Set<K> | undefined
  readonly #others = new Set<K>()
  /** Attempts in flight; those that went first are counted apart. */
  #flying = 0
  #flyingFirst = 0
  #detached = 0
  /** Attempts at a time that it has borne: one at first, twice as many after each quick success. */
  #pace = 1
  #circuit: Circuit = closedCircuit
  #bucket: Bucket | undefined

  constructor(limits: PlaceLimits) {
    this.#limits = limits
  }

  add(key: K, first: boolean): void {
    if (first) {
      this.#others.delete(key)
      this.#first ??= new Set()
      this.#first.add(key)
    } else if (!this.#first?.has(key)) {
      this.#others.add(key)
    }
  }

  /** Whether something may start, and what. `now`: ms since 1970. */
  ready(rules: Rules, now: () => number): Ready {
    const kind = this.#queueFor(rules)
    if (kind === undefined) return { kind: 'nothing' }
    const { until } = this.#circuit
    const circuitMs = until === 0 ? 0 : until - now()
    const bucketMs = this.#bucketMs(rules)
    const inMs = Math.max(circuitMs, bucketMs)
    return inMs > 0 ? { kind: 'later', inMs } : { kind }
  }

  /** The one that is next; undefined where none may start by the rules of now. */
  take(rules: Rules): Taken<K> | undefined {
    const kind = this.#queueFor(rules)
    const queue = kind === 'first' ? this.#first : this.#others
    const key = queue?.values().next().value
    if (kind === undefined || key === undefined || this.#bucketMs(rules) > 0) return undefined
    queue?.delete(key)
    if (this.#bucket) this.#bucket = taken(this.#bucket)
    const first = kind === 'first'
    if (first) this.#flyingFirst += 1
    else this.#flying += 1
    return { key, first, probe: isOpen(this.#circuit) }
  }

  detach(): void {
    this.#detached += 1
    this.#pace = 1
  }

  end(
    { first, probe }: Pick<Taken<K>, 'first' | 'probe'>,
    { detached, health, unused = false }: End,
    context: EndContext,
  ): void {
    if (first) this.#flyingFirst -= 1
    else this.#flying -= 1
    this.#detached -= detached ? 1 : 0
    const { attemptsPerEndpointMax, circuitFailuresMax, endpointPauseMsMax } = this.#limits
    if (unused && this.#bucket) this.#bucket = givenBack(this.#bucket)
    if (health === null) return
    if (health.ok) {
      this.#circuit = closedCircuit
      const paceMax = context.concurrency ?? attemptsPerEndpointMax
      this.#pace = detached ? 1 : Math.min(paceMax, this.#pace * 2)
      return
    }
    this.#pace = 1
    const pauseMs = Math.min(health.pauseMs, endpointPauseMsMax)
    const [now, chance] = [context.now(), context.chance()]
    const failure = { ...context, now, chance, probe, pauseMs, failuresMax: circuitFailuresMax }
    this.#circuit = afterFailure(this.#circuit, failure)
  }

  restore(failures: number): void {
    this.#circuit = restoredCircuit(failures, this.#limits.circuitFailuresMax)
  }

  forget(): void {
    this.#circuit = closedCircuit
    this.#bucket = undefined
  }

  /** A bucket is kept, or its endpoint would have a full one each time that it comes to rest. */
  isForgettable({ ratePerSecond }: Rules): boolean {
    const waiting = this.#waitingFirst() + this.#others.size + this.#flying + this.#flyingFirst
    if (waiting > 0 || this.#circuit !== closedCircuit) return false
    return ratePerSecond === undefined || this.#bucket === undefined
  }

  #waitingFirst(): number {
    return this.#first?.size ?? 0
  }

  #bucketMs({ ratePerSecond }: Rules): number {
    if (ratePerSecond === undefined) {
      this.#bucket = undefined
      return 0
    }
    const nowMs = performance.now()
    this.#bucket = this.#bucket
      ? filled(this.#bucket, ratePerSecond, nowMs)
      : fullBucket(ratePerSecond, nowMs)
    return waitMsOf(this.#bucket, ratePerSecond)
  }

  /** A withdrawal does not wait for what hangs, unless the endpoint's own limit says so. */
  #queueFor({ concurrency }: Rules): 'first' | 'others' | undefined {
    const all = this.#flying + this.#flyingFirst
    const allMax = isOpen(this.#circuit) ? 1 : (concurrency ?? Number.POSITIVE_INFINITY)
    if (all >= allMax) return undefined
    const isSlow = this.#circuit.failures > 0 || this.#detached > 0
    const pace = Math.min(this.#pace, concurrency ?? this.#limits.attemptsPerEndpointMax)
    const capacity = isSlow ? 1 : pace
    if (this.#waitingFirst() > 0 && this.#flyingFirst < capacity) return 'first'
    return this.#others.size > 0 && this.#flying < capacity ? 'others' : undefined
  }
}
