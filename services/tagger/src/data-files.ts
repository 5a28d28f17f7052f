import { readFileSync } from 'node:fs'

const folder = new URL('../data/', import.meta.url)

/** The lines of a file in `data/`, without comments and empty ones. */
export function dataLines(name: string): string[] {
  return readFileSync(new URL(name, folder), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

export interface Section {
  readonly heading: string
  readonly lines: readonly string[]
}

/** A file of `[heading]` lines with lines below each. */
export function dataSections(name: string): Section[] {
  const sections: { heading: string; lines: string[] }[] = []
  for (const line of dataLines(name)) {
    const heading = /^\[(.+)\]$/.exec(line)?.[1]
    if (heading === undefined) sections.at(-1)?.lines.push(line)
    else sections.push({ heading, lines: [] })
  }
  return sections
}

/** `<code> <rest>` of one line. */
export function codeAndRest(line: string): { code: string; rest: string } {
  const space = line.indexOf(' ')
  if (space < 0) throw new Error(`A data line needs a code and names: "${line}".`)
  return { code: line.slice(0, space), rest: line.slice(space + 1) }
}
