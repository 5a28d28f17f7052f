import { randomBytes } from 'node:crypto'
import type { Bus, Register, Subscription } from '@newswire/bus'
import type { Jobs } from '@newswire/jobs'
import type { LaneGate, RetrySchedule } from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import { createAttempt } from '../deliver/attempt.js'
import type { Bodies } from '../deliver/bodies.js'
import type { Caller } from '../deliver/call.js'
import type { PublicUrl } from '../deliver/formats/told.js'
import { Looks } from '../deliver/looks.js'
import { Sender } from '../deliver/sender.js'
import { Disabler } from '../flow/disabler.js'
import { FailingEndpoints } from '../flow/failing.js'
import type { Slots } from '../flow/slots.js'
import type { Beat } from '../ledger/beat.js'
import { type Checkpoint, checkpointKey } from '../ledger/checkpoint.js'
import { Ledger } from '../ledger/ledger.js'
import { type Recovered, type RestoredLane, recover } from '../ledger/recovery.js'
import type { WebhookLimits } from '../limits.js'
import { createOut } from '../onto-bus/out.js'
import { Retirement } from '../onto-bus/retirement.js'
import { Planner } from '../plan/planner.js'
import type { Receivers } from '../plan/receivers.js'
import type { Directory } from '../registry/directory.js'
import type { RevokedKeys } from '../registry/revoked-keys.js'
import { Verifier } from '../registry/verifier.js'
import type { WebhookRow } from '../registry/webhook-row.js'
import type { ReplayBoard } from '../replay/replay-board.js'
import { Replayer } from '../replay/replayer.js'
import { every } from './every.js'
import type { Lease } from './lease.js'
import type { ShardMeter } from './meter.js'

