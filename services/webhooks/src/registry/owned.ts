import type { Register, Subscription } from '@newswire/bus'
import { inOrder } from './list-page.js'
import type { WebhookRow } from './webhook-row.js'

type Owner = Pick<WebhookRow, 'id' | 'owner' | 'name' | 'createdAt' | 'retiredAt'>

/**
 * Which webhooks each key has and what they are called, live from the register: no registration and
 * no list reads them all.
 */
export class Owned {
  readonly #endpoints: Pick<Register<Owner>, 'watch'>
  readonly #rows = new Map<string, Owner>()
  #listed: readonly Owner[] | undefined
  readonly #counts = new Map<string, number>()
  /** Taken, and not known to stand. */
  readonly #taken = new Set<string>()
  #watch: Promise<Subscription> | undefined

  constructor(endpoints: Pick<Register<Owner>, 'watch'>) {
    this.#endpoints = endpoints
  }

  /** Complete at the first call; what other processes write comes a moment later. */
  async countOf(owner: string): Promise<number> {
    await this.#started()
    return this.#counts.get(owner) ?? 0
  }

  /** Counts a row that is about to be stored; false, and nothing is counted, where `max` stand. */
  async take(row: Owner, max: number): Promise<boolean> {
    await this.#started()
    if (this.#rows.has(row.id)) return true
    if ((this.#counts.get(row.owner) ?? 0) >= max) return false
    this.note(row)
    this.#taken.add(row.id)
    return true
  }

  /** Storing it failed: it counts no more, unless the register has told of it all the same. */
  giveBack(id: string): void {
    if (this.#taken.has(id)) this.forget(id)
  }

  /** Those that stand, the newest first; of all keys, or of one. As complete as `countOf`. */
  async list(owner?: string): Promise<readonly Owner[]> {
    await this.#started()
    this.#listed ??= inOrder([...this.#rows.values()].filter((row) => row.retiredAt === undefined))
    return owner === undefined ? this.#listed : this.#listed.filter((row) => row.owner === owner)
  }

  /** What its owner calls it; undefined without a name, or where it is gone. */
  async nameOf(id: string): Promise<string | undefined> {
    await this.#started()
    return this.#rows.get(id)?.name
  }

  /** It stands. Our own registration counts at once. */
  note({ id, owner, name, createdAt, retiredAt }: Owner): void {
    this.#taken.delete(id)
    const before = this.#rows.get(id)
    const isSame = before?.owner === owner && before.retiredAt === retiredAt
    if (isSame && before.name === name) return
    if (before !== undefined) this.#count(before.owner, -1)
    this.#rows.set(id, { id, owner, name, createdAt, retiredAt })
    this.#listed = undefined
    this.#count(owner, 1)
  }

  async stop(): Promise<void> {
    // One that could not be started has nothing to stop.
    await this.#watch?.then((watch) => watch.stop()).catch(() => undefined)
  }

  async #started(): Promise<void> {
    this.#watch ??= this.#start()
    try {
      await this.#watch
    } catch (error) {
      this.#watch = undefined
      throw error
    }
  }

  async #start(): Promise<Subscription> {
    let onCurrent: () => void = () => undefined
    const current = new Promise<void>((resolve) => {
      onCurrent = resolve
    })
    const watch = await this.#endpoints.watch({
      onCurrent,
      onChange: (change) => {
        if (change.kind === 'put') this.note(change.row.value)
        else this.forget(change.key)
      },
    })
    await current
    return watch
  }

  /** Our own deletion too. */
  forget(id: string): void {
    this.#taken.delete(id)
    const row = this.#rows.get(id)
    if (row === undefined) return
    this.#rows.delete(id)
    this.#listed = undefined
    this.#count(row.owner, -1)
  }

  #count(owner: string, by: number): void {
    const count = (this.#counts.get(owner) ?? 0) + by
    if (count === 0) this.#counts.delete(owner)
    else this.#counts.set(owner, count)
  }
}
