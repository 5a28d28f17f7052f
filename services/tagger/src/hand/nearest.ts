import { fold } from '@newswire/model'
import type { Vocabulary } from '../vocabulary.js'

interface Row {
  readonly scheme: string
  readonly code: string
  readonly labels: Readonly<Record<string, string>>
}

/** A code that a person meant, with its label in English. */
export interface Meant {
  readonly scheme: string
  readonly code: string
  readonly label: string
}

/** What a person may have meant by a code that is none: by its name, else by its spelling. */
export function nearestTo(given: { scheme: string; code: string }, vocabulary: Vocabulary): Meant {
  const rows = rowsOf(vocabulary)
  const wanted = fold(given.code)
  const sameCode = rows.find(({ code }) => fold(code) === wanted)
  const labelled = rows.find(({ labels }) =>
    Object.values(labels).some((it) => fold(it) === wanted),
  )
  const place = vocabulary.placeOf(given.code)
  const named = place === undefined ? undefined : vocabulary.gazetteer.regions.get(place)
  const row = sameCode ?? labelled ?? named ?? mostAlike(rows, given.scheme, wanted)
  return { scheme: row?.scheme ?? '', code: row?.code ?? '', label: row?.labels['en'] ?? '' }
}

/** Whether the vocabulary has this code in this scheme. */
export function isKnown(given: { scheme: string; code: string }, vocabulary: Vocabulary): boolean {
  if (given.scheme === 'medtop') return vocabulary.isKnownTopic(given.code)
  return vocabulary.gazetteer.regions.get(given.code)?.scheme === given.scheme
}

function rowsOf({ regionRows, topicRows }: Vocabulary): readonly Row[] {
  return [...regionRows, ...topicRows.map((topic) => ({ ...topic, scheme: 'medtop' }))]
}

/** Codes of the scheme that was named, where it is one; a name that is longer is compared too. */
function mostAlike(rows: readonly Row[], scheme: string, wanted: string): Row | undefined {
  const own = rows.filter((row) => row.scheme === scheme)
  let nearest: Row | undefined
  let least = Number.POSITIVE_INFINITY
  for (const row of own.length > 0 ? own : rows) {
    for (const spelling of [row.code, ...Object.values(row.labels)]) {
      const distance = distanceOf(wanted, fold(spelling))
      if (distance < least) [nearest, least] = [row, distance]
    }
  }
  return nearest
}

/** Letters to be changed, added or left out (Levenshtein), as a share of the longer text. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const above = row
    row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
  }
  return (row[b.length] ?? 0) / Math.max(a.length, b.length, 1)
}
