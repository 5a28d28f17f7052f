import type { Dispatch } from '../plan/dispatch.js'

/** A lane's open deliveries. Nearly all have one: a Map would be the largest part of their lane. */
export class OpenDispatches {
  #only: Dispatch | undefined
  #all: Map<string, Dispatch> | undefined

  constructor(dispatches: Iterable<Dispatch>) {
    for (const dispatch of dispatches) this.add(dispatch)
  }

  get(id: string): Dispatch | undefined {
    if (this.#all) return this.#all.get(id)
    return this.#only?.id === id ? this.#only : undefined
  }

  add(dispatch: Dispatch): void {
    const only = this.#only
    if (this.#all) this.#all.set(dispatch.id, dispatch)
    else if (!only || only.id === dispatch.id) this.#only = dispatch
    else {
      const both = [only, dispatch].map((one) => [one.id, one] as const)
      this.#all = new Map(both)
    }
  }

  delete(id: string): void {
    if (this.#all) this.#all.delete(id)
    else if (this.#only?.id === id) this.#only = undefined
  }

  values(): readonly Dispatch[] {
    if (this.#all) return [...this.#all.values()]
    return this.#only ? [this.#only] : []
  }
}
