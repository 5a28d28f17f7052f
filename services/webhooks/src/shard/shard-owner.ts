import { randomBytes } from 'node:crypto'
import type { Bus, Register, Subscription } from '@newswire/bus'
import type { Jobs } from '@newswire/jobs'
import type { LaneGate, RetrySchedule } from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import { createAttempt } from '../deliver/attempt.js'
import { Bodies } from '../deliver/bodies.js'
import type { Caller } from '../deliver/call.js'
import { Looks } from '../deliver/looks.js'
import { Sender } from '../deliver/sender.js'
import { type Checkpoint, checkpointKey } from '../ledger/checkpoint.js'
import { Ledger } from '../ledger/ledger.js'
import { type Recovered, type RestoredLane, recover } from '../ledger/recovery.js'
import type { WebhookLimits } from '../limits.js'
import { Planner } from '../plan/planner.js'
import { Receivers } from '../plan/receivers.js'
import type { Directory } from '../registry/directory.js'
import { changeRow, Verifier } from '../registry/verifier.js'
import type { WebhookRow } from '../registry/webhook-row.js'
import type { Lease } from './lease.js'
import type { ShardMeter } from './meter.js'

export interface ShardOwnerOptions {
  readonly bus: Bus
  readonly jobs: Jobs
  readonly call: Caller
  readonly endpoints: Register<WebhookRow>
  readonly checkpoints: Register<Checkpoint>
  readonly directory: Directory
  readonly lease: Lease
  readonly shard: number
  readonly clock: Clock
  readonly chance: () => number
  readonly schedule: RetrySchedule
  readonly limits: WebhookLimits
  readonly log: Log
  readonly meter: ShardMeter
  /** Memory and facts have come apart, or the chain is another's: the shard must be taken anew. */
  readonly onLost: (error: Error) => void
}

/** A shard that is owned: made from its facts at the start, and let go with `stop`. */
export class ShardOwner {
  readonly #options: ShardOwnerOptions
  readonly #ledger: Ledger
  readonly #sender: Sender
  readonly #verifier: Verifier
  readonly #looks: Looks
  readonly #planner: Planner
  readonly #receivers: Receivers
  readonly #recovered: Recovered
  readonly #timers: NodeJS.Timeout[] = []
  #subscription: Subscription | undefined
  #unlisten: () => void = () => undefined
  #plans = 0
  #checkpointing: Promise<void> = Promise.resolve()

  /** The lease must be ours. Resolves once the shard is worked. */
  static async start(options: ShardOwnerOptions): Promise<ShardOwner> {
    const { bus, shard, directory, checkpoints } = options
    await directory.catchUp()
    const checkpoint = await checkpoints.get(checkpointKey(shard))
    const recovered = await recover({ bus, shard, checkpoint: checkpoint?.value })
    const owner = new ShardOwner(options, recovered)
    try {
      await owner.#start()
    } catch (error) {
      await owner.stop({ isLost: true })
      throw error
    }
    return owner
  }

