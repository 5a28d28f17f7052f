import type { FiledFilter } from './filed-filter.js'

/** A facet or a folded word that filters speak of. A facet has a `:` in it, a word never has. */
export interface Term {
  readonly text: string
  /** How often filters speak of it; at 0 it is forgotten. */
  uses: number
  /** The last item that has it, by its number. */
  seenIn: number
  /** Items that had it, and the number of the last one before it was known. */
  hits: number
  readonly since: number
  /** Filters that lie under it. */
  readonly filed: FiledFilter[]
}

/** What is thought of a term before it has been seen counts like so many items. */
const priorItems = 20
const priors: Readonly<Record<string, number>> = {
  issuer: 0.001,
  topic: 0.05,
  region: 0.05,
  source: 0.4,
  lang: 0.4,
}

/** All terms of an index. An item marks those that it has with its own number. */
export class Terms {
  readonly #byText = new Map<string, Term>()
  #words = 0
  #items = 0

  /** Without any, no item's text needs to be read. */
  get hasWords(): boolean {
    return this.#words > 0
  }

  use(text: string): Term {
    const standing = this.#byText.get(text)
    if (standing) {
      standing.uses += 1
      return standing
    }
    const term = { text, uses: 1, seenIn: 0, hits: 0, since: this.#items, filed: [] }
    this.#byText.set(text, term)
    if (isWord(text)) this.#words += 1
    return term
  }

  release(term: Term): void {
    term.uses -= 1
    if (term.uses > 0) return
    this.#byText.delete(term.text)
    if (isWord(term.text)) this.#words -= 1
  }

  /** The next item's number. */
  begin(): number {
    this.#items += 1
    return this.#items
  }

  /** Marks what the item has; gives the filters that lie under each of that. */
  mark(texts: Iterable<string>): (readonly FiledFilter[])[] {
    const found: (readonly FiledFilter[])[] = []
    for (const text of texts) {
      const term = this.#byText.get(text)
      if (term === undefined || term.seenIn === this.#items) continue
      term.seenIn = this.#items
      term.hits += 1
      if (term.filed.length > 0) found.push(term.filed)
    }
    return found
  }

  /** The share of items that have the term, as far as that is known. */
  commonness({ text, hits, since }: Term): number {
    return (hits + priorOf(text) * priorItems) / (this.#items - since + priorItems)
  }
}

function priorOf(text: string): number {
  // Long words are rare.
  return isWord(text) ? 2 ** -text.length : (priors[text.slice(0, text.indexOf(':'))] ?? 1)
}

function isWord(text: string): boolean {
  return !text.includes(':')
}
