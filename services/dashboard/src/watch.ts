import type { Bus, GroupState, Register } from '@newswire/bus'
import type { KeyRing, Outbound } from '@newswire/http'
import type { Jobs, JobWorker } from '@newswire/jobs'
import {
  type Endpoint,
  type Hold,
  holdSchema,
  type Source,
  type SourcePosition,
} from '@newswire/model'
import type { Clock, Log, Metrics, Worker } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import { type Alarm, type AlarmRow, alarmRowSchema } from './alarms/alarm.js'
import { AlarmDesk } from './alarms/alarm-desk.js'
import { type CalmRow, calmRowSchema } from './alarms/calm.js'
import { judge, unreadable } from './alarms/judge.js'
import { alarmQueue, type OperatorWebhookOptions, tellAlarm } from './alarms/operator-webhook.js'
import { StalledGroups } from './alarms/stalled-groups.js'
import { Counters } from './figures/counters.js'
import { watchLimits } from './figures/limits.js'
import { measure } from './figures/measure.js'
import { Rounds } from './figures/rounds.js'
import { Table } from './figures/table.js'
import {
  History,
  type HistoryRow,
  type HistoryView,
  historyRowSchema,
  type Range,
} from './history/history.js'
import { liveLimits } from './live/limits.js'
import { LiveHub } from './live/live-hub.js'
import { type Looked, readOverview } from './overview/read-overview.js'
import type { Figures, Overview } from './overview/shapes.js'
import { LetterIndex } from './search/letter-index.js'

export interface WatchOptions {
  readonly bus: Bus
  readonly jobs: Jobs
  readonly store: Store
  readonly keyRing: Pick<KeyRing, 'byId'>
  readonly sources: Register<Source>
  readonly positions: Register<SourcePosition>
  readonly endpoints: Register<Endpoint>
  readonly outbound: Pick<Outbound, 'request'>
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Folder on the disk that the data lie on; absent where they lie on another machine. */
  readonly dataDir?: string
  /** Where alarms are told, and the secret (`whsec_…`) that signs them. */
  readonly alarmWebhook?: { readonly url: string; readonly secret: string } | undefined
}

/** What the window knows of the house, kept up to date while its worker runs. */
export interface Watch {
  readonly worker: Worker
  overview(): Promise<Overview>
  history(range: Range): HistoryView
  alarms(): Alarm[]
  /** Since when no alarm stands; null while one does. */
  wellSince(): string | null
  readonly alarmWebhook: { readonly url: string; readonly secret: string } | undefined
  readonly live: LiveHub
  readonly letters: LetterIndex
  readonly endpoints: Table<Endpoint>
  readonly holds: Table<Hold>
}

/** Everything comes from bus, store and jobs: the window may be a process of its own. */
export async function createWatch(options: WatchOptions): Promise<Watch> {
  const { bus } = options
  const registers = {
    holds: await bus.register('holds', holdSchema),
    history: await bus.register('history', historyRowSchema),
    alarms: await bus.register('alarms', alarmRowSchema),
    calm: await bus.register('calm', calmRowSchema),
  }
  return new HouseWatch(options, registers)
}

interface Registers {
  readonly holds: Register<Hold>
  readonly history: Register<HistoryRow>
  readonly alarms: Register<AlarmRow>
  readonly calm: Register<CalmRow>
}

class HouseWatch implements Watch {
  readonly live: LiveHub
  readonly letters: LetterIndex
  readonly endpoints: Table<Endpoint>
  readonly holds: Table<Hold>
  readonly worker: Worker = { name: 'watch', start: () => this.#start() }
  readonly alarmWebhook: Watch['alarmWebhook']
  readonly #options: WatchOptions
  readonly #counters: Counters
  readonly #sources: Table<Source>
  readonly #history: History
  readonly #desk: AlarmDesk
  readonly #stalled = new StalledGroups()
  readonly #telling: OperatorWebhookOptions | undefined
  readonly #rounds: readonly Rounds[]
  #looked: { looked: Looked; at: number } | undefined
  #looking: Promise<Looked> | undefined
  #pollFailures: number | undefined

  constructor(options: WatchOptions, registers: Registers) {
    const { bus, log, clock, endpoints, sources, outbound, alarmWebhook, jobs } = options
    this.#options = options
    this.alarmWebhook = alarmWebhook
    this.endpoints = new Table(endpoints)
    this.holds = new Table(registers.holds)
    this.#sources = new Table(sources)
    this.#history = new History(registers.history)
    this.live = new LiveHub({ ...options, endpoints: this.endpoints })
    const onFault = (err: unknown) => log.warn({ err }, 'figures not read; again soon')
    const looking = new Rounds({
      ...{ everyMs: watchLimits.lookMs, gapMs: watchLimits.overviewFreshMs, onFault },
      act: () => this.#lookAround(),
    })
    const tellEveryMs = liveLimits.overviewEveryMs
    const telling = new Rounds({
      ...{ everyMs: tellEveryMs, gapMs: tellEveryMs, onFault },
      act: () => this.#tellReaders(),
    })
    this.#rounds = [looking, telling]
    this.letters = new LetterIndex({ bus, log, onChange: () => looking.soon() })
    const onAttempt: LiveHub['attempt'] = (attempt, at) => this.live.attempt(attempt, at)
    const onPlan: LiveHub['plan'] = (plan) => this.live.plan(plan)
    this.#counters = new Counters({ bus, clock, log, onAttempt, onPlan })
    const register = registers.alarms
    const operator = alarmWebhook && { ...alarmWebhook, register, outbound, clock }
    this.#telling = operator
    this.#desk = new AlarmDesk({
      ...{ register, calm: registers.calm, log },
      telling: operator && {
        queue: jobs.queue(alarmQueue),
        tell: (id) => tellAlarm(operator, id),
      },
    })
    measure(options.metrics, { alarms: () => this.alarms(), overview: () => this.#last() })
  }

  async overview(): Promise<Overview> {
    const { overview } = await this.#look()
    return { ...overview, alarms: this.alarms(), wellSince: this.wellSince() }
  }

  history(range: Range): HistoryView {
    return this.#history.view(range, this.#options.clock.now())
  }

  alarms(): Alarm[] {
    return this.#desk.standing()
  }

  wellSince(): string | null {
    return this.#desk.wellSince()
  }

  #last(): Figures | undefined {
    return this.#looked?.looked.overview
  }

