import type { Command } from 'commander'
import { UsageError } from '../terminal-error.js'

/** More letters apart than this is another word. */
const distanceMax = 2

/**
 * A group lists when no word follows it. Commander hands a word that it does not know to that
 * default: here it is told, with the one that may be meant.
 */
export function checkNoWord(list: Command): void {
  const [word] = list.args
  if (word === undefined) return
  const group = list.parent?.name() ?? ''
  const names = (list.parent?.commands ?? []).map((command) => command.name())
  const near = names
    .map((name) => ({ name, distance: distanceOf(word, name) }))
    .filter(({ distance }) => distance <= distanceMax)
    .sort((a, b) => a.distance - b.distance)[0]
  const hint = near === undefined ? '' : ` Did you mean ${near.name}?`
  throw new UsageError(`There is no "${group} ${word}".${hint} See: newswire ${group} --help`)
}

/** Letters to insert, drop or change (Levenshtein). */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, sign] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const change = (row[j] ?? 0) + (sign === other ? 0 : 1)
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
