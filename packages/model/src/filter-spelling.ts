import { facetKeys, issuerSlug } from './facets.js'
import { filterLimits, tooLongFault } from './filter-fault.js'
import { foldWords } from './fold.js'

/** What the outside may call a filter's keys; `q` is words and "phrases". */
export const filterKeys = [...facetKeys, 'q'] as const
export type FilterKey = (typeof filterKeys)[number]

export type Terms = Partial<Record<FilterKey, readonly string[]>>

/**
 * Values of one key are any-of, keys are all-of, and nothing in `not` may match. Always canonical:
 * made by `parseFilter` only, with values in their own spelling, unique and sorted.
 */
export type Filter = Terms & { readonly not?: Terms }

/** A filter that cannot be read, with a sentence that says what to do. */
export class FilterError extends Error {
  override readonly name = 'FilterError'
}

const spelling: Record<FilterKey, (value: string) => string> = {
  region: (value) => spellRegion(value),
  topic: (value) => spellTopic(value),
  lang: (value) => spellLanguage(value),
  source: (value) => spellSource(value),
  issuer: (value) => issuerSlug(value),
  q: (value) => spellQuery(value),
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

/** The words and phrases of one `q` value, folded. All of them must occur. */
export function queryParts(query: string): readonly string[] {
  return [...query.matchAll(/"([^"]*)"|[^\s"]+/g)]
    .map((match) => foldWords(match[1] ?? match[0]))
    .filter((part) => part !== '')
}

/** One value in its own spelling. Throws FilterError. */
export function spellTerm(key: FilterKey, value: string): string {
  const spelled = spelling[key](value)
  if (spelled === '') {
    throw new FilterError(`A value of "${key}" has no letters or digits. Leave it out.`)
  }
  if (spelled.length > filterLimits.valueCharsMax) throw new FilterError(tooLongFault(key))
  return spelled
}

/** Values in their own spelling, unique and sorted; a key without values is left out. */
export function canonicalTerms(
  input: Partial<Record<FilterKey, readonly string[] | undefined>>,
): Terms {
  const canonical: Partial<Record<FilterKey, readonly string[]>> = {}
  for (const key of filterKeys) {
    const spelled = (input[key] ?? []).map((value) => spellTerm(key, value))
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

/** The values of a parameter; commas inside "quotes" belong to the phrase. */
export function splitValues(value: string): string[] {
  const parts = value.match(/(?:"[^"]*"|[^,"]|")+/g) ?? []
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function encodeTerm(term: string): string {
  return encodeURIComponent(term).replaceAll('%3A', ':').replaceAll('%20', '+')
}

export function isFilterKey(key: string): key is FilterKey {
  return (filterKeys as readonly string[]).includes(key)
}
