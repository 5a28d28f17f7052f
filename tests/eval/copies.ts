import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** So many words in a row that two texts share are more than a stock phrase, mostly. */
const runWords = 6
const tagger = new URL('../../services/tagger/', import.meta.url)
const ours = ['training', 'src', 'data']

/** A text of a set that is measured with. */
export interface SetText {
  readonly set: string
  readonly text: string
}

/** Runs of words that a text of ours shares with one that it is measured with, with both places. */
export function reportCopies(texts: readonly SetText[]): string {
  const runs = new Map<string, string>()
  for (const { set, text } of texts) for (const run of runsOf(text)) runs.set(run, set)
  const files = ours.flatMap((folder) => filesBelow(new URL(folder, tagger).pathname))
  const shared = files.flatMap((file) => {
    const found = longest(runsOf(readFileSync(file, 'utf8')), runs)
    return found.map(({ set, run }) => `  ${file.slice(tagger.pathname.length)} and ${set}: ${run}`)
  })
  const head = `COPIES: runs of ${runWords} words that ${files.length} files of ours share with ${texts.length} texts that they are measured with: ${shared.length}`
  return [head, ...shared].join('\n')
}

/** Neighbouring runs are one. */
function longest(own: readonly string[], runs: ReadonlyMap<string, string>) {
  const found: { set: string; run: string }[] = []
  let isOpen = false
  for (const run of own) {
    const set = runs.get(run)
    if (set === undefined) isOpen = false
    else if (isOpen) {
      const last = found.at(-1)
      if (last) last.run += ` ${run.slice(run.lastIndexOf(' ') + 1)}`
    } else {
      found.push({ set, run })
      isOpen = true
    }
  }
  return found
}

function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words
    .slice(0, Math.max(0, words.length - runWords + 1))
    .map((_, at) => words.slice(at, at + runWords).join(' '))
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return filesBelow(path)
    return /\.(txt|ts|tsv)$/.test(name) ? [path] : []
  })
}
