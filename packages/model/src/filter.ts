import { z } from 'zod'
import { facetKeys, facetOf, facetsOf, issuerSlug } from './facets.js'
import { filterFault, filterLimits, tooLongFault } from './filter-fault.js'
import { fold } from './identity.js'
import type { TaggedItem } from './item.js'

/** What the outside may call a filter's keys; `q` is words and "phrases". */
export const filterKeys = [...facetKeys, 'q'] as const
export type FilterKey = (typeof filterKeys)[number]

type Terms = Partial<Record<FilterKey, readonly string[]>>

/**
 * Values of one key are any-of, keys are all-of, and nothing in `not` may match. Always canonical:
 * made by `parseFilter` only, with values in their own spelling, unique and sorted.
 */
export type Filter = Terms & { readonly not?: Terms }

/** A filter that cannot be read, with a sentence that says what to do. */
export class FilterError extends Error {
  override readonly name = 'FilterError'
}

const values = z
  .array(z.string().trim().min(1).max(filterLimits.valueCharsMax))
  .max(filterLimits.valuesMax)
const terms = {
  region: values.optional(),
  topic: values.optional(),
  lang: values.optional(),
  source: values.optional(),
  issuer: values.optional(),
  q: values.optional(),
}
const inputSchema = z.strictObject({ ...terms, not: z.strictObject(terms).optional() })

const spelling: Record<FilterKey, (value: string) => string> = {
  region: (value) => spellRegion(value),
  topic: (value) => spellTopic(value),
  lang: (value) => spellLanguage(value),
  source: (value) => spellSource(value),
  issuer: (value) => issuerSlug(value),
  q: (value) => spellQuery(value),
}

/** Reads the JSON form: `{region:["CN"], not:{topic:["medtop:15000000"]}}`. Throws FilterError. */
export function parseFilter(input: unknown): Filter {
  const read = inputSchema.safeParse(input)
  if (!read.success) throw new FilterError(filterFault(read.error.issues[0]))
  const { not, ...own } = read.data
  const canonical = canonicalTerms(own)
  const negated = canonicalTerms(not ?? {})
  return Object.keys(negated).length === 0 ? canonical : { ...canonical, not: negated }
}

/**
 * Reads the URL form: `region=CN,JP&not.topic=medtop:15000000`. Commas inside "quotes" belong to
 * the phrase. Keys that are no filter's are an error unless listed in `others`.
 */
export function parseFilterQuery(query: URLSearchParams, others: readonly string[] = []): Filter {
  const input: Record<string, string[]> = {}
  const not: Record<string, string[]> = {}
  for (const [name, value] of query) {
    if (others.includes(name)) continue
    const key = name.replace(/^not\./, '')
    if (!isFilterKey(key)) {
      const known = [...filterKeys, ...filterKeys.map((each) => `not.${each}`), ...others]
      throw new FilterError(`There is no parameter "${name}". Use any of: ${known.join(', ')}.`)
    }
    const target = name.startsWith('not.') ? not : input
    target[key] = [...(target[key] ?? []), ...splitValues(value)]
  }
  return parseFilter({ ...input, not })
}

/**
 * The URL form in canonical order and spelling, without `?`; empty for the filter of everything.
 */
export function formatFilter(filter: Filter): string {
  const pairs = [
    ...filterKeys.map((key) => [key, filter[key]] as const),
    ...filterKeys.map((key) => [`not.${key}`, filter.not?.[key]] as const),
  ]
  return pairs
    .flatMap(([name, terms]) =>
      terms?.length ? [`${name}=${terms.map(encodeTerm).join(',')}`] : [],
    )
    .sort()
    .join('&')
}

/** Whether the item is what the filter asks for. */
export function matches(filter: Filter, item: TaggedItem): boolean {
  const facets: ReadonlySet<string> = facetsOf(item)
  const text = memo(() => ` ${fold(`${item.headline} ${item.body.text}`)} `)
  const hits = (key: FilterKey, terms: readonly string[]) =>
    key === 'q'
      ? terms.some((query) => containsAll(text(), query))
      : terms.some((value) => facets.has(facetOf(key, value)))
  return filterKeys.every((key) => {
    const wanted = filter[key]
    const unwanted = filter.not?.[key]
    return (!wanted?.length || hits(key, wanted)) && !(unwanted?.length && hits(key, unwanted))
  })
}

/** The words and phrases of one `q` value, folded. All of them must occur. */
export function queryParts(query: string): readonly string[] {
  return [...query.matchAll(/"([^"]*)"|[^\s"]+/g)]
    .map((match) => fold(match[1] ?? match[0]))
    .filter((part) => part !== '')
}

function containsAll(text: string, query: string): boolean {
  return queryParts(query).every((part) => text.includes(` ${part} `))
}

function canonicalTerms(input: Partial<Record<FilterKey, string[] | undefined>>): Terms {
  const canonical: Partial<Record<FilterKey, readonly string[]>> = {}
  for (const key of filterKeys) {
    const spelled = (input[key] ?? []).map(spelling[key])
    if (spelled.some((value) => value === '')) {
      throw new FilterError(`A value of "${key}" has no letters or digits. Leave it out.`)
    }
    if (spelled.some((value) => value.length > filterLimits.valueCharsMax)) {
      throw new FilterError(tooLongFault(key))
    }
    const unique = [...new Set(spelled)].sort()
    if (unique.length > 0) canonical[key] = unique
  }
  return canonical
}

function spellRegion(value: string): string {
  const code = value.toUpperCase()
  if (/^BLOC:[A-Z][A-Z0-9-]{0,31}$/.test(code)) return `bloc:${code.slice('bloc:'.length)}`
  if (/^([A-Z]{2}|[A-Z]{2}-[A-Z0-9]{1,3}|\d{3})$/.test(code)) return code
  throw new FilterError(
    `"${value}" is no region code. Use ISO 3166-1 (CN), ISO 3166-2 (DE-BY), UN M49 (142) or a bloc (bloc:EU).`,
  )
}

function spellTopic(value: string): string {
  const digits = value.toLowerCase().replace(/^medtop:/, '')
  if (/^\d{8}$/.test(digits)) return `medtop:${digits}`
  throw new FilterError(
    `"${value}" is no topic code. Use an IPTC Media Topic such as medtop:04000000.`,
  )
}

function spellSource(value: string): string {
  const id = value.toLowerCase()
  if (/^[a-z0-9_-]{1,128}$/.test(id)) return id
  throw new FilterError(`"${value}" is no source. Use a wire, such as na, or the id of a source.`)
}

function spellLanguage(value: string): string {
  const primary = value.toLowerCase().split(/[-_]/)[0] ?? ''
  if (/^[a-z]{2,3}$/.test(primary)) return primary
  throw new FilterError(`"${value}" is no language code. Use ISO 639-1, such as de or en.`)
}

function spellQuery(value: string): string {
  const parts = queryParts(value).map((part) => (part.includes(' ') ? `"${part}"` : part))
  return [...new Set(parts)].sort().join(' ')
}

function splitValues(value: string): string[] {
  const parts = value.match(/(?:"[^"]*"|[^,"]|")+/g) ?? []
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function encodeTerm(term: string): string {
  return encodeURIComponent(term).replaceAll('%3A', ':').replaceAll('%20', '+')
}

function isFilterKey(key: string): key is FilterKey {
  return (filterKeys as readonly string[]).includes(key)
}

function memo<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
