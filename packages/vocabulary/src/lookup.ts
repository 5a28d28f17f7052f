import { fold } from '@newswire/model'
import { type Language, languages } from './languages.js'

/** One concept of a vocabulary, as the API shows it. */
export interface VocabularyRow {
  readonly scheme: string
  /** `DE-BY`, `142`, `bloc:EU`, `medtop:04000000`. */
  readonly code: string
  readonly labels: Readonly<Record<Language, string>>
  /** Codes of all ancestors, nearest first. */
  readonly broader: readonly string[]
  /** How many rows lie directly below it. */
  readonly narrower: number
}

export interface Lookup {
  /** All rows, those above before those below. */
  readonly rows: readonly VocabularyRow[]
  /** Rows by the beginning of their code or of a word of their labels, best first. */
  readonly search: (text: string, language: Language | undefined) => readonly VocabularyRow[]
  /** Directly below a code; `root`: what lies in nothing. */
  readonly below: (code: string) => readonly VocabularyRow[]
  /** By code, in any case. */
  readonly byCode: (code: string) => VocabularyRow | undefined
}

export type GivenRow = Omit<VocabularyRow, 'narrower'>

interface Entry {
  readonly row: VocabularyRow
  /** Folded; the code without its `medtop:` or `bloc:` too. */
  readonly codes: readonly string[]
  readonly labels: readonly { readonly language: Language; readonly folded: string }[]
}

export const rootCode = 'root'

/**
 * Looks rows up. `placeOf` gives the code of the region that a place lies in which has no row of
 * its own: whoever types "Mailand" finds Lombardy.
 */
export function createLookup(
  given: readonly GivenRow[],
  placeOf: (text: string) => string | undefined = () => undefined,
): Lookup {
  const children = new Map<string, number>()
  for (const { broader } of given) {
    const parent = broader[0] ?? rootCode
    children.set(parent, (children.get(parent) ?? 0) + 1)
  }
  const rows = given
    .map((row) => ({ ...row, narrower: children.get(row.code) ?? 0 }))
    .sort((a, b) => a.broader.length - b.broader.length || order(a.code, b.code))
  const entries = rows.map(entryOf)
  const byCode = new Map(entries.flatMap(({ row, codes }) => codes.map((code) => [code, row])))
  return {
    rows,
    below: (code) => rows.filter(({ broader }) => (broader[0] ?? rootCode) === code),
    byCode: (code) => byCode.get(fold(code)),
    search(text, language) {
      const wanted = fold(text)
      if (wanted === '') return []
      const named = placeOf(text)
      return entries
        .map(({ row, ...entry }) => {
          const rank = row.code === named ? 1 : rankOf(entry, wanted, language)
          return { row, rank }
        })
        .filter(({ rank }) => rank < noMatch)
        .sort((a, b) => a.rank - b.rank)
        .map(({ row }) => row)
    },
  }
}

function entryOf(row: VocabularyRow): Entry {
  const short = row.code.slice(row.code.indexOf(':') + 1)
  return {
    row,
    codes: [...new Set([fold(row.code), fold(short)])],
    labels: languages.map((language) => ({ language, folded: fold(row.labels[language]) })),
  }
}

const noMatch = 9

/** 0 is the code itself; a label in another language than the reader's counts one less. */
function rankOf(
  { codes, labels }: Omit<Entry, 'row'>,
  wanted: string,
  language: Language | undefined,
): number {
  if (codes.includes(wanted)) return 0
  const ranks = labels.map(
    (label) => labelRank(label.folded, wanted) + (label.language === language ? 0 : 1),
  )
  const best = Math.min(...ranks)
  if (best < noMatch) return best
  return codes.some((code) => code.startsWith(wanted)) ? noMatch - 1 : noMatch
}

function labelRank(label: string, wanted: string): number {
  if (label === wanted) return 1
  if (label.startsWith(wanted)) return 3
  return label.includes(` ${wanted}`) ? 5 : noMatch
}

function order(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
