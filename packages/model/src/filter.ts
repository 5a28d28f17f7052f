import { z } from 'zod'
import { facetOf, facetsOf } from './facets.js'
import { filterFault, filterLimits } from './filter-fault.js'
import {
  canonicalTerms,
  type Filter,
  FilterError,
  type FilterKey,
  filterKeys,
  isFilterKey,
  queryParts,
  splitValues,
} from './filter-spelling.js'
import { foldWords } from './fold.js'
import type { TaggedItem } from './item.js'

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

/** Whether the item is what the filter asks for. */
export function matches(filter: Filter, item: TaggedItem): boolean {
  const facets: ReadonlySet<string> = facetsOf(item)
  const hits = (key: FilterKey, terms: readonly string[]) =>
    key === 'q'
      ? terms.some((query) => containsAll(foldedText(item), query))
      : terms.some((value) => facets.has(facetOf(key, value)))
  return filterKeys.every((key) => {
    const wanted = filter[key]
    const unwanted = filter.not?.[key]
    return (!wanted?.length || hits(key, wanted)) && !(unwanted?.length && hits(key, unwanted))
  })
}

/** One item is held against thousands of filters, and to fold it takes longer than all of them. */
const foldedTexts = new WeakMap<TaggedItem, string>()

/** What `q` looks at: headline and text, folded, a space before and behind. */
export function foldedText(item: TaggedItem): string {
  const known = foldedTexts.get(item)
  if (known !== undefined) return known
  const text = ` ${foldWords(`${item.headline} ${item.body.text}`)} `
  foldedTexts.set(item, text)
  return text
}

const knownWords = new WeakMap<TaggedItem, ReadonlySet<string>>()

/** The words of `foldedText`, each once. */
export function foldedWords(item: TaggedItem): ReadonlySet<string> {
  const known = knownWords.get(item)
  if (known) return known
  const words = new Set(foldedText(item).split(' '))
  knownWords.set(item, words)
  return words
}

function containsAll(text: string, query: string): boolean {
  return queryParts(query).every((part) => text.includes(` ${part} `))
}
