import type { Log } from '@newswire/runtime'
import type { RegisterChange, Row, Subscription } from './bus.js'
import { isDeletion } from './deletion.js'
import type { Given } from './given.js'
import { rowsAheadMax } from './limits.js'
import type { Link } from './link.js'
import { Reader } from './reader.js'
import { newestOn } from './stored.js'

export interface WatchOptions<T> {
  readonly link: Link
  readonly log: Log
  readonly stream: string
  readonly prefix: string
  readonly toRow: (key: string, data: Uint8Array, revision: number) => Row<T>
  readonly onChange: (change: RegisterChange<T>) => void
  readonly onCurrent?: () => void
}

/** Every row that stands, then every change. Rows that end by their age are not told. */
export async function watchRows<T>(options: WatchOptions<T>): Promise<Subscription> {
  const watch = new Watch(options)
  await watch.start()
  return watch
}

/**
 * Each time that reading begins all rows are listed again, and compared with those that were told
 * before: what changed meanwhile is told, what vanished is told as deleted.
 */
class Watch<T> implements Subscription {
  readonly #options: WatchOptions<T>
  readonly #reader: Reader
  /** Revision of each row that was told. */
  readonly #told = new Map<string, number>()
  /** Keys that the listing has shown, while it goes on. */
  #listed: Set<string> | undefined
  #isCurrent = false
  #isStopped = false

  constructor(options: WatchOptions<T>) {
    this.#options = options
    const { link, log, stream, prefix } = options
    this.#reader = new Reader({
      link,
      log,
      stream,
      start: () => ({ newestOf: `${prefix}>` }),
      room: () => rowsAheadMax,
      onBegin: (waiting) => {
        this.#listed = new Set()
        if (waiting === 0) this.#endListing()
      },
      onGiven: (message) => this.#take(message),
      onIdle: () => this.#endListing(),
    })
  }

  start(): Promise<void> {
    return this.#reader.begin()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#reader.stop()
  }

  #take(message: Given): void {
    const key = message.subject.slice(this.#options.prefix.length)
    this.#listed?.add(key)
    if (isDeletion(message.headers)) this.#delete(key)
    else if (this.#told.get(key) !== message.sequence) this.#put(key, message)
    if (message.pending === 0) this.#endListing()
  }

  #put(key: string, { data, sequence }: Given): void {
    const { toRow, onChange, log, stream } = this.#options
    try {
      const row = toRow(key, data, sequence)
      this.#told.set(key, sequence)
      onChange({ kind: 'put', row })
    } catch (err) {
      log.error({ stream, revision: sequence, err }, 'row not taken')
    }
  }

  #delete(key: string): void {
    if (this.#told.delete(key)) this.#options.onChange({ kind: 'delete', key })
  }

  /**
   * A row that is written while the rows are listed is in no listing: what was listed of it is
   * replaced, and its change comes later. Only the server knows whether it is gone.
   */
  async #deleteIfGone(key: string, revision: number): Promise<void> {
    const { link, log, stream, prefix } = this.#options
    try {
      const newest = await link.attempt(() => newestOn(link, stream, `${prefix}${key}`))
      const isGone = newest === undefined || isDeletion(newest.header)
      const isSame = this.#told.get(key) === revision
      if (isGone && isSame && !this.#isStopped) this.#delete(key)
    } catch (err) {
      // The link is down: all rows are listed again when it is back.
      log.warn({ stream, err }, 'row that vanished could not be looked at')
    }
  }

  #endListing(): void {
    const listed = this.#listed
    if (listed === undefined) return
    this.#listed = undefined
    for (const [key, revision] of this.#told) {
      if (!listed.has(key)) void this.#deleteIfGone(key, revision)
    }
    if (this.#isCurrent) return
    this.#isCurrent = true
    this.#options.onCurrent?.()
  }
}

/** All rows that stand now. */
export async function listRows<T>(
  options: Omit<WatchOptions<T>, 'onChange' | 'onCurrent'>,
): Promise<Row<T>[]> {
  const rows = new Map<string, Row<T>>()
  let current: () => void = () => undefined
  const isCurrent = new Promise<void>((resolve) => {
    current = resolve
  })
  const watch = await watchRows<T>({
    ...options,
    onChange(change) {
      if (change.kind === 'put') rows.set(change.row.key, change.row)
      else rows.delete(change.key)
    },
    onCurrent: () => current(),
  })
  await isCurrent
  await watch.stop()
  return [...rows.values()]
}
