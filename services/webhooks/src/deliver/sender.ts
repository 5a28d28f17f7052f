import type { CallSignal } from '@newswire/http'
import {
  type Attempt,
  decide,
  isSettled,
  type LaneCommand,
  type LaneEvent,
  type LaneGate,
  laneWaitMsMax,
  type RetrySchedule,
} from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import { bounded, healthOf } from '../flow/health.js'
import type { Rules } from '../flow/place.js'
import type { Slots } from '../flow/slots.js'
import type { RestoredLane } from '../ledger/recovery.js'
import type { WebhookLimits } from '../limits.js'
import { pause } from '../pause.js'
import type { Dispatch } from '../plan/dispatch.js'
import { type AttemptEnd, failedBefore } from './attempt-end.js'
import { BreakOff } from './break-off.js'
import { Flights } from './flights.js'
import { type AttemptDetail, type LaneEntry, LaneTable } from './lane-table.js'
import { OpenDispatches } from './open-dispatches.js'
import { attemptOf, type Look, lookOf, type RecordCommand, refused } from './said.js'
import { type Turn, Turns } from './turns.js'

export interface SenderOptions {
  readonly clock: Clock
  /** 0 to 1, for the jitter. */
  readonly chance: () => number
  readonly schedule: RetrySchedule
  readonly limits: WebhookLimits
  /** Shared by the shards of the process. */
  readonly slots: Slots
  readonly gateOf: (endpoint: string) => LaneGate
  readonly rulesOf: (endpoint: string) => Rules
  /** Whether attempts may start at this moment. */
  readonly mayStart: () => boolean
  readonly attempt: (dispatch: Dispatch, knows: boolean, signal: CallSignal) => Promise<AttemptEnd>
  /** Resolves once it is in the ledger. */
  readonly record: (attempt: Attempt) => Promise<void>
  readonly wake: (look: Look) => void
  readonly forget: (look: Look) => void
  readonly disable: (endpoint: string) => void
}

/** Runs the lanes of a shard: what they decide is started, written down and waited for here. */
export class Sender {
  readonly #options: SenderOptions
  readonly #table = new LaneTable()
  readonly #turns: Turns<LaneEntry>
  readonly #flights = new Flights()
  #isStopping = false

  constructor(options: SenderOptions) {
    this.#options = options
    const now = () => options.clock.now().getTime()
    this.#turns = new Turns({ ...options, now, onReady: () => this.pump() })
  }

  get size(): number {
    return this.#table.size
  }

  /** The plan's deliveries get their lanes; nothing starts before `pump`. */
  plan(dispatches: readonly Dispatch[]): void {
    for (const dispatch of dispatches) this.#plan(dispatch)
  }

  /** Takes up lanes where the ledger left them. */
  resume(lanes: readonly RestoredLane[]): void {
    const entries = lanes.map(({ dispatches, ...lane }): LaneEntry => {
      return { ...lane, dispatches: new OpenDispatches(dispatches.values()) }
    })
    // In the order of their plans: the first is the oldest.
    const open = entries.flatMap(({ dispatches }) => dispatches.values())
    for (const dispatch of open.sort((a, b) => a.plan - b.plan)) this.#table.opened(dispatch)
    for (const entry of entries) {
      this.#table.put(entry)
      this.#apply(entry, { kind: 'resumed' })
    }
  }

  /** A job came due. */
  look(endpoint: string, item: string): void {
    const entry = this.#table.get(endpoint, item)
    if (entry) this.#queue(entry)
    this.pump()
  }

  /** Spares a lane its wait for the next try. False where none stands. */
  hurry(endpoint: string, item: string): boolean {
    const entry = this.#table.get(endpoint, item)
    if (entry) this.#apply(entry, { kind: 'hurried' })
    this.pump()
    return entry !== undefined
  }

