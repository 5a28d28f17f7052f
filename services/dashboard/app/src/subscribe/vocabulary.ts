import { useMemo } from 'react'
import { useAsk } from '../ask/use-ask.js'
import type { Language } from '../words/words.js'

/** The keys of a filter whose values have labels in the house. */
export type CodeKey = 'region' | 'topic'

export interface Row {
  readonly code: string
  readonly labels: Readonly<Record<Language, string>>
  /** All that it lies in, nearest first. */
  readonly broader: readonly string[]
  /** How many stand directly below it. */
  readonly narrower: number
}

export interface Rows {
  readonly items: readonly Row[]
}

const paths: Record<CodeKey, string> = {
  region: '/api/v1/vocabulary/regions',
  topic: '/api/v1/vocabulary/topics',
}
const searchDelayMs = 150
const foundMax = 40
/** More than the children that any row has. */
const belowMax = 500

/** Labels that were seen already: what is picked from a list is not asked for again. */
const seen = new Map<string, Row['labels']>()

export function rememberLabels(rows: readonly Row[]): void {
  for (const { code, labels } of rows) seen.set(code, labels)
}

/** The address of what stands directly below a code; `root` is the top. */
export function belowPath(key: CodeKey, parent: string): string {
  return `${paths[key]}?${new URLSearchParams({ parent, limit: String(belowMax) })}`
}

/** Rows whose label or code begins so, in any language, the reader's first. */
export function useSearchRows(key: CodeKey, text: string, language: Language) {
  const wanted = text.trim()
  const query = new URLSearchParams({ q: wanted, lang: language, limit: String(foundMax) })
  const path = wanted === '' ? undefined : `${paths[key]}?${query}`
  const answer = useAsk<Rows>(path, { delayMs: searchDelayMs })
  const rows = wanted === '' ? [] : (answer.value?.items ?? [])
  rememberLabels(rows)
  return { ...answer, rows }
}

export interface Labels {
  /** In the reader's language; a code without a label yet stands for itself. */
  readonly labelOf: (code: string) => string
  /** Codes that the house does not know: nothing will ever match them. */
  readonly unknown: readonly string[]
}

/** Labels of codes; those that were not seen yet are asked for. */
export function useLabels(key: CodeKey, codes: readonly string[], language: Language): Labels {
  const missing = codes.filter((code) => !seen.has(code)).sort()
  const query = new URLSearchParams({ codes: missing.join(',') })
  const path = missing.length === 0 ? undefined : `${paths[key]}?${query}`
  const { value, isAsking } = useAsk<Rows>(path)
  const labelOf = useMemo(() => {
    rememberLabels(value?.items ?? [])
    return (code: string) => capitalized(seen.get(code)?.[language] ?? code, language)
  }, [value, language])
  const isAnswered = value !== undefined && !isAsking
  return { labelOf, unknown: isAnswered ? codes.filter((code) => !seen.has(code)) : [] }
}

/** A label as it stands alone: some vocabularies begin in lower case. */
export function capitalized(label: string, language: Language): string {
  return label.slice(0, 1).toLocaleUpperCase(language) + label.slice(1)
}
