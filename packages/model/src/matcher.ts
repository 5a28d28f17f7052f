import { facetsOf } from './facets.js'
import { foldedText, foldedWords } from './filter.js'
import type { Filter } from './filter-spelling.js'
import type { TaggedItem } from './item.js'
import { FiledFilter } from './matching/filed-filter.js'
import { Terms } from './matching/terms.js'

/** Which filters an item is for, each known by a name: an endpoint's id, a feed's path. */
export interface Matcher {
  set(name: string, filter: Filter): void
  remove(name: string): void
  /** As `matches` decides for each filter alone. */
  match(item: TaggedItem): ReadonlySet<string>
}

/** Filters that one match moves, so that none takes long. */
const movesMax = 64

/**
 * An index over filters. Each lies under the terms of one of the keys that it demands: without one
 * of them an item can't match. An item's facets and words mark their terms and lead to the filters
 * that lie under them, and the marks decide those; only phrases look into the text again. How
 * common a term is, is learnt from the items: a filter that is found in vain moves to rarer ones.
 */
export function createMatcher(): Matcher {
  return new FilterIndex()
}

class FilterIndex implements Matcher {
  readonly #filters = new Map<string, FiledFilter>()
  readonly #terms = new Terms()
  /** Filters that demand nothing. */
  readonly #always = new Set<FiledFilter>()

  set(name: string, filter: Filter): void {
    this.remove(name)
    const filed = new FiledFilter(name, filter, this.#terms)
    this.#filters.set(name, filed)
    if (!filed.file(this.#terms)) this.#always.add(filed)
  }

  remove(name: string): void {
    const filed = this.#filters.get(name)
    if (!filed) return
    this.#filters.delete(name)
    this.#always.delete(filed)
    filed.unfile()
    for (const term of filed.terms()) this.#terms.release(term)
  }

  match(item: TaggedItem): ReadonlySet<string> {
    const terms = this.#terms
    const number = terms.begin()
    const text = terms.hasWords ? foldedText(item) : ''
    const words = terms.hasWords ? terms.mark(foldedWords(item)) : []
    const found = [...terms.mark(facetsOf(item)), ...words]
    const look: Look = { number, text, names: new Set(), misplaced: [] }
    for (const filters of [this.#always, ...found]) lookAt(filters, look)
    for (const filter of look.misplaced.slice(0, movesMax)) filter.move(terms)
    return look.names
  }
}

/** One item's look at the filters that it leads to, and what came of it. */
interface Look {
  readonly number: number
  readonly text: string
  readonly names: Set<string>
  readonly misplaced: FiledFilter[]
}

function lookAt(filters: Iterable<FiledFilter>, look: Look): void {
  const { number, text, names, misplaced } = look
  for (const filter of filters) {
    // Found before, under another of its terms.
    if (filter.lookedFor === number) continue
    filter.lookedFor = number
    if (filter.isFor(number, text)) names.add(filter.name)
    else if (filter.isTired()) misplaced.push(filter)
  }
}
