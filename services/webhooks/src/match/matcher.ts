import {
  type Filter,
  facetKeys,
  facetOf,
  facetsOf,
  fold,
  matches,
  queryParts,
  type TaggedItem,
} from '@newswire/model'

/** Which endpoints an item is for. */
export interface Matcher {
  set(endpoint: string, filter: Filter): void
  remove(endpoint: string): void
  match(item: TaggedItem): ReadonlySet<string>
}

/**
 * An endpoint lies under the terms of one key of its filter: without one of them it can't match.
 */
interface Entry {
  readonly filter: Filter
  readonly terms: readonly string[]
}

/**
 * An index over filters: an item's facets and words lead to candidates, a cheap look at the facets
 * drops most of those, and the model's own `matches` decides. A filter lies under the key whose
 * terms have the fewest filters so far; those that demand nothing are always candidates.
 */
export function createMatcher(): Matcher {
  const entries = new Map<string, Entry>()
  const postings = new Map<string, Set<string>>()
  const always = new Set<string>()

  const weightOf = (terms: readonly string[]) =>
    terms.reduce((sum, term) => sum + (postings.get(term)?.size ?? 0), 0)

  function remove(endpoint: string): void {
    for (const term of entries.get(endpoint)?.terms ?? []) {
      const posting = postings.get(term)
      posting?.delete(endpoint)
      if (posting?.size === 0) postings.delete(term)
    }
    entries.delete(endpoint)
    always.delete(endpoint)
  }

  function set(endpoint: string, filter: Filter): void {
    remove(endpoint)
    const [terms = []] = waysToFind(filter).sort((a, b) => weightOf(a) - weightOf(b))
    entries.set(endpoint, { filter, terms })
    if (terms.length === 0) always.add(endpoint)
    for (const term of terms) {
      const posting = postings.get(term) ?? new Set()
      postings.set(term, posting.add(endpoint))
    }
  }

  function match(item: TaggedItem): ReadonlySet<string> {
    const facets: ReadonlySet<string> = facetsOf(item)
    const candidates = new Set(always)
    for (const term of [...facets, ...wordsOf(item)]) {
      for (const endpoint of postings.get(term) ?? []) candidates.add(endpoint)
    }
    for (const endpoint of candidates) {
      const entry = entries.get(endpoint)
      const isMatch = entry && mayMatch(entry.filter, facets) && matches(entry.filter, item)
      if (!isMatch) candidates.delete(endpoint)
    }
    return candidates
  }

  return { set, remove, match }
}

/** For each key that the filter demands: the terms of which an item must have one. */
function waysToFind(filter: Filter): string[][] {
  const byFacet = facetKeys.map((key) => (filter[key] ?? []).map((value) => facetOf(key, value)))
  const byWord = (filter.q ?? []).map(rarestWord)
  return [...byFacet, byWord].filter((terms) => terms.length > 0)
}

/** All parts of a query must occur, so one word of it is enough to find it by: its longest. */
function rarestWord(query: string): string {
  const words = queryParts(query).flatMap((part) => part.split(' '))
  return wordTerm(words.reduce((longest, word) => (word.length > longest.length ? word : longest)))
}

function wordsOf(item: TaggedItem): Set<string> {
  return new Set(fold(`${item.headline} ${item.body.text}`).split(' ').map(wordTerm))
}

function wordTerm(word: string): string {
  return `word:${word}`
}

/** Facets only: what is left to `matches` is words. */
function mayMatch(filter: Filter, facets: ReadonlySet<string>): boolean {
  return facetKeys.every((key) => {
    const has = (value: string) => facets.has(facetOf(key, value))
    const wanted = filter[key]
    return (!wanted?.length || wanted.some(has)) && !filter.not?.[key]?.some(has)
  })
}
