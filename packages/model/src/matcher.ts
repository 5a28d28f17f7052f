import { facetKeys, facetOf, facetsOf } from './facets.js'
import { type Filter, matches, queryParts } from './filter.js'
import { fold } from './identity.js'
import type { TaggedItem } from './item.js'

/** Which filters an item is for, each known by a name: an endpoint's id, a feed's path. */
export interface Matcher {
  set(name: string, filter: Filter): void
  remove(name: string): void
  match(item: TaggedItem): ReadonlySet<string>
}

/** A filter lies under the terms of one of its keys: without one of them it can't match. */
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

  function remove(name: string): void {
    for (const term of entries.get(name)?.terms ?? []) {
      const posting = postings.get(term)
      posting?.delete(name)
      if (posting?.size === 0) postings.delete(term)
    }
    entries.delete(name)
    always.delete(name)
  }

  function set(name: string, filter: Filter): void {
    remove(name)
    const [terms = []] = waysToFind(filter).sort((a, b) => weightOf(a) - weightOf(b))
    entries.set(name, { filter, terms })
    if (terms.length === 0) always.add(name)
    for (const term of terms) {
      const posting = postings.get(term) ?? new Set()
      postings.set(term, posting.add(name))
    }
  }

  function match(item: TaggedItem): ReadonlySet<string> {
    const facets: ReadonlySet<string> = facetsOf(item)
    const candidates = new Set(always)
    for (const term of [...facets, ...wordsOf(item)]) {
      for (const name of postings.get(term) ?? []) candidates.add(name)
    }
    for (const name of candidates) {
      const entry = entries.get(name)
      const isMatch = entry && mayMatch(entry.filter, facets) && matches(entry.filter, item)
      if (!isMatch) candidates.delete(name)
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
