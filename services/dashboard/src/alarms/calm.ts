import { changeRow, type Register } from '@newswire/bus'
import { z } from 'zod'
import { Table } from '../figures/table.js'

const key = 'house'

/** Register `calm`, one row. */
export const calmRowSchema = z.object({ since: z.iso.datetime() })
export type CalmRow = z.infer<typeof calmRowSchema>

/** Since when nothing is wrong: since the last alarm ended, or since the house is watched. */
export class Calm {
  readonly #register: Register<CalmRow>
  readonly #rows: Table<CalmRow>

  constructor(register: Register<CalmRow>) {
    this.#register = register
    this.#rows = new Table(register)
  }

  start(): Promise<void> {
    return this.#rows.start()
  }

  stop(): Promise<void> {
    return this.#rows.stop()
  }

  get since(): string | undefined {
    return this.#rows.get(key)?.since
  }

  /** The first look at the house; the row stands beyond every restart. */
  async begin(now: Date): Promise<void> {
    if (this.since !== undefined) return
    await changeRow(this.#register, key, (row) => (row ? undefined : { since: now.toISOString() }))
  }

  /** An alarm ended. */
  async beginAnew(now: Date): Promise<void> {
    const since = now.toISOString()
    await changeRow(this.#register, key, (row) =>
      row && row.since >= since ? undefined : { since },
    )
  }
}
