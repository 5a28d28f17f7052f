import { changeRow, type Register, type Subscription } from '@newswire/bus'
import { isUnfinished, type Replay, type ReplayRow } from './replay-row.js'

export type OnReplayChange = (endpoint: string) => void

/** All replays that stand, live from the register's watch; one for all shards of a process. */
export class ReplayBoard {
  readonly #register: Register<ReplayRow>
  readonly #rows = new Map<string, { readonly row: ReplayRow; readonly revision: number }>()
  readonly #listeners = new Set<OnReplayChange>()
  #watch: Subscription | undefined

  constructor(register: Register<ReplayRow>) {
    this.#register = register
  }

  /** Resolves once all rows that stand are in. */
  async start(): Promise<void> {
    let onCurrent: () => void = () => undefined
    const current = new Promise<void>((resolve) => {
      onCurrent = resolve
    })
    this.#watch = await this.#register.watch({
      onCurrent,
      onChange: (change) => {
        if (change.kind === 'put') this.#put(change.row)
        else this.#rows.delete(change.key)
        const endpoint = change.kind === 'put' ? change.row.key : change.key
        for (const listener of this.#listeners) listener(endpoint)
      },
    })
    await current
  }

  *all(): Iterable<ReplayRow> {
    for (const { row } of this.#rows.values()) yield row
  }

  of(endpoint: string): ReplayRow | undefined {
    return this.#rows.get(endpoint)?.row
  }

  /** Writes how far a replay is, unless it has ended: it may have been cancelled meanwhile. */
  async tell(endpoint: string, replay: string, progress: Partial<Replay>): Promise<void> {
    await changeRow(this.#register, endpoint, (row) => {
      if (!row) return undefined
      const replays = row.replays.map((each) =>
        each.id === replay && isUnfinished(each) ? { ...each, ...progress } : each,
      )
      return { ...row, replays }
    })
  }

  /** The webhook was deleted. */
  async forget(endpoint: string): Promise<void> {
    await this.#register.delete(endpoint)
    this.#rows.delete(endpoint)
  }

  /** Returns what ends it. */
  onChange(listener: OnReplayChange): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async stop(): Promise<void> {
    await this.#watch?.stop()
  }

  #put({ key, value, revision }: { key: string; value: ReplayRow; revision: number }): void {
    if ((this.#rows.get(key)?.revision ?? 0) >= revision) return
    this.#rows.set(key, { row: value, revision })
  }
}