  async #start() {
    const parts = [this.endpoints, this.holds, this.#sources, this.#history, this.#desk]
    const followers = [this.live, this.letters, this.#counters]
    for (const part of [...parts, ...followers]) await part.start()
    const teller = await this.#startTelling()
    for (const each of this.#rounds) each.start()
    return {
      stop: async () => {
        for (const each of this.#rounds) await each.stop()
        await this.#looking?.catch(() => undefined)
        await teller?.stop()
        await Promise.all([...followers, ...parts].map((part) => part.stop()))
      },
    }
  }

  async #startTelling(): Promise<JobWorker | undefined> {
    const telling = this.#telling
    if (telling === undefined) return undefined
    return await this.#options.jobs.work({
      queue: alarmQueue,
      concurrency: 1,
      handle: ({ data }) => tellAlarm(telling, String(data['alarm'])),
    })
  }

  /** Read together by all who ask within a second. */
  async #look(): Promise<Looked> {
    const last = this.#looked
    const ageMs = this.#options.clock.now().getTime() - (last?.at ?? 0)
    return last && ageMs < watchLimits.overviewFreshMs ? last.looked : await this.#lookTogether()
  }

  /** What may have been read before this moment does not count. */
  async #lookAnew(): Promise<Looked> {
    await this.#looking?.catch(() => undefined)
    return await this.#lookTogether()
  }

  #lookTogether(): Promise<Looked> {
    this.#looking ??= this.#read(this.#options.clock.now()).finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async #read(now: Date): Promise<Looked> {
    const parts = {
      ...{ counters: this.#counters, sources: this.#sources, endpoints: this.endpoints },
      ...{ holds: this.holds, dataDir: this.#options.dataDir },
    }
    const looked = await readOverview({ ...this.#options, ...parts }, now)
    this.#countPollFailures(looked.pollFailures, now)
    this.#looked = { looked, at: now.getTime() }
    return looked
  }

  #countPollFailures(failures: number, now: Date): void {
    const more = failures - (this.#pollFailures ?? failures)
    this.#pollFailures = failures
    if (more > 0) this.#counters.tally.add('poll-failures', now, more)
  }

  async #lookAround(): Promise<void> {
    const now = this.#options.clock.now()
    const before = JSON.stringify(this.alarms().map(({ id, severity }) => [id, severity]))
    const looked = await this.#lookAnew().catch(async (err: unknown) => {
      await this.#desk.settle([unreadable(err)], now, false)
      throw err
    })
    const { overview, recalls, groups, oldestOpenAt } = looked
    const { wire, isRead } = this.#counters.rhythms
    const judged = {
      ...{ overview, recalls, oldestOpenAt, now },
      stalled: this.#stalled.look([...groups, feedsGroup(looked)], now),
      isWireSilent: isRead && wire.silence(now).isSilent,
      wireLastAt: wire.lastAt,
    }
    await this.#desk.settle(judge(judged), now, isRead)
    const backlog = overview.stages.reduce((sum, stage) => sum + stage.backlog, 0)
    await this.#history.note(this.#counters, backlog, now)
    const after = JSON.stringify(this.alarms().map(({ id, severity }) => [id, severity]))
    if (after === before) return
    this.live.toAdmins('alarms', { items: this.alarms(), wellSince: this.wellSince() })
  }

  async #tellReaders(): Promise<void> {
    this.live.countUntold()
    if (this.live.hasAdmins) this.live.toAdmins('overview', await this.overview())
  }
}

/** The read model of feeds, as if it were a group. */
function feedsGroup({ overview, taggedPosition: acknowledged }: Looked): GroupState {
  const { backlog = 0 } = overview.stages.find(({ stage }) => stage === 'feeds') ?? {}
  const idle = { inFlight: 0, redelivered: 0 }
  return { stream: 'TAGGED', group: 'feeds', pending: backlog, acknowledged, ...idle }
}
