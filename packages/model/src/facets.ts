import { fold } from './fold.js'
import type { TaggedItem } from './item.js'

/** The keys of a filter that match by set membership. */
export const facetKeys = ['region', 'topic', 'lang', 'source', 'issuer'] as const
export type FacetKey = (typeof facetKeys)[number]

/** `region:CN`, `topic:medtop:04000000`, `lang:de`, `source:na`, `issuer:acme-ag`. */
export type Facet = `${FacetKey}:${string}`

export function facetOf(key: FacetKey, value: string): Facet {
  return `${key}:${value}`
}

/** An issuer's name as a filter writes it: folded, words joined by `-`. */
export function issuerSlug(name: string): string {
  return fold(name).replaceAll(' ', '-')
}

/** One item is held against the indexes of many shards. */
const knownFacets = new WeakMap<TaggedItem, ReadonlySet<Facet>>()

/** Everything that a filter can match an item by; ancestors included, so matching is membership. */
export function facetsOf(item: TaggedItem): ReadonlySet<Facet> {
  const known = knownFacets.get(item)
  if (known) return known
  const facets = readFacets(item)
  knownFacets.set(item, facets)
  return facets
}

function readFacets(item: TaggedItem): ReadonlySet<Facet> {
  const facets = new Set<Facet>([
    facetOf('lang', item.language),
    facetOf('source', item.wire),
    // A filter's value is in lower case.
    facetOf('source', item.source.toLowerCase()),
  ])
  const issuer = issuerSlug(item.issuer.name)
  if (issuer !== '') facets.add(facetOf('issuer', issuer))
  for (const tag of item.tags) {
    if (tag.scheme === 'lang') continue
    const key = tag.scheme === 'medtop' ? 'topic' : 'region'
    for (const code of [tag.code, ...tag.broader]) facets.add(facetOf(key, code))
  }
  return facets
}
