import {
  canonicalTerms,
  type Filter,
  FilterError,
  type FilterKey,
  formatFilter,
  isFilterKey,
  spellTerm,
  splitValues,
} from '@newswire/model/filter'

/** What a reader has chosen: a filter, in the spelling of the feeds. */
export type Choice = Filter
/** Whether an item must have a value, or must not. */
export type Side = 'is' | 'not'
export type { FilterKey } from '@newswire/model/filter'

export const everything: Choice = {}

/** What the address of a page says. */
export interface ReadChoice {
  readonly choice: Choice
  /** Parts of it that are no filter's, as they were given. */
  readonly strays: readonly string[]
}

/** Reads `region=CN,JP&not.topic=…&q=…`, keeping what can be read. `others`: a page's own names. */
export function readChoice(query: string, others: readonly string[] = []): ReadChoice {
  const parts = [...new URLSearchParams(query)]
    .filter(([name]) => !others.includes(name))
    .flatMap(([name, value]) => partsOf(name, value))
  return {
    strays: parts.flatMap((part) => (part.value === undefined ? [part.text] : [])),
    choice: parts.reduce(
      (choice, part) =>
        part.value === undefined ? choice : withValue(choice, part.key, part.value, part.side),
      everything,
    ),
  }
}

type Part =
  | { readonly text: string; readonly value: undefined }
  | { readonly key: FilterKey; readonly side: Side; readonly value: string }

function partsOf(name: string, value: string): Part[] {
  const key = name.replace(/^not\./, '')
  if (!isFilterKey(key)) return [{ text: `${name}=${value}`, value: undefined }]
  return splitValues(value).map((text) => {
    const spelled = spelledValue(key, text)
    return spelled === undefined
      ? { text: `${name}=${text}`, value: undefined }
      : { key, side: name === key ? 'is' : 'not', value: spelled }
  })
}

/** The choice as the query of a feed or a page: `region=CN,JP&q=…`; empty for everything. */
export function queryOf(choice: Choice): string {
  return formatFilter(choice)
}

/** A value as filters spell it; undefined for what can be none: words in a region. */
export function spelledValue(key: FilterKey, text: string): string | undefined {
  try {
    return spellTerm(key, text)
  } catch (error) {
    if (error instanceof FilterError) return undefined
    throw error
  }
}

/** Puts a value on one side, and takes it from the other. */
export function withValue(choice: Choice, key: FilterKey, value: string, side: Side): Choice {
  const { is, not } = sidesOf(withoutValue(choice, key, value))
  const added = { is, not }
  added[side] = { ...added[side], [key]: [...(added[side][key] ?? []), value] }
  return choiceOf(added)
}

export function withoutValue(choice: Choice, key: FilterKey, value: string): Choice {
  const { is, not } = sidesOf(choice)
  const left = (terms: Terms) => ({
    ...terms,
    [key]: (terms[key] ?? []).filter((each) => each !== value),
  })
  return choiceOf({ is: left(is), not: left(not) })
}

/** The values of a key on one side. */
export function valuesOf(choice: Choice, key: FilterKey, side: Side): readonly string[] {
  return sidesOf(choice)[side][key] ?? []
}

/** On which side a value stands; undefined for none. */
export function sideOf(choice: Choice, key: FilterKey, value: string): Side | undefined {
  if (valuesOf(choice, key, 'is').includes(value)) return 'is'
  return valuesOf(choice, key, 'not').includes(value) ? 'not' : undefined
}

/** Chosen becomes nothing, and nothing or left out becomes chosen. */
export function toggled(choice: Choice, key: FilterKey, value: string): Choice {
  return sideOf(choice, key, value) === undefined
    ? withValue(choice, key, value, 'is')
    : withoutValue(choice, key, value)
}

type Terms = Omit<Filter, 'not'>

function sidesOf({ not = {}, ...is }: Choice): { is: Terms; not: Terms } {
  return { is, not }
}

function choiceOf({ is, not }: { is: Terms; not: Terms }): Choice {
  const without = canonicalTerms(not)
  return {
    ...canonicalTerms(is),
    ...(Object.keys(without).length === 0 ? {} : { not: without }),
  }
}