  private constructor(options: ShardOwnerOptions, recovered: Recovered) {
    this.#options = options
    this.#recovered = recovered
    const { bus, shard, clock, limits, onLost, directory } = options
    const { last, itemSequence, sequences } = recovered
    const writer = randomBytes(9).toString('base64url')
    const isHeld = () => options.lease.isHeld()
    this.#ledger = new Ledger({ bus, shard, last, writer, clock, limits, onLost })
    this.#receivers = new Receivers(bus, shard)
    const bodies = new Bodies(bus, { bytesMax: limits.bodiesBytesMax })
    this.#sender = this.#createSender(bodies, isHeld)
    this.#verifier = new Verifier({
      ...options,
      mayStart: isHeld,
      wake: (look) => this.#looks.wakeVerifier(look),
    })
    this.#looks = new Looks({
      ...options,
      onLane: (endpoint, item) => this.#sender.look(endpoint, item),
      onVerify: (endpoint) => this.#verifier.look(endpoint),
    })
    this.#planner = new Planner({
      ...options,
      directory,
      ledger: this.#ledger,
      receivers: this.#receivers,
      sender: this.#sender,
      bodies,
      itemSequence,
      sequences,
      isHeld,
      onPlanned: () => this.#countPlan(),
    })
  }

  #createSender(bodies: Bodies, isHeld: () => boolean): Sender {
    const { directory, call, clock, meter } = this.#options
    return new Sender({
      ...this.#options,
      gateOf: (endpoint) => gateOf(directory.get(endpoint)?.row),
      mayStart: isHeld,
      attempt: createAttempt({
        directory,
        bodies,
        call,
        clock,
        isHeld,
        onCalled: ({ latencyMs }) => meter.called(latencyMs),
      }),
      record: (attempt) => {
        meter.recorded(attempt)
        return this.#ledger.record(attempt)
      },
      wake: (look) => this.#looks.wakeLane(look),
      forget: (look) => this.#looks.forgetLane(look),
      disable: (endpoint) => void this.#disable(endpoint),
    })
  }

  /** The lease was renewed, or there may be room again. */
  pump(): void {
    this.#sender.pump()
  }

  async #start(): Promise<void> {
    const { bus, shard, directory, lease, limits, meter } = this.#options
    const { lanes, unnoted } = this.#recovered
    await this.#ledger.fence()
    for (const { item, dispatches } of unnoted) {
      await this.#receivers.add(item, dispatches, await this.#receivers.of(item))
    }
    this.#sender.resume(lanes.map((lane) => this.#asSent(lane)))
    meter.watch(() => this.#sender.size)
    await this.#looks.start()
    this.#unlisten = directory.onChange((endpoint, of) => {
      if (of === shard) this.#changed(endpoint)
    })
    lease.tell(directory.applied())
    this.#subscription = await bus.subscribe({
      fact: 'item.tagged',
      group: `webhooks-${shard}`,
      concurrency: 1,
      handle: (fact) => this.#planner.handle(fact),
    })
    for (const { row } of directory.all()) this.#lookAt(row.id)
    this.#sender.pump()
    await this.#reconcile()
    this.#every(limits.reconcileEveryMs, () => this.#reconcile())
    this.#every(limits.checkpointEveryMs, () => this.#checkpoint())
  }

  /** `isLost`: another may own the shard already, so nothing more is written. */
  async stop({ isLost }: { readonly isLost: boolean }): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    this.#unlisten()
    await this.#subscription?.stop()
    await this.#looks.stop()
    await this.#verifier.stop()
    await this.#sender.stop(isLost ? 0 : this.#options.limits.stopGraceMs)
    if (isLost) return
    await this.#ledger.flush()
    await this.#checkpoint()
  }

  /** An endpoint that never took calls can't have been sent anything. */
  #asSent(restored: RestoredLane): RestoredLane {
    const row = this.#options.directory.get(restored.endpoint)?.row
    if (!row || row.activeSince !== undefined) return restored
    return { ...restored, lane: { ...restored.lane, received: false } }
  }

  #changed(endpoint: string): void {
    const { lease, directory } = this.#options
    lease.tell(directory.applied())
    this.#lookAt(endpoint)
  }

  #lookAt(endpoint: string): void {
    if (this.#options.directory.shardOf(endpoint) !== this.#options.shard) return
    this.#verifier.look(endpoint)
    this.#sender.lookAll(endpoint)
  }

  async #reconcile(): Promise<void> {
    const { directory } = this.#options
    for (const { row } of directory.all()) {
      if (row.status === 'pending') this.#verifier.look(row.id)
    }
    this.#sender.lookAtOld()
    await this.#looks.reconcile(this.#sender.waiting(), this.#verifier.waiting())
  }

  #countPlan(): void {
    this.#plans += 1
    if (this.#plans % this.#options.limits.checkpointPlansMax !== 0) return
    this.#checkpoint().catch((error: unknown) => this.#failed(error))
  }

  #checkpoint(): Promise<void> {
    this.#checkpointing = this.#checkpointing.catch(() => undefined).then(() => this.#save())
    return this.#checkpointing
  }

  async #save(): Promise<void> {
    const { shard, checkpoints, directory } = this.#options
    const { sequences } = this.#recovered
    for (const endpoint of sequences.keys()) {
      const isGone = directory.get(endpoint) === undefined && !this.#sender.hasAny(endpoint)
      if (isGone) sequences.delete(endpoint)
    }
    const oldest = this.#sender.oldestPlan()
    await checkpoints.put(checkpointKey(shard), {
      streamSequence: this.#planner.notedUpTo,
      itemSequence: this.#planner.itemSequence,
      ...(oldest === undefined ? {} : { replayFrom: oldest }),
      sequences: Object.fromEntries(sequences),
    })
  }

  async #disable(endpoint: string): Promise<void> {
    const { endpoints, clock, log } = this.#options
    const updatedAt = clock.now().toISOString()
    const reason = 'It answered 410 Gone. Set its url or status to use it again.'
    try {
      await changeRow(endpoints, endpoint, (row) => {
        return row.status === 'active'
          ? { ...row, status: 'disabled', reason, updatedAt }
          : undefined
      })
      log.info({ endpoint }, 'webhook disabled, as it answered 410')
    } catch (error) {
      this.#failed(error)
    }
  }

  #every(ms: number, act: () => Promise<void>): void {
    let isRunning = false
    const timer = setInterval(() => {
      // Where Redis or the bus does not answer, one call waits for it and no more.
      if (isRunning) return
      isRunning = true
      act()
        .catch((error: unknown) => this.#failed(error))
        .finally(() => {
          isRunning = false
        })
    }, ms)
    this.#timers.push(timer)
  }

  #failed(error: unknown): void {
    const { log, shard } = this.#options
    log.warn({ err: error, shard }, 'housekeeping of a shard failed; it is done again')
  }
}

function gateOf(row: WebhookRow | undefined): LaneGate {
  if (row?.status === 'active') return 'open'
  return row?.status === 'pending' || row?.status === 'paused' ? 'waits' : 'closed'
}