export interface ShardOwnerOptions {
  readonly bus: Bus
  readonly jobs: Jobs
  readonly call: Caller
  readonly publicUrl?: PublicUrl
  /** Shared by the shards of the process. */
  readonly slots: Slots
  readonly beat: Beat
  readonly bodies: Bodies
  readonly receivers: Receivers
  readonly endpoints: Register<WebhookRow>
  readonly checkpoints: Register<Checkpoint>
  readonly directory: Directory
  readonly replays: ReplayBoard
  readonly revoked: RevokedKeys
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
  readonly #failing: FailingEndpoints
  readonly #disabler: Disabler
  readonly #retirement: Retirement
  readonly #looks: Looks
  readonly #planner: Planner
  readonly #replayer: Replayer
  readonly #recovered: Recovered
  readonly #housekeeping: (() => void)[] = []
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
    const { directory } = options
    const { last, itemSequence, sequences } = recovered
    const writer = randomBytes(9).toString('base64url')
    const isHeld = () => options.lease.isHeld()
    this.#ledger = new Ledger({ ...options, last, writer })
    this.#failing = new FailingEndpoints(recovered.failing)
    this.#sender = this.#createSender(isHeld)
    this.#disabler = new Disabler({
      ...options,
      failing: this.#failing,
      waitingAt: (endpoint) => this.#sender.countAt(endpoint),
      mayStart: isHeld,
    })
    this.#verifier = new Verifier({
      ...options,
      mayStart: isHeld,
      wake: (look) => this.#looks.wakeVerifier(look),
      onBegin: (endpoint) => this.#sender.forget(endpoint),
    })
    this.#retirement = new Retirement({
      ...options,
      mayStart: isHeld,
      hasAny: (endpoint) => this.#sender.countAt(endpoint) > 0,
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
      sender: this.#sender,
      itemSequence,
      sequences,
      isHeld,
      onPlanned: () => this.#countPlan(),
    })
    this.#replayer = new Replayer({ ...options, sender: this.#sender, planner: this.#planner })
  }

  #createSender(isHeld: () => boolean): Sender {
    const { bus, directory, bodies, call, clock, meter } = this.#options
    const isStanding = (id: string) => gateOf(directory.get(id)?.row) !== 'closed'
    return new Sender({
      ...this.#options,
      gateOf: (endpoint) => gateOf(directory.get(endpoint)?.row),
      rulesOf: (endpoint) => directory.get(endpoint)?.rules ?? noRules,
      mayStart: isHeld,
      attempt: createAttempt({
        directory,
        bodies,
        call,
        out: createOut({ bus, clock, isStanding }),
        clock,
        isHeld,
        onCalled: ({ latencyMs }) => meter.called(latencyMs),
      }),
      record: async (attempt) => {
        meter.recorded(attempt)
        await this.#ledger.record(attempt)
        this.#replayer.recorded(attempt)
        this.#failing.note(attempt)
      },
      wake: (look) => this.#looks.wakeLane(look),
      forget: (look) => this.#looks.forgetLane(look),
      disable: (endpoint) => this.#disabler.gone(endpoint),
    })
  }

  /** The lease was renewed, or there may be room again. */
  pump(): void {
    this.#sender.pump()
  }

  async #start(): Promise<void> {
    const { bus, shard, directory, receivers, lease, limits, meter } = this.#options
    const { lanes, unnoted } = this.#recovered
    // Who stood still meanwhile would throw out the next owner, whose outcomes are lost by it.
    if (!lease.isHeld()) throw new Error('The lease ran out while the shard was recovered.')
    await this.#ledger.fence()
    for (const { item, dispatches } of unnoted) {
      await receivers.add(item, dispatches, await receivers.of(item))
    }
    for (const [endpoint, { failures }] of this.#failing.all()) {
      this.#sender.restore(endpoint, failures)
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
    for (const { row } of directory.allIn(shard)) this.#lookAt(row.id)
    this.#sender.pump()
    await this.#reconcile()
    this.#replayer.start()
    const onError = this.#onError
    this.#housekeeping.push(
      every({ ms: limits.reconcileEveryMs, shard, onError }, () => this.#reconcile()),
      every({ ms: limits.checkpointEveryMs, shard, onError }, () => this.#checkpoint()),
    )
  }

  /** `isLost`: another may own the shard already, so nothing more is written. */
  async stop({ isLost }: { readonly isLost: boolean }): Promise<void> {
    for (const end of this.#housekeeping) end()
    this.#unlisten()
    await this.#replayer.stop()
    await this.#subscription?.stop()
    await this.#looks.stop()
    const rooms = [this.#verifier, this.#disabler, this.#retirement]
    await Promise.all(rooms.map((room) => room.stop()))
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
    this.#verifier.look(endpoint)
    this.#disabler.look(endpoint)
    this.#sender.lookAll(endpoint)
    this.#retirement.look(endpoint)
  }

  async #reconcile(): Promise<void> {
    const { directory, revoked, shard } = this.#options
    for (const { row } of directory.allIn(shard)) {
      if (row.status === 'pending') this.#verifier.look(row.id)
      if (row.status === 'disabled' || revoked.has(row.owner)) this.#disabler.look(row.id)
      if (row.retiredAt !== undefined) this.#retirement.look(row.id)
    }
    this.#disabler.lookAtFailing()
    this.#sender.lookAtDue()
    await this.#looks.reconcile(this.#sender.waiting(), this.#verifier.waiting())
  }

  #countPlan(): void {
    this.#plans += 1
    if (this.#plans % this.#options.limits.checkpointPlansMax !== 0) return
    this.#checkpoint().catch(this.#onError)
  }

  #checkpoint(): Promise<void> {
    this.#checkpointing = this.#checkpointing.catch(() => undefined).then(() => this.#save())
    return this.#checkpointing
  }

  async #save(): Promise<void> {
    const { shard, checkpoints, directory } = this.#options
    const { sequences } = this.#recovered
    for (const endpoint of sequences.keys()) {
      const isGone = directory.get(endpoint) === undefined && this.#sender.countAt(endpoint) === 0
      if (isGone) sequences.delete(endpoint)
    }
    const oldest = this.#sender.oldestPlan()
    await checkpoints.put(checkpointKey(shard), {
      streamSequence: this.#planner.notedUpTo,
      itemSequence: this.#planner.itemSequence,
      ...(oldest === undefined ? {} : { replayFrom: oldest }),
      sequences: Object.fromEntries(sequences),
      failing: Object.fromEntries(this.#failing.all()),
    })
  }

  readonly #onError = (error: unknown): void => {
    const { log, shard } = this.#options
    log.warn({ err: error, shard }, 'housekeeping of a shard failed; it is done again')
  }
}

/** A deleted webhook is called by nobody. */
const noRules = { host: '' }

function gateOf(row: WebhookRow | undefined): LaneGate {
  if (row?.status === 'active') return 'open'
  return row?.status === 'pending' || row?.status === 'paused' ? 'waits' : 'closed'
}
