import { facetKeys, facetOf } from '../facets.js'
import { type Filter, queryParts } from '../filter-spelling.js'
import type { Term, Terms } from './terms.js'

/** One value of `q`: all of it must occur. The words of its phrases are among the words. */
interface Query {
  readonly words: readonly Term[]
  /** With a space at either end, as they stand in a folded text. */
  readonly phrases: readonly string[]
}

/** A filter may be found in vain so often before it moves for the first time. */
const patienceMin = 16

/** Shared, as most filters have most of their lists empty. */
const none: readonly never[] = []

/**
 * A filter whose values are terms, so that a look at an item compares numbers. It lies under terms
 * without one of which an item can't match.
 */
export class FiledFilter {
  readonly name: string
  /** The last item that it was looked at for. */
  lookedFor = 0
  /** Looks in vain that are left to it where it lies, and how many it began with. */
  #patience = patienceMin
  #patienceMax = patienceMin
  /** An item has all of these, and … */
  #each: readonly Term[] = none
  /** … one of each of these, and … */
  readonly #anyOf: readonly (readonly Term[])[]
  /** … one of these, if there are any, … */
  readonly #queries: readonly Query[]
  /** … and all of these, and … */
  readonly #phrases: readonly string[]
  /** … none of these. */
  readonly #unwanted: readonly Term[]
  readonly #unwantedQueries: readonly Query[]
  #under: readonly Term[] = none
  /** Where it stands in `filed` of each of them. */
  #places: readonly number[] = none

  constructor(name: string, filter: Filter, terms: Terms) {
    this.name = name
    const groupsOf = (values: Partial<Filter> | undefined) =>
      facetKeys.map((key) => (values?.[key] ?? []).map((value) => terms.use(facetOf(key, value))))
    const queriesOf = (values: readonly string[] = []) =>
      values.map((value) => queryOf(value, terms))
    const groups = groupsOf(filter)
    const queries = queriesOf(filter.q)
    const only = queries.length === 1 ? queries[0] : undefined
    const unwanted = queriesOf(filter.not?.q)
    const single = groups.filter(({ length }) => length === 1).flat()
    this.#each = kept([...single, ...(only?.words ?? [])])
    this.#anyOf = kept(groups.filter(({ length }) => length > 1))
    this.#queries = only ? none : kept(queries)
    this.#phrases = only?.phrases ?? none
    const oneWords = unwanted.filter(isOneWord).flatMap(({ words }) => words)
    this.#unwanted = kept([...groupsOf(filter.not).flat(), ...oneWords])
    this.#unwantedQueries = kept(unwanted.filter((query) => !isOneWord(query)))
  }

  /** Whether the item that has marked its terms with this number is for it. */
  isFor(item: number, text: string): boolean {
    for (const { seenIn } of this.#each) if (seenIn !== item) return false
    for (const terms of this.#anyOf) if (!hasOne(terms, item)) return false
    if (hasOne(this.#unwanted, item)) return false
    const occurs = (query: Query) => occursIn(query, item, text)
    if (this.#queries.length > 0 && !this.#queries.some(occurs)) return false
    if (!this.#phrases.every((phrase) => text.includes(phrase))) return false
    return !this.#unwantedQueries.some(occurs)
  }

  /** Puts it where the fewest items find it. False where it demands nothing: all items do. */
  file(terms: Terms): boolean {
    const rank = (term: Term) => terms.commonness(term)
    // The rarest first: most items that are looked at in vain fail there.
    this.#each = kept([...this.#each].sort((a, b) => rank(a) - rank(b)))
    const sum = (way: readonly Term[]) => way.reduce((all, term) => all + rank(term), 0)
    const [best = none] = this.#ways(rank).sort((a, b) => sum(a) - sum(b))
    this.#under = best
    this.#places = best.map(({ filed }) => filed.push(this) - 1)
    return best.length > 0
  }

  /** After a look in vain: whether there were so many that it may lie better elsewhere. */
  isTired(): boolean {
    this.#patience -= 1
    return this.#patience <= 0
  }

  /** Where it lies best already it is asked half as often from now on. */
  move(terms: Terms): void {
    this.#patienceMax *= 2
    this.#patience = this.#patienceMax
    this.unfile()
    this.file(terms)
  }

  unfile(): void {
    for (const [at, term] of this.#under.entries()) {
      const place = this.#places[at] ?? 0
      const last = term.filed.pop()
      if (!last || last === this) continue
      term.filed[place] = last
      last.#places = last.#places.with(last.#under.indexOf(term), place)
    }
    this.#under = none
    this.#places = none
  }

  /** Each of them as often as it is used. */
  *terms(): Iterable<Term> {
    yield* this.#each
    for (const terms of this.#anyOf) yield* terms
    yield* this.#unwanted
    for (const { words } of this.#queries) yield* words
    for (const { words } of this.#unwantedQueries) yield* words
  }

  /** Lists of terms of which an item must have one. */
  #ways(rank: (term: Term) => number): (readonly Term[])[] {
    const [rarest] = this.#each
    // All words of a query must occur, so one is enough to find it by.
    const words = this.#queries.map((query) =>
      query.words.reduce((best, word) => (rank(word) < rank(best) ? word : best)),
    )
    return [
      ...(rarest ? [[rarest]] : []),
      ...this.#anyOf,
      ...(words.length > 0 ? [[...new Set(words)]] : []),
    ]
  }
}

function queryOf(query: string, terms: Terms): Query {
  const parts = queryParts(query)
  const words = new Set(parts.flatMap((part) => part.split(' ')))
  const phrases = parts.filter((part) => part.includes(' ')).map((part) => ` ${part} `)
  return { words: [...words].map((word) => terms.use(word)), phrases: kept(phrases) }
}

function isOneWord({ words, phrases }: Query): boolean {
  return words.length === 1 && phrases.length === 0
}

function occursIn({ words, phrases }: Query, item: number, text: string): boolean {
  for (const { seenIn } of words) if (seenIn !== item) return false
  return phrases.every((phrase) => text.includes(phrase))
}

function hasOne(terms: readonly Term[], item: number): boolean {
  for (const { seenIn } of terms) if (seenIn === item) return true
  return false
}

/** A list that stays takes no more room than it has entries. */
function kept<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? none : list.slice()
}
