import type { Register, Subscription } from '@newswire/bus'
import { isRevoked, type KeyRow } from '@newswire/http'

/** Called when a key was revoked. */
export type OnRevoked = (key: string) => void

/**
 * The keys that somebody has ended, live from register `keys`; one for all shards of a process. A
 * key without a row is none of them: the house's own admin key makes room for another without a
 * trace, and what was registered with it goes on.
 */
export class RevokedKeys {
  readonly #keys: Pick<Register<KeyRow>, 'watch'>
  readonly #revoked = new Set<string>()
  readonly #listeners = new Set<OnRevoked>()
  #watch: Subscription | undefined

  constructor(keys: Pick<Register<KeyRow>, 'watch'>) {
    this.#keys = keys
  }

  /** Resolves once all keys that stand are in. */
  async start(): Promise<void> {
    let onCurrent: () => void = () => undefined
    const current = new Promise<void>((resolve) => {
      onCurrent = resolve
    })
    this.#watch = await this.#keys.watch({
      onCurrent,
      onChange: (change) => {
        if (change.kind === 'put' && isRevoked(change.row.value)) this.#add(change.row.key)
        // ADMIN_KEY may name a key that was revoked, and brings it back.
        else this.#revoked.delete(change.kind === 'put' ? change.row.key : change.key)
      },
    })
    await current
  }

  has(key: string): boolean {
    return this.#revoked.has(key)
  }

  /** Returns what ends it. */
  onRevoked(listener: OnRevoked): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async stop(): Promise<void> {
    await this.#watch?.stop()
  }

  #add(key: string): void {
    this.#revoked.add(key)
    for (const listener of this.#listeners) listener(key)
  }
}
