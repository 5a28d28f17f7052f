import type { Bus, Register } from '@newswire/bus'
import type { Attempt } from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import type { Sender } from '../deliver/sender.js'
import type { WebhookLimits } from '../limits.js'
import { pause } from '../pause.js'
import type { Planner } from '../plan/planner.js'
import type { Directory } from '../registry/directory.js'
import type { WebhookRow } from '../registry/webhook-row.js'
import { findItems, type Heard, Progress } from './progress.js'
import type { ReplayBoard } from './replay-board.js'
import { isUnfinished, type Replay } from './replay-row.js'

export interface ReplayerOptions {
  readonly bus: Pick<Bus, 'streams' | 'replay'>
  readonly shard: number
  readonly replays: ReplayBoard
  readonly directory: Directory
  readonly endpoints: Register<WebhookRow>
  readonly planner: Pick<Planner, 'again'>
  readonly sender: Pick<Sender, 'hurry' | 'countAt' | 'knows'>
  readonly clock: Clock
  readonly log: Log
  readonly limits: WebhookLimits
}

/**
 * Works the replays of a shard's endpoints, portion by portion, between the fresh items. How far
 * each is stands in its row: whoever owns the shard next goes on from there.
 */
export class Replayer {
  readonly #options: ReplayerOptions
  readonly #ending = new AbortController()
  /** Endpoints of this shard whose row is to be looked at. */
  readonly #asked = new Set<string>()
  /** Replays whose end is written, while their row may still say otherwise. */
  readonly #finished = new Set<string>()
  /** By replay. */
  readonly #loaded = new Map<string, Progress>()
  /** What is recorded while a replay's items are read: the reading may end before it. */
  #loading: { readonly endpoint: string; readonly heard: Heard } | undefined
  #wake = new AbortController()
  #unlisten: () => void = () => undefined
  #working: Promise<void> = Promise.resolve()

  constructor(options: ReplayerOptions) {
    this.#options = options
  }

