import { FeedError } from './feed-error.js'

/**
 * Elements are told apart by the address of their namespace, whatever prefix a feed gives it. The
 * core is RSS of all versions, Atom and CDF: their elements go without a prefix.
 */
const core = ''

const prefixByUri: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2005/atom', core],
  ['http://purl.org/atom/ns#', core],
  ['http://purl.org/rss/1.0/', core],
  ['http://purl.org/rss/1.0/modules/rss091#', core],
  ['http://purl.org/net/rss1.1#', core],
  ['http://channel.netscape.com/rdf/simple/0.9/', core],
  ['http://my.netscape.com/rdf/simple/0.9/', core],
  ['http://my.netscape.com/publish/formats/rss-0.91.dtd', core],
  ['http://blogs.law.harvard.edu/tech/rss', core],
  ['http://cyber.law.harvard.edu/rss/rss.html', core],
  ['http://example.com/newformat#', core],
  ['http://example.com/necho', core],
  ['http://purl.org/echo/', core],
  ['uri/of/echo/namespace#', core],
  ['http://purl.org/pie/', core],
  ['http://purl.org/rss/1.0/modules/content/', 'content'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://purl.org/dc/elements/1.0/', 'dc'],
  ['http://purl.org/metadata/dublin_core#', 'dc'],
  ['http://purl.org/dc/terms/', 'dcterms'],
  ['http://search.yahoo.com/mrss/', 'media'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'rdf'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
  ['http://www.w3.org/2000/svg', 'svg'],
  ['http://www.w3.org/1998/math/mathml', 'math'],
  ['http://www.w3.org/xml/1998/namespace', 'xml'],
  ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://www.prnewswire.com/ns/0.1/#', 'prn'],
])

/** Prefixes that are used without being declared, or with an address that no one knows. */
const coreByHabit: ReadonlySet<string> = new Set(['atom', 'atom03', 'atom10', 'a10', 'rss', 'rss1'])

/** Namespaces whose names are written in all cases; names of the others stay as written. */
const foldedPrefixes: ReadonlySet<string> = new Set([
  core,
  'content',
  'dc',
  'dcterms',
  'media',
  'rdf',
  'xhtml',
])

/** Different names of elements and attributes in a feed; real ones have fewer than a hundred. */
const namesMax = 10_000

export interface NamespaceScope {
  readonly uris: Readonly<Record<string, string | undefined>>
  /** Names that were settled in this scope, by the name as written. */
  readonly names: Map<string, string>
}

export function outermostScope(): NamespaceScope {
  return { uris: Object.create(null) as Record<string, string>, names: new Map() }
}

/** The scope within an element: its parent's, unless its attributes declare something. */
export function scopeWithin(
  parent: NamespaceScope,
  attributes: readonly (readonly [name: string, value: string])[],
): NamespaceScope {
  const declarations = attributes.filter(([name]) => /^xmlns(?::|$)/i.test(name))
  if (declarations.length === 0) return parent
  const uris = Object.create(parent.uris) as Record<string, string>
  for (const [name, uri] of declarations) uris[name.slice(6)] = uri.trim()
  return { uris, names: new Map() }
}

/** `title` of any core prefix, `dc:date` of any prefix for Dublin Core, else as written. */
export function settledName(written: string, scope: NamespaceScope): string {
  const known = scope.names.get(written)
  if (known !== undefined) return known
  if (scope.names.size >= namesMax) {
    throw new FeedError(`The feed has more than ${namesMax} different names of elements.`)
  }
  const name = settle(written, scope)
  scope.names.set(written, name)
  return name
}

function settle(written: string, scope: NamespaceScope): string {
  const colon = written.indexOf(':')
  const given = colon < 0 ? '' : written.slice(0, colon)
  const local = written.slice(colon + 1)
  const prefix = prefixOf(scope.uris[given]) ?? habitual(given)
  const folded = foldedPrefixes.has(prefix) ? local.toLowerCase() : local
  return prefix === core ? folded : `${prefix}:${folded}`
}

function prefixOf(uri: string | undefined): string | undefined {
  if (uri === undefined) return undefined
  const folded = uri.toLowerCase()
  if (folded.includes('backend.userland.com/rss')) return core
  return prefixByUri.get(folded)
}

function habitual(given: string): string {
  const folded = given.toLowerCase()
  if (coreByHabit.has(folded)) return core
  return foldedPrefixes.has(folded) ? folded : given
}
