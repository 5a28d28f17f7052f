import { type Register, type RegisterChange, type Row, WrongSequenceError } from '@newswire/bus'
import type { HubLane } from '@newswire/model'

/** A lost race for a lane is run again so often. */
const laneTriesMax = 5

/**
 * The lanes as this process knows them. What it writes itself it knows at once; what others write
 * comes by the register's watch, and until then a compare-and-set fails.
 */
export class LaneTable {
  readonly #register: Register<HubLane>
  readonly #rows = new Map<string, Row<HubLane>>()

  constructor(register: Register<HubLane>) {
    this.#register = register
  }

  get(key: string): Row<HubLane> | undefined {
    return this.#rows.get(key)
  }

  keys(): IterableIterator<string> {
    return this.#rows.keys()
  }

  /** Of the register's watch. */
  take(change: RegisterChange<HubLane>): void {
    if (change.kind === 'delete') this.#rows.delete(change.key)
    else this.#keep(change.row)
  }

  /** WrongSequenceError where the row is another by now; it is known then. */
  async write(key: string, value: HubLane, standing: Row<HubLane> | undefined): Promise<void> {
    try {
      const revision = await (standing
        ? this.#register.update(key, value, standing.revision)
        : this.#register.create(key, value))
      this.#keep({ key, value, revision })
    } catch (error) {
      if (error instanceof WrongSequenceError) await this.#refresh(key)
      throw error
    }
  }

  /** Asked again upon what another process wrote meanwhile; undefined leaves the lane as it is. */
  async change(
    key: string,
    change: (lane: HubLane | undefined) => HubLane | undefined,
  ): Promise<HubLane | undefined> {
    for (let tries = 1; ; tries += 1) {
      const row = this.#rows.get(key)
      const value = change(row?.value)
      if (value === undefined) return undefined
      try {
        await this.write(key, value, row)
        return value
      } catch (error) {
        if (!(error instanceof WrongSequenceError) || tries >= laneTriesMax) throw error
      }
    }
  }

  async delete(key: string): Promise<void> {
    await this.#register.delete(key)
    this.#rows.delete(key)
  }

  async #refresh(key: string): Promise<void> {
    const row = await this.#register.get(key)
    if (row) this.#keep(row)
    else this.#rows.delete(key)
  }

  #keep(row: Row<HubLane>): void {
    const known = this.#rows.get(row.key)
    if (known === undefined || known.revision < row.revision) this.#rows.set(row.key, row)
  }
}