  start(): void {
    const { replays, directory, shard } = this.#options
    const look = (endpoint: string) => {
      if (directory.shardOf(endpoint) !== shard || !replays.of(endpoint)) return
      this.#asked.add(endpoint)
      this.#wake.abort()
    }
    const ends = [replays.onChange(look), directory.onChange(look)]
    this.#unlisten = () => {
      for (const end of ends) end()
    }
    for (const { endpoint } of replays.all()) look(endpoint)
    this.#working = this.#work()
  }

  /** An outcome is in the ledger. */
  recorded({ endpoint, item, result }: Attempt): void {
    if (this.#loading?.endpoint === endpoint) this.#loading.heard.set(item, result)
    if (this.#loaded.size === 0) return
    const { sender, limits } = this.#options
    const isOpen = sender.knows(endpoint, item) !== undefined
    const hasRoom = sender.countAt(endpoint) <= limits.replayLanesMax / 2
    for (const progress of this.#loaded.values()) {
      if (progress.endpoint !== endpoint) continue
      progress.recorded(item, result, isOpen)
      if (progress.isOver || (hasRoom && !progress.isPlanned)) this.#wake.abort()
    }
  }

  async stop(): Promise<void> {
    this.#ending.abort()
    this.#wake.abort()
    this.#unlisten()
    await this.#working
  }

  async #work(): Promise<void> {
    const { log, shard, limits } = this.#options
    const { signal } = this.#ending
    while (!signal.aborted) {
      this.#wake = new AbortController()
      let isMore = false
      try {
        isMore = await this.#round()
      } catch (error) {
        log.warn({ err: error, shard }, 'replays of a shard broke off; they go on from their rows')
        this.#loaded.clear()
      }
      if (isMore) await pause(limits.replayPauseMs, signal)
      // The end wakes it too.
      else await pause(limits.replayLookMs, this.#wake.signal)
    }
  }

  /** One portion of each replay. False where none can go on at once. */
  async #round(): Promise<boolean> {
    const { replays, directory } = this.#options
    let isMore = false
    for (const endpoint of [...this.#asked]) {
      const all = replays.of(endpoint)?.replays ?? []
      if (!directory.get(endpoint)) await this.#forget(endpoint, all)
      else if (await this.#goOnAt(endpoint, this.#unfinishedOf(endpoint, all))) isMore = true
    }
    return isMore
  }

  /** The row may be older than what was written to it last. */
  #unfinishedOf(endpoint: string, all: readonly Replay[]): readonly Replay[] {
    const unfinished = all.filter(isUnfinished)
    // One that was cancelled is not finished by us.
    for (const replay of all) if (!isUnfinished(replay)) this.#loaded.delete(replay.id)
    if (unfinished.length === 0) {
      this.#asked.delete(endpoint)
      for (const { id } of all) this.#finished.delete(id)
    }
    return unfinished.filter(({ id }) => !this.#finished.has(id))
  }

  /** The webhook was deleted, unless the register knows it. */
  async #forget(endpoint: string, all: readonly Replay[]): Promise<void> {
    if (await this.#options.endpoints.get(endpoint)) return
    await this.#options.replays.forget(endpoint)
    this.#asked.delete(endpoint)
    for (const { id } of all) {
      this.#finished.delete(id)
      this.#loaded.delete(id)
    }
  }

  async #goOnAt(endpoint: string, unfinished: readonly Replay[]): Promise<boolean> {
    let isMore = false
    for (const replay of unfinished) {
      if (this.#ending.signal.aborted) return false
      if (await this.#goOn(endpoint, replay)) isMore = true
    }
    return isMore
  }

  async #goOn(endpoint: string, replay: Replay): Promise<boolean> {
    const row = this.#options.directory.get(endpoint)?.row
    if (!row) return false
    if (row.status === 'disabled' && replay.state === 'planning') {
      await this.#finish(endpoint, replay, {
        state: 'stopped',
        reason: 'The webhook was disabled. Set its status to active, and ask for the replay again.',
      })
      return false
    }
    const progress = await this.#load(endpoint, replay)
    if (!progress) return false
    const isMore = progress.isPlanned ? false : await this.#planPortion(endpoint, progress)
    if (progress.isOver) await this.#finish(endpoint, replay, { ...progress.told(), state: 'done' })
    else if (progress.isNews) await this.#options.replays.tell(endpoint, replay.id, progress.told())
    return isMore
  }

  async #load(endpoint: string, replay: Replay): Promise<Progress | undefined> {
    const standing = this.#loaded.get(replay.id)
    if (standing) return standing
    if (replay.state === 'planning' && !this.#makeRoom(endpoint)) return undefined
    const heard: Heard = new Map()
    this.#loading = { endpoint, heard }
    try {
      const found = await findItems(this.#options, endpoint, replay)
      // In one step, so that whatever is recorded next finds it.
      const isOpen = (item: string) => this.#options.sender.knows(endpoint, item) !== undefined
      const progress = new Progress(endpoint, replay, { found, heard, isOpen })
      this.#loaded.set(replay.id, progress)
      return progress
    } finally {
      this.#loading = undefined
    }
  }

  /** One that can't go on leaves its place to one that can; it is counted anew in its turn. */
  #makeRoom(endpoint: string): boolean {
    const { sender, limits } = this.#options
    const isFull = (at: string) => sender.countAt(at) >= limits.replayLanesMax
    // What only waits for its last answers is small.
    const planning = [...this.#loaded.values()].filter(({ isPlanned }) => !isPlanned)
    if (planning.length < limits.replaysLoadedMax) return true
    const blocked = isFull(endpoint) ? undefined : planning.find((each) => isFull(each.endpoint))
    return blocked !== undefined && this.#loaded.delete(blocked.id)
  }

  /** False where nothing more can be planned at once. */
  async #planPortion(endpoint: string, progress: Progress): Promise<boolean> {
    const { sender, planner, limits } = this.#options
    for (let count = 0; count < limits.replayPortionMax; count += 1) {
      const missed = progress.next()
      if (!missed || this.#ending.signal.aborted || this.#isCancelled(endpoint, progress)) {
        return false
      }
      if (sender.hurry(endpoint, missed.item)) {
        progress.took(missed, 'waiting')
        continue
      }
      // Open before it is planned: its outcome may be there before this goes on.
      progress.opens(missed)
      if (progress.isDelivered(missed)) {
        progress.took(missed, 'passed')
        continue
      }
      if (sender.countAt(endpoint) >= limits.replayLanesMax) return false
      progress.took(missed, await planner.again({ endpoint, replay: progress.id, missed }))
    }
    return true
  }

  #isCancelled(endpoint: string, { id }: Progress): boolean {
    const replay = this.#options.replays.of(endpoint)?.replays.find((each) => each.id === id)
    return replay !== undefined && !isUnfinished(replay)
  }

  async #finish(endpoint: string, { id }: Replay, last: Partial<Replay>): Promise<void> {
    const { replays, clock, log } = this.#options
    this.#loaded.delete(id)
    const finishedAt = clock.now().toISOString()
    await replays.tell(endpoint, id, { ...last, finishedAt })
    this.#finished.add(id)
    log.info({ endpoint, replay: id, state: last.state }, 'replay finished')
  }
}
