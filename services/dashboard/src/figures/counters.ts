import type { Arrival, Bus, Subscription } from '@newswire/bus'
import type { Attempt, FactName, Plan } from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import { DeliveryTally } from './delivery-tally.js'
import { follow } from './follow.js'
import { dayMs, minuteMs, watchLimits } from './limits.js'
import { Rhythms } from './rhythm.js'
import { Tally } from './tally.js'

/** Whole minutes before the start that are counted too. */
const minutesBefore = 3

export interface CountersOptions {
  readonly bus: Pick<Bus, 'arrivals' | 'positionAt' | 'replay' | 'streams'>
  readonly clock: Clock
  readonly log: Log
  readonly onAttempt: (attempt: Attempt, at: Date) => void
  readonly onPlan: (plan: Plan) => void
}

/**
 * What passes each stage, counted from the streams alone: so every process that counts comes to
 * the same figures, and a restart loses none.
 */
export class Counters {
  readonly tally = new Tally()
  readonly deliveries = new DeliveryTally()
  readonly rhythms = new Rhythms()
  /** Counts are whole from this instant on. */
  from = new Date(0)
  readonly #options: CountersOptions
  readonly #running: Subscription[] = []

  constructor(options: CountersOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const now = this.#options.clock.now().getTime()
    this.from = new Date(Math.ceil(now / minuteMs - minutesBefore) * minuteMs)
    const back = new Date(now - watchLimits.rhythmDays * dayMs)
    await this.#count(
      'item.raw',
      back,
      (arrival) => this.#raw(arrival),
      () => {
        this.rhythms.isRead = true
      },
    )
    await this.#count('item.normalized', this.from, ({ storedAt }) =>
      this.tally.add('items', storedAt),
    )
    await this.#count('item.tagged', this.from, ({ storedAt }) =>
      this.tally.add('tagged', storedAt),
    )
    await this.#count('dead', this.from, ({ subject, storedAt }) =>
      this.tally.add(`dead:${stageOf(subject)}`, storedAt),
    )
    await this.#followDeliveries(new Date(now - watchLimits.deliveryWindowMs))
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((each) => each.stop()))
  }

  async #count(
    fact: FactName,
    from: Date,
    onArrival: (arrival: Arrival) => void,
    onCaughtUp?: () => void,
  ): Promise<void> {
    const { bus } = this.#options
    const after = await bus.positionAt(fact, from)
    const done = onCaughtUp === undefined ? {} : { onCaughtUp }
    this.#running.push(await bus.arrivals({ fact, after, onArrival, ...done }))
  }

  #raw({ subject, storedAt }: Arrival): void {
    this.rhythms.add(subject.slice('item.raw.'.length), storedAt)
    if (storedAt >= this.from) this.tally.add('raw', storedAt)
  }

  async #followDeliveries(from: Date): Promise<void> {
    const { bus, log, onAttempt, onPlan } = this.#options
    const after = await bus.positionAt('delivery', from)
    const running = await follow({
      ...({ bus, log, fact: 'delivery', after } as const),
      onFact: ({ value }) => {
        const isLive = Date.parse(value.at) > this.from.getTime()
        if (isLive && value.type === 'plan') onPlan(value)
        for (const attempt of this.deliveries.take(value)) {
          if (isLive) onAttempt(attempt, new Date(value.at))
        }
      },
    })
    this.#running.push(running)
  }
}

/** `dead.<stage>.<sequence>`; the stages of shards are one. */
function stageOf(subject: string): string {
  const stage = subject.split('.')[1] ?? ''
  return stage.startsWith('webhooks') ? 'webhooks' : stage
}
