import type { Register, Subscription } from '@newswire/bus'

/** The rows of a register, kept in memory as they are now. */
export class Table<T> {
  readonly #rows = new Map<string, T>()
  readonly #register: Pick<Register<T>, 'watch'>
  #watching: Subscription | undefined

  constructor(register: Pick<Register<T>, 'watch'>) {
    this.#register = register
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const watching = this.#register.watch({
        onChange: (change) => {
          if (change.kind === 'delete') this.#rows.delete(change.key)
          else this.#rows.set(change.row.key, change.row.value)
        },
        onCurrent: resolve,
      })
      watching.then((running) => {
        this.#watching = running
      }, reject)
    })
  }

  async stop(): Promise<void> {
    await this.#watching?.stop()
  }

  get size(): number {
    return this.#rows.size
  }

  get(key: string): T | undefined {
    return this.#rows.get(key)
  }

  values(): Iterable<T> {
    return this.#rows.values()
  }
}
