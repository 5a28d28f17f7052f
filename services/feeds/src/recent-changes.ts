import type { TaggedItem } from '@newswire/model'
import type { OnPublicChange } from '@newswire/store'

export interface ChangeLimits {
  readonly changesMax: number
  /** Of their headlines and bodies. */
  readonly changeCharsMax: number
}

/** The last changes of the read model, against which kept feeds are checked. */
export class RecentChanges {
  readonly #limits: ChangeLimits
  readonly #changes: (readonly TaggedItem[])[] = []
  #chars = 0
  #count = 0
  #toldUpTo = 0

  /** Who missed more than is remembered can't be checked. */
  constructor(limits: ChangeLimits) {
    this.#limits = limits
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
    const change = before ? [before, item] : [item]
    this.#changes.push(change)
    this.#chars += charsOf(change)
    this.#forget()
    this.#count += 1
  }

  #forget(): void {
    const { changesMax, changeCharsMax } = this.#limits
    while (this.#changes.length > changesMax || this.#chars > changeCharsMax) {
      this.#chars -= charsOf(this.#changes.shift() ?? [])
    }
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

function charsOf(change: readonly TaggedItem[]): number {
  return change.reduce((sum, { headline, body }) => {
    return sum + headline.length + body.text.length + body.html.length
  }, 0)
}
