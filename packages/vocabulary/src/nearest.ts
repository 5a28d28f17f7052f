import { fold } from '@newswire/model'
import { type Language, languages } from './languages.js'
import type { Lookup, VocabularyRow } from './lookup.js'

/** How many rows are offered for what there is not. */
const nearestMax = 5
/** Letters that may be wrong, missing or too many in a word of this length or more. */
const typosByChars = [
  { chars: 9, typos: 2 },
  { chars: 4, typos: 1 },
] as const

/** Codes that people write for others: no vocabulary has them. */
const habits: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  region: { uk: 'GB', el: 'GR', eu: 'bloc:EU', asean: 'bloc:ASEAN', nato: 'bloc:NATO' },
  topic: {},
  lang: { ger: 'de', deu: 'de', eng: 'en', fra: 'fr', fre: 'fr', ita: 'it', spa: 'es', gr: 'el' },
}

/** The best first: the habit, what it may lie in, its code or label, one with a typing error. */
export function nearestRows(
  key: string,
  lookup: Lookup,
  text: string,
  language: Language,
): readonly VocabularyRow[] {
  const wanted = fold(text)
  const bare = wanted.replace(/^(?:medtop|bloc) /, '')
  const habit = habits[key]?.[bare.replaceAll(' ', '')]
  const habitual = habit === undefined ? undefined : lookup.byCode(habit)
  const found = lookup.search(bare, language)
  const near = found.length > 0 ? [] : [...closeNumbers(lookup, bare), ...mistyped(lookup, bare)]
  const country = parentOf(lookup, text)
  const rows = [habitual, country, ...found, ...near].filter((row) => row !== undefined)
  return [...new Set(rows)].slice(0, nearestMax)
}

/** `DE-XX` is no subdivision, and DE may be meant. */
function parentOf(lookup: Lookup, text: string): VocabularyRow | undefined {
  const country = /^([a-z]{2})-/i.exec(text)?.[1]
  return country === undefined ? undefined : lookup.byCode(country)
}

/** Topics lie near others of their kind by number too. */
function closeNumbers(lookup: Lookup, wanted: string): VocabularyRow[] {
  if (!/^\d{8}$/.test(wanted)) return []
  const away = ({ code }: VocabularyRow) => Math.abs(Number(code.slice(-8)) - Number(wanted))
  return [...lookup.rows].sort((a, b) => away(a) - away(b)).slice(0, 2)
}

function mistyped(lookup: Lookup, wanted: string): VocabularyRow[] {
  const typos = typosByChars.find(({ chars }) => wanted.length >= chars)?.typos ?? 0
  if (typos === 0) return []
  return namesOf(lookup)
    .map(({ row, names }) => ({ row, away: nearestOf(names, wanted, typos) }))
    .filter(({ away }) => away <= typos)
    .sort((a, b) => a.away - b.away)
    .map(({ row }) => row)
}

interface Named {
  readonly row: VocabularyRow
  /** Folded: the code without its dress, the labels. */
  readonly names: readonly string[]
}

const folded = new WeakMap<Lookup, readonly Named[]>()

function namesOf(lookup: Lookup): readonly Named[] {
  const known = folded.get(lookup)
  if (known) return known
  const named = lookup.rows.map((row) => {
    const labels = languages.map((language) => fold(row.labels[language]))
    return { row, names: [fold(row.code.slice(row.code.indexOf(':') + 1)), ...new Set(labels)] }
  })
  folded.set(lookup, named)
  return named
}

function nearestOf(names: readonly string[], wanted: string, max: number): number {
  return Math.min(...names.map((name) => distance(name, wanted, max)))
}

/** Levenshtein's, or more than `max` where it is more. */
function distance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? max + 1
}
