import type { Publication } from '@newswire/kit'

/*
 * What must have come out, told from what readers were shown, text by text in order. The rules:
 *
 * 1. The first text of an item is its version 1, whatever it calls itself.
 * 2. A text that the item had before changes nothing, whichever feed or address it comes back by.
 * 3. A teaser never replaces a full text.
 * 4. After a withdrawal nothing comes back, for no text here says that it is newer.
 * 5. Every other text is the next version: a correction where it calls itself one, else an update.
 * 6. A notice speaks of another item: what it says is that item's next version. Without that item
 *    it stays an item of its own.
 * 7. A withdrawal is a version without text. Of an item that was never out, nothing ever shows.
 * 8. A held version is inside only; the first version that gets out is `item.published`.
 */

export interface ExpectedVersion {
  readonly version: number
  readonly change: 'new' | 'update' | 'correction' | 'withdrawal'
  /** Empty for a withdrawal. */
  readonly mark: string
  readonly isHeld: boolean
}

export interface ExpectedItem {
  readonly id: string
  readonly versions: ExpectedVersion[]
  /** Marks and forms that the item had. */
  readonly texts: Set<string>
  isComplete: boolean
}

export class Oracle {
  readonly #items = new Map<string, ExpectedItem>()
  /** Notices that belong to another item. */
  readonly #joined = new Map<string, string>()

  tell(shown: readonly Publication[]): void {
    for (const publication of shown) this.#take(publication)
  }

  items(): readonly ExpectedItem[] {
    return [...this.#items.values()]
  }

  /**
   * Every event that one webhook without a filter gets, by item in order: `id v2 item.updated Q`.
   */
  events(): string[] {
    return this.items().flatMap(({ id, versions }) =>
      shownVersions(versions).map(
        ({ version, change, mark }, at) => `${id} v${version} ${eventOf(change, at)} ${mark}`,
      ),
    )
  }

  #take(publication: Publication): void {
    const id = this.#itemOf(publication)
    const item = this.#items.get(id) ?? { id, versions: [], texts: new Set(), isComplete: false }
    const last = item.versions.at(-1)
    const text = `${publication.mark} ${publication.isFull}`
    if (last?.change === 'withdrawal') return
    if (item.texts.has(text) && !publication.isWithdrawal) return
    if (item.isComplete && !publication.isFull && !publication.isWithdrawal) return
    item.versions.push({
      version: item.versions.length + 1,
      change: changeOf(publication, last === undefined),
      mark: publication.isWithdrawal === true ? '' : publication.mark,
      isHeld: publication.isHeld === true,
    })
    item.texts.add(text)
    item.isComplete ||= publication.isFull
    this.#items.set(id, item)
  }

  #itemOf({ item, of }: Publication): string {
    if (of === undefined) return item
    const joined = this.#joined.get(item)
    if (joined !== undefined) return joined
    if (!this.#items.has(of) || this.#items.has(item)) return item
    this.#joined.set(item, of)
    return of
  }
}

/** The versions that get out. */
export function shownVersions(versions: readonly ExpectedVersion[]): ExpectedVersion[] {
  const first = versions.findIndex(({ isHeld, change }) => !isHeld && change !== 'withdrawal')
  return first < 0 ? [] : versions.slice(first).filter(({ isHeld }) => !isHeld)
}

function changeOf(publication: Publication, isFirst: boolean): ExpectedVersion['change'] {
  if (publication.isWithdrawal) return 'withdrawal'
  if (isFirst) return 'new'
  return publication.isCorrection ? 'correction' : 'update'
}

function eventOf(change: ExpectedVersion['change'], at: number): string {
  if (change === 'withdrawal') return 'item.withdrawn'
  if (at === 0) return 'item.published'
  return change === 'correction' ? 'item.corrected' : 'item.updated'
}
