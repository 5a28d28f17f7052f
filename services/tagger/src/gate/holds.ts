import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Register, type Row, type Subscription, WrongSequenceError } from '@newswire/bus'
import type { Jobs } from '@newswire/jobs'
import { type Hold, type NormalizedItem, toToken, untilReleased } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import { releasesQueue, taggerLimits } from '../limits.js'
import type { Timers } from './timers.js'

export interface HoldsOptions {
  readonly holds: Register<Hold>
  readonly jobs: Jobs
  readonly clock: Clock
}

/** A version that waits, as the gate sees it. */
export interface Holds {
  /**
   * Keeps the version until its instant, unless a newer one is kept. Gives the hold's random id.
   */
  keep(item: NormalizedItem, sequence: number, until: Date): Promise<string | undefined>
  /** Lets go of what is held of an item up to this version. */
  drop(item: Pick<Hold, 'item' | 'version'>): Promise<void>
  /**
   * Whether a hold of the item is known here. May lag: a hold that stays behind releases nothing.
   */
  mayHold(item: string): boolean
  /** The hold of this id as it stands now. */
  find(id: string): Promise<Row<Hold> | undefined>
  all(): Promise<Row<Hold>[]>
  /** Makes sure that a job looks at the hold when its instant comes. */
  schedule(hold: Hold): Promise<void>
  /** Takes away a row whose release was cut short by the end of its process. */
  clear(row: Row<Hold>): Promise<void>
  /** Follows the register until stopped. */
  watch(timers: Pick<Timers, 'arm' | 'disarm'>): Promise<Subscription>
}

/** Holds in the register, each with a job on queue `releases` that says *look*. */
export function openHolds({ holds, jobs, clock }: HoldsOptions): Holds {
  const queue = jobs.queue(releasesQueue)
  /** Hold ids by register key, as far as the watch has come. */
  const known = new Map<string, string>()

  async function schedule(hold: Hold): Promise<void> {
    if (isForPerson(hold)) return
    const delayMs = Math.max(0, Date.parse(hold.until) - clock.now().getTime())
    await queue.add({ key: hold.id, data: { hold: hold.id } }, { delayMs })
  }

  async function keep(item: NormalizedItem, sequence: number, until: Date) {
    const hold = newHold(item, sequence, until)
    for (let tries = 0; tries < taggerLimits.holdWritesMax; tries += 1) {
      const kept = await keptNow(hold)
      if (kept === 'newer') return undefined
      if (kept) {
        await schedule(kept)
        return kept.id
      }
      await delay(taggerLimits.holdRetryMs)
    }
    throw new Error('Another worker kept changing the hold. It is tried again.')
  }

  /**
   * The hold that stands now: this one, or the same from an earlier try; none where a write lost.
   */
  async function keptNow(hold: Hold): Promise<Hold | 'newer' | undefined> {
    const row = await holds.get(toToken(hold.item))
    const standing = row ? standingOf(row.value, hold) : 'older'
    if (standing === 'newer') return 'newer'
    if (standing === 'same') return row?.value
    return (await written(row, hold)) ? hold : undefined
  }

  /** A row that is being let go is left alone: its deletion would take the new hold with it. */
  async function written(row: Row<Hold> | undefined, hold: Hold): Promise<boolean> {
    const key = toToken(hold.item)
    if (row && isLetGo(row.value)) return false
    return await compareAndSet(async () => {
      if (row) await holds.update(key, hold, row.revision)
      else await holds.create(key, hold)
    })
  }

  async function drop({ item, version }: Pick<Hold, 'item' | 'version'>): Promise<void> {
    const key = toToken(item)
    const row = await holds.get(key)
    if (!row || row.value.version > version || isLetGo(row.value)) return
    // Registers delete without comparing: the row is claimed first, so that no newer hold is lost.
    const claimed = { ...row.value, until: letGo }
    if (!(await compareAndSet(async () => void (await holds.update(key, claimed, row.revision))))) {
      return await drop({ item, version })
    }
    await holds.delete(key)
    await queue.remove(row.value.id)
  }

  return {
    keep,
    drop,
    schedule,
    all: () => holds.rows(),
    mayHold: (item) => known.has(toToken(item)),
    async find(id) {
      const key = [...known].find(([, hold]) => hold === id)?.[0]
      const row = key === undefined ? undefined : await holds.get(key)
      if (row?.value.id === id) return row
      // The watch may lag behind the job.
      return (await holds.rows()).find(({ value }) => value.id === id)
    },
    watch: (timers) => follow(holds, known, timers),
    async clear({ key }) {
      await holds.delete(key)
    },
  }
}

/** Keeps `known` and the timers as the register is. */
function follow(
  holds: Register<Hold>,
  known: Map<string, string>,
  timers: Pick<Timers, 'arm' | 'disarm'>,
): Promise<Subscription> {
  function forget(key: string): void {
    const before = known.get(key)
    if (before !== undefined) timers.disarm(before)
    known.delete(key)
  }
  return holds.watch({
    onChange(change) {
      if (change.kind === 'delete') return forget(change.key)
      const { key, value: hold } = change.row
      if (known.get(key) !== hold.id) forget(key)
      known.set(key, hold.id)
      if (isLetGo(hold)) timers.disarm(hold.id)
      else timers.arm(hold)
    },
  })
}

/** The `until` of a hold that is being let go: nothing is released by it. */
const letGo = new Date(0).toISOString()

export function isLetGo({ until }: Hold): boolean {
  return Date.parse(until) === 0
}

/** An embargo that nobody can read: no instant ends it, a person does. */
export function isForPerson({ until }: Hold): boolean {
  return until === untilReleased
}

function standingOf(held: Hold, hold: Hold): 'newer' | 'same' | 'older' {
  if (isLetGo(held)) return 'older'
  if (held.version > hold.version) return 'newer'
  // A withdrawal that is looked at again keeps its first instant through redeliveries.
  return held.version === hold.version && held.sequence === hold.sequence ? 'same' : 'older'
}

async function compareAndSet(write: () => Promise<void>): Promise<boolean> {
  try {
    await write()
    return true
  } catch (error) {
    if (error instanceof WrongSequenceError) return false
    throw error
  }
}

function newHold(item: NormalizedItem, sequence: number, until: Date): Hold {
  return {
    id: randomHoldId(),
    item: item.id,
    wire: item.wire,
    version: item.version,
    sequence,
    until: until.toISOString(),
  }
}

function randomHoldId(): string {
  return `hold_${randomBytes(16).toString('base64url')}`
}
