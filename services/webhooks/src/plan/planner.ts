import { setImmediate as breath } from 'node:timers/promises'
import type { Bus, Delivered, Stored } from '@newswire/bus'
import { isErased, type Plan, revisionOf, type TaggedItem, trace } from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import type { Bodies } from '../deliver/bodies.js'
import type { Sender } from '../deliver/sender.js'
import type { Ledger } from '../ledger/ledger.js'
import type { WebhookLimits } from '../limits.js'
import type { Directory } from '../registry/directory.js'
import { type Again, chooseAgain } from '../replay/again.js'
import { broughtBy } from './brought-by.js'
import { choose } from './choose.js'
import { type Dispatch, dispatchesOf } from './dispatch.js'
import type { Receivers, Standing } from './receivers.js'

export interface PlannerOptions {
  readonly bus: Pick<Bus, 'latest' | 'eraseAnswers'>
  readonly shard: number
  readonly directory: Directory
  readonly ledger: Ledger
  readonly receivers: Receivers
  readonly sender: Sender
  readonly bodies: Bodies
  readonly clock: Clock
  readonly log: Log
  readonly limits: Pick<WebhookLimits, 'deliveriesPerPlanMax'>
  readonly itemSequence: number
  /** The last sequence of each endpoint. */
  readonly sequences: Map<string, number>
  readonly isHeld: () => boolean
  /** This owner's memory and the facts have come apart: the shard must be taken anew. */
  readonly onLost: (error: Error) => void
  /** After each plan. */
  readonly onPlanned: () => void
}

/**
 * item.tagged → plan, for one shard, one item at a time in stream order. Does not wait for sending.
 */
export class Planner {
  readonly #options: PlannerOptions
  #itemSequence: number
  /** No plan before it is open, while one is written and its receivers are noted. */
  #unnoted: number | undefined
  /** A plan may stand whose receivers are not noted: what comes next would not see them. */
  #isLost = false
  /** One plan at a time, fresh or again. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: PlannerOptions) {
    this.#options = options
    this.#itemSequence = options.itemSequence
  }

  /** The newest item that was planned or passed by. */
  get itemSequence(): number {
    return this.#itemSequence
  }

  /** Up to here in the ledger all receivers are noted. */
  get notedUpTo(): number {
    return this.#unnoted === undefined ? this.#options.ledger.last() : this.#unnoted - 1
  }

  handle(fact: Delivered<TaggedItem>): Promise<void> {
    return this.#inTurn(() => this.#handle(fact))
  }

  /**
   * Plans the newest version of an item once more for one endpoint. Where its lane stands, or where
   * anything was planned since the wish, nothing is written: doing this twice plans once.
   */
  again(wish: Again): Promise<'planned' | 'waiting' | 'passed'> {
    return this.#inTurn(() => this.#again(wish))
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(() => {
      if (!this.#options.isHeld()) throw new Error('The lease of the shard is not surely held.')
      // A withdrawal that is acknowledged here reaches nobody: who has the item is not noted yet.
      if (this.#isLost) throw new Error('The shard is about to be taken anew.')
      return act()
    })
    this.#turn = result.catch(() => undefined)
    return result
  }

  async #again(wish: Again): Promise<'planned' | 'waiting' | 'passed'> {
    const { bus, sender, receivers, ledger, bodies, directory, sequences, onPlanned } =
      this.#options
    const { missed } = wish
    const keys = { wire: missed.wire, id: missed.item }
    // Lanes are made in turn only: where none stands now, none stands when the plan is written.
    if (sender.hurry(wish.endpoint, missed.item)) return 'waiting'
    await ledger.flushLane(wish.endpoint, missed.item)
    const [newest, standing] = await Promise.all([
      bus.latest('item.tagged', keys),
      receivers.of(keys),
    ])
    const row = directory.get(wish.endpoint)?.row
    const last = sequences.get(wish.endpoint) ?? 0
    const delivery =
      newest && row && chooseAgain({ missed, item: newest.value, standing, row, last })
    if (!delivery) return 'passed'
    if (newest.value.status === 'canceled') bodies.forget(missed.item)
    const plan = this.#planOf(newest.value, newest.sequence, [delivery])
    await this.#write({ ...plan, replay: wish.replay }, standing)
    bodies.remember(newest.sequence, newest.value, newest.storedAt)
    sender.pump()
    onPlanned()
    return 'planned'
  }

  async #handle(fact: Delivered<TaggedItem>): Promise<void> {
    const { value: item, sequence, deliveries } = fact
    // Only what comes for the first time comes in stream order.
    const isInOrder = deliveries === 1 && sequence > this.#itemSequence
    const shown = isInOrder ? fact : await this.#newestTagging(fact)
    if (shown === undefined) {
      return this.#options.log.debug(trace(item, this.#options.clock.now()), 'item superseded')
    }
    const isFirst = isInOrder && item.version === 1 && item.tagging === 1
    const standing = isFirst ? undefined : await this.#options.receivers.of(item)
    await this.#plan(item, shown, standing)
    if (isErased(item)) await this.#eraseAnswers(item.id)
    this.#itemSequence = Math.max(this.#itemSequence, sequence)
  }

