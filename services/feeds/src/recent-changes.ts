import type { TaggedItem } from '@newswire/model'
import type { OnPublicChange } from '@newswire/store'

/** The last changes of the read model, against which kept feeds are checked. */
export class RecentChanges {
  readonly #max: number
  readonly #changes: (readonly TaggedItem[])[] = []
  #count = 0
  #toldUpTo = 0

  /** Changes that are remembered; who missed more can't be checked. */
  constructor(max: number) {
    this.#max = max
  }

  /** How many there were. */
  get count(): number {
    return this.#count
  }

  /** The newest fact of stream TAGGED that the read model must hold. */
  get toldUpTo(): number {
    return this.#toldUpTo
  }

  readonly onPublicChange: OnPublicChange = ({ item, before, sequence }) => {
    // A read model that is made anew tells everything again.
    if (sequence <= this.#toldUpTo) return
    this.#toldUpTo = sequence
    this.#changes.push(before ? [before, item] : [item])
    if (this.#changes.length > this.#max) this.#changes.shift()
    this.#count += 1
  }

  requireUpTo(sequence: number): void {
    this.#toldUpTo = Math.max(this.#toldUpTo, sequence)
  }

  /** Whether one of the changes since was of an item that is looked for. Unknown counts as yes. */
  hasSince(count: number, isWanted: (item: TaggedItem) => boolean): boolean {
    const missed = this.#count - count
    if (missed === 0) return false
    if (missed > this.#changes.length) return true
    const since = this.#changes.slice(this.#changes.length - missed)
    return since.some((items) => items.some(isWanted))
  }
}