  /** Its address is asked for its challenge: how the one before did says nothing of it. */
  forget(endpoint: string): void {
    this.#turns.forget(endpoint)
    for (const entry of this.#table.at(endpoint)) this.#apply(entry, { kind: 'hurried' })
  }

  /** The endpoint takes calls now, or will not any more. */
  lookAll(endpoint: string): void {
    const gate = this.#options.gateOf(endpoint)
    if (gate === 'closed') this.#turns.forget(endpoint)
    if (gate === 'waits') return
    const now = this.#options.clock.now().getTime()
    for (const entry of this.#table.at(endpoint)) {
      if (gate === 'closed' || (entry.lane.open?.nextAt ?? 0) <= now) this.#queue(entry)
    }
    this.pump()
  }

  /**
   * Lanes that are due, whatever became of their jobs; those that have waited for their endpoint
   * for too long get their last word.
   */
  lookAtDue(): void {
    const now = this.#options.clock.now().getTime()
    for (const entry of this.#table.all()) {
      const { open, flight } = entry.lane
      if (!open || flight) continue
      const isDue = open.nextAt !== undefined && open.nextAt <= now
      if (isDue || open.plannedAt < now - laneWaitMsMax) this.#queue(entry)
    }
    this.#turns.wake()
    this.pump()
  }

  /** Starts what may start. */
  pump(): void {
    while (!this.#isStopping && this.#options.mayStart()) {
      const turn = this.#turns.next()
      if (!turn) return
      this.#start(turn)
    }
  }

  /** Looks that jobs should stand for. */
  *waiting(): Iterable<Look> {
    for (const entry of this.#table.all()) {
      const { open, flight } = entry.lane
      if (open?.nextAt !== undefined && !flight) yield lookOf(entry, open, open.nextAt)
    }
  }

  /** Whether the endpoint has acknowledged a version; undefined where no lane is open. */
  knows(endpoint: string, item: string): boolean | undefined {
    return this.#table.get(endpoint, item)?.lane.knows
  }

  /** Deliveries that wait for the endpoint. */
  countAt(endpoint: string): number {
    return this.#table.countAt(endpoint)
  }

  /** An endpoint at which these many attempts in a row have failed, as the ledger has it. */
  restore(endpoint: string, failures: number): void {
    this.#turns.restore(endpoint, failures)
  }

  oldestPlan(): number | undefined {
    return this.#table.oldestPlan()
  }

  /** Starts nothing more, waits for what is in flight, and then breaks it off. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true
    this.#turns.stop()
    const landed = new AbortController()
    const all = this.#flights.landed().then(() => landed.abort())
    await pause(graceMs, landed.signal)
    for (const { abort } of this.#table.all()) abort?.abort()
    await all
  }

  #plan(dispatch: Dispatch): void {
    const { endpoint, item } = dispatch
    const standing = this.#table.get(endpoint, item)
    this.#table.opened(dispatch)
    const before = dispatch.previous !== undefined
    const { knows } = dispatch
    const event = { kind: 'planned', delivery: dispatch, before, knows } as const
    standing?.dispatches.add(dispatch)
    if (standing) return void this.#apply(standing, event)
    const decision = decide(undefined, event, this.#context())
    if (!decision) return
    const dispatches = new OpenDispatches([dispatch])
    const entry: LaneEntry = { endpoint, item, lane: decision.lane, dispatches }
    if (!this.#table.hasRoom(dispatch, this.#options.limits)) {
      this.#write(entry, refused(dispatch), {}).catch(giveUp)
      return
    }
    this.#table.put(entry)
    this.#obeyAll(entry, decision.commands, {})
  }

  #apply(entry: LaneEntry, event: LaneEvent, detail: AttemptDetail = {}): readonly LaneCommand[] {
    const decision = decide(entry.lane, event, this.#context())
    if (!decision) return []
    entry.lane = decision.lane
    this.#obeyAll(entry, decision.commands, detail)
    if (isSettled(entry.lane)) this.#table.remove(entry)
    return decision.commands
  }

  #context() {
    const { clock, chance, schedule } = this.#options
    return { now: clock.now().getTime(), chance: chance(), schedule }
  }

  #obeyAll(entry: LaneEntry, commands: readonly LaneCommand[], detail: AttemptDetail): void {
    let stored = Promise.resolve()
    for (const command of commands) {
      if (command.kind === 'record') {
        stored = this.#write(entry, command, detail)
        stored.catch(giveUp)
      } else {
        this.#obey(entry, command, stored)
      }
    }
  }

  #obey(entry: LaneEntry, command: LaneCommand, stored: Promise<void>): void {
    if (command.kind === 'ready') this.#queue(entry)
    if (command.kind === 'abort') entry.abort?.abort()
    if (command.kind === 'disable') this.#options.disable(entry.endpoint)
    if (command.kind === 'forget') this.#options.forget(lookOf(entry, command.delivery, 0))
    if (command.kind !== 'wake') return
    const look = lookOf(entry, command.delivery, command.at)
    const isDue = command.at <= this.#options.clock.now().getTime()
    if (isDue) this.#queue(entry)
    // What the job stands for is in the ledger before the job is.
    else stored.then(() => this.#options.wake(look), giveUp)
  }

  /** A lane whose endpoint takes no calls needs no turn to have its last word. */
  #queue(entry: LaneEntry): void {
    const gate = this.#options.gateOf(entry.endpoint)
    if (gate !== 'open') return void this.#apply(entry, { kind: 'look', gate })
    this.#turns.add(entry.endpoint, entry, { first: entry.lane.open?.withdrawal === true })
  }

  async #write(entry: LaneEntry, command: RecordCommand, detail: AttemptDetail): Promise<void> {
    const dispatch = entry.dispatches.get(command.delivery.id)
    if (!dispatch) return
    const isFinal = command.result !== 'retry'
    if (isFinal) entry.dispatches.delete(dispatch.id)
    await this.#options.record(attemptOf(dispatch, command, detail))
    if (isFinal) this.#table.closed(dispatch)
  }

  #start(turn: Turn<LaneEntry>): void {
    const { key: entry, endpoint } = turn
    const commands = this.#apply(entry, { kind: 'look', gate: this.#options.gateOf(endpoint) })
    const start = commands.find(({ kind }) => kind === 'start')
    const flight = start && entry.lane.flight
    const dispatch = flight && entry.dispatches.get(flight.of.id)
    if (!dispatch) {
      this.#turns.end(turn, { detached: false, health: null, unused: true })
      return
    }
    // It fails for our own faults only: those are to be seen.
    void this.#fly(turn, dispatch)
  }

  async #fly(turn: Turn<LaneEntry>, dispatch: Dispatch): Promise<void> {
    const { key: entry } = turn
    const { limits, attempt } = this.#options
    this.#flights.begin()
    const abort = new BreakOff()
    entry.abort = abort
    let detached = false
    const timer = setTimeout(() => {
      detached = this.#turns.detach(turn)
      this.pump()
    }, limits.detachAfterMs)
    let end: AttemptEnd
    try {
      end = await attempt(dispatch, entry.lane.knows, abort)
    } catch (error) {
      end = failedBefore(error)
    }
    clearTimeout(timer)
    entry.abort = undefined
    this.#turns.end(turn, { detached, health: end.isOurs ? null : healthOf(end.answer) })
    const answer = bounded(end.answer, limits.endpointPauseMsMax)
    this.#apply(entry, { kind: 'ended', delivery: dispatch.id, answer }, end.detail)
    this.pump()
    this.#flights.end()
  }
}

/** The ledger is lost, and this owner with it: the next one takes the lane up from its facts. */
function giveUp(): void {}