  /**
   * What is sent where a fact comes again: the newest tagging of its version. None where a newer
   * version stands: that is planned in its own turn, and this one must not come after it.
   */
  async #newestTagging(fact: Delivered<TaggedItem>): Promise<Stored<TaggedItem> | undefined> {
    const newest = await this.#options.bus.latest('item.tagged', fact.value)
    if (newest === undefined || newest.sequence <= fact.sequence) return fact
    return newest.value.version > fact.value.version ? undefined : newest
  }

  async #plan(
    told: TaggedItem,
    { value: item, sequence, storedAt }: Stored<TaggedItem>,
    before: Standing | undefined,
  ): Promise<void> {
    const { bodies, sender, log, clock, limits, onPlanned } = this.#options
    if (item.status !== 'usable') bodies.forget(item.id)
    const deliveries = this.#choose(told, item, sequence, before)
    if (deliveries.length === 0) return
    let standing = before
    for (let at = 0; at < deliveries.length; at += limits.deliveriesPerPlanMax) {
      const part = deliveries.slice(at, at + limits.deliveriesPerPlanMax)
      standing = await this.#write(this.#planOf(item, sequence, part), standing)
    }
    bodies.remember(sequence, item, storedAt)
    sender.pump()
    const now = clock.now()
    log.info({ ...trace(item, now), deliveries: deliveries.length }, 'item planned')
    onPlanned()
  }

  /**
   * What was answered to a text may have been on its way to the ledger while the item was erased.
   * Its attempts are broken off by now: nothing more is answered to it.
   */
  async #eraseAnswers(item: string): Promise<void> {
    // An attempt that has just ended hands in its outcome first.
    await breath()
    await this.#options.ledger.flush()
    await this.#options.bus.eraseAnswers({ item })
  }

  #choose(told: TaggedItem, item: TaggedItem, sequence: number, standing: Standing | undefined) {
    const { directory, shard, sequences, sender, clock } = this.#options
    return choose({
      told,
      item,
      sequence,
      matched: broughtBy(directory.matcher(shard), told, item),
      receivers: standing?.value,
      endpointOf: (id) => directory.in(shard, id),
      knows: (id) => sender.knows(id, item.id),
      lastOf: (id) => sequences.get(id),
      now: clock.now(),
    })
  }

  #planOf(item: TaggedItem, sequence: number, deliveries: Plan['deliveries']): Plan {
    const { id, wire, version, status } = item
    return {
      type: 'plan',
      shard: this.#options.shard,
      item: { id, wire, version, revision: revisionOf(item), status, sequence },
      at: this.#options.clock.now().toISOString(),
      deliveries,
    }
  }

  /** Plan, then receivers, then lanes: from each point on, what follows can be made again. */
  async #write(plan: Plan, standing: Standing | undefined): Promise<Standing> {
    const { ledger, receivers, sender, sequences, onLost } = this.#options
    // From before the write on: a checkpoint taken in between must not say that the plan is noted.
    this.#unnoted = ledger.last() + 1
    const planSequence = await ledger.plan(plan).catch((error: unknown) => {
      this.#isLost = true
      throw error
    })
    const dispatches: readonly Dispatch[] = dispatchesOf(plan, planSequence)
    for (const { endpoint, sequence } of dispatches) sequences.set(endpoint, sequence)
    try {
      const noted = await receivers.add(plan.item, dispatches, standing)
      this.#unnoted = undefined
      sender.plan(dispatches)
      return noted
    } catch (error) {
      this.#isLost = true
      onLost(error instanceof Error ? error : new Error(String(error)))
      throw error
    }
  }
}
