/**
 * Has all shards of a process store their outcomes in the same moment: sixteen entries that go to
 * the servers together cost little more there than one. Nobody waits longer than by himself.
 */
export class Beat {
  readonly #waitMs: number
  readonly #acts = new Set<() => void>()

  constructor(waitMs: number) {
    this.#waitMs = waitMs
  }

  /** Calls `act` once, with all that have joined by then. */
  join(act: () => void): void {
    if (this.#acts.size === 0) setTimeout(() => this.#strike(), this.#waitMs)
    this.#acts.add(act)
  }

  #strike(): void {
    const acts = [...this.#acts]
    this.#acts.clear()
    for (const act of acts) act()
  }
}
