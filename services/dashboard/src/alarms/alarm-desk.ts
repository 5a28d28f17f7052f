import { changeRow, type Register } from '@newswire/bus'
import type { JobQueue } from '@newswire/jobs'
import { toToken } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import { minuteMs } from '../figures/limits.js'
import { Table } from '../figures/table.js'
import {
  type Alarm,
  type AlarmKind,
  type AlarmRow,
  alarmOf,
  alarmsMax,
  type Finding,
} from './alarm.js'
import { Calm, type CalmRow } from './calm.js'

/** What is over for so long has ended: what comes and goes is one alarm. */
const clearMsMin = 30_000
/** Letters go by what somebody does, who must see at once that it was enough. */
const endsAtOnce: ReadonlySet<AlarmKind> = new Set(['deadLetters'])

export interface AlarmDeskOptions {
  readonly register: Register<AlarmRow>
  readonly calm: Register<CalmRow>
  readonly log: Log
  /** Where starts and ends are told; undefined where the operator named no address. */
  readonly telling: { readonly queue: JobQueue; tell(id: string): Promise<void> } | undefined
}

/**
 * Which alarms stand, in register `alarms`: begun and ended once, by whichever process sees it
 * first. What is still to be told of one is a job, made again where it was lost.
 */
export class AlarmDesk {
  readonly #options: AlarmDeskOptions
  readonly #rows: Table<AlarmRow>
  readonly #calm: Calm
  #found = new Map<string, Finding>()
  readonly #clearSince = new Map<string, number>()
  #reconciledAt = 0

  constructor(options: AlarmDeskOptions) {
    this.#options = options
    this.#rows = new Table(options.register)
    this.#calm = new Calm(options.calm)
  }

  async start(): Promise<void> {
    await this.#rows.start()
    await this.#calm.start()
  }

  async stop(): Promise<void> {
    await this.#calm.stop()
    await this.#rows.stop()
  }

  /** Null while an alarm stands, and before the first look. */
  wellSince(): string | null {
    return this.standing().length > 0 ? null : (this.#calm.since ?? null)
  }

  /** Critical ones first, then the newest. */
  standing(): Alarm[] {
    const rows = [...this.#rows.values()].filter(({ endedAt }) => endedAt === undefined)
    const rank = ({ severity }: Finding) => (severity === 'critical' ? 0 : 1)
    return rows
      .map((row) => alarmOf({ ...row, ...this.#found.get(row.id) }))
      .sort((a, b) => rank(a) - rank(b) || b.since.localeCompare(a.since))
  }

  /** `isWhole`: what is not among the findings is over, not only unknown. */
  async settle(findings: readonly Finding[], now: Date, isWhole = true): Promise<void> {
    const found = findings.slice(0, alarmsMax).map((each) => [idOf(each), each] as const)
    this.#found = new Map(found)
    for (const [id, finding] of this.#found) {
      this.#clearSince.delete(id)
      await this.#begin(id, finding, now)
    }
    if (isWhole) {
      await this.#endOthers(now)
      await this.#calm.begin(now)
    }
    await this.#reconcile(now)
  }

  async #begin(id: string, finding: Finding, now: Date): Promise<void> {
    const known = this.#rows.get(id)
    const isSame = known?.endedAt === undefined && known?.severity === finding.severity
    if (known !== undefined && isSame) return
    const { register, log } = this.#options
    const { written } = await changeRow(register, id, (row): AlarmRow | undefined => {
      if (row?.endedAt === undefined && row?.severity === finding.severity) return undefined
      const { endedAt: _, ...kept } = row ?? { since: now.toISOString() }
      return { ...kept, ...finding, id }
    })
    if (!written || known !== undefined) return
    log.warn({ alarm: id, severity: finding.severity }, 'alarm begins')
    await this.#ask(id)
  }

  async #endOthers(now: Date): Promise<void> {
    for (const { id, kind, endedAt } of [...this.#rows.values()]) {
      if (endedAt !== undefined || this.#found.has(id)) continue
      const since = this.#clearSince.get(id) ?? now.getTime()
      this.#clearSince.set(id, since)
      const isClear = endsAtOnce.has(kind) || now.getTime() - since >= clearMsMin
      if (isClear) await this.#end(id, now)
    }
  }

  async #end(id: string, now: Date): Promise<void> {
    const { register, telling, log } = this.#options
    this.#clearSince.delete(id)
    await this.#calm.beginAnew(now)
    if (telling === undefined) return await register.delete(id)
    const { written } = await changeRow(register, id, (row) => {
      if (row === undefined || row.endedAt !== undefined) return undefined
      return { ...row, endedAt: now.toISOString() }
    })
    if (!written) return
    log.info({ alarm: id }, 'alarm ends')
    await this.#ask(id)
  }

  /** Where Redis is what is down, the operator is told without it. */
  async #ask(id: string): Promise<void> {
    const { telling, log } = this.#options
    if (telling === undefined) return
    try {
      await telling.queue.add({ key: id, data: { alarm: id } })
    } catch (err) {
      log.warn({ err, alarm: id }, 'alarm is told without a job')
      await telling.tell(id).catch((error: unknown) => {
        log.warn({ err: error, alarm: id }, 'alarm not told; again soon')
      })
    }
  }

  async #reconcile(now: Date): Promise<void> {
    const { telling } = this.#options
    if (telling === undefined || now.getTime() - this.#reconciledAt < minuteMs) return
    this.#reconciledAt = now.getTime()
    const open = [...this.#rows.values()].filter(isUntold).map(({ id }) => id)
    if (open.length === 0) return
    const asked = await telling.queue.has(open)
    for (const id of open) if (!asked.has(id)) await this.#ask(id)
  }
}

function isUntold({ startToldAt, endedAt }: AlarmRow): boolean {
  return startToldAt === undefined || endedAt !== undefined
}

function idOf({ kind, subject }: Finding): string {
  return toToken(`${kind}-${subject}`)
}
