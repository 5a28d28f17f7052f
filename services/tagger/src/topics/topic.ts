import { codeAndRest, dataLines } from '../data-files.js'
import { type Language, languages } from '../languages.js'

/** An IPTC Media Topic. */
export interface Topic {
  /** `medtop:04000000`. */
  readonly code: string
  readonly labels: Readonly<Record<Language, string>>
  /** The codes of all topics above it, nearest first; the last is one of the 17 branches. */
  readonly broader: readonly string[]
}

/** One of the 17 topics of level 1. */
export interface Branch extends Topic {
  /** What our own data files call it: `economy`. */
  readonly key: string
  /** Wires and newspapers write of it every day. */
  readonly isUsual: boolean
}

export interface Topics {
  /** In the order of their codes. */
  readonly branches: readonly Branch[]
  /** All, by code; those above before those below. */
  readonly byCode: ReadonlyMap<string, Topic>
  /** Subject Codes and retired topics (eight digits), and the code that stands for each. */
  readonly aliases: ReadonlyMap<string, string>
}

export function loadTopics(): Topics {
  const parents = new Map<string, string>()
  const labels = new Map<string, Topic['labels']>()
  for (const line of dataLines('concepts.tsv')) {
    const [code = '', parent = '', ...names] = line.split('\t')
    parents.set(`medtop:${code}`, parent === '' ? '' : `medtop:${parent}`)
    const named = languages.map((language, at) => [language, names[at] ?? ''])
    labels.set(`medtop:${code}`, Object.fromEntries(named) as Topic['labels'])
  }
  const all = [...labels].map(([code, own]) => ({
    code,
    labels: own,
    broader: above(code, parents),
  }))
  all.sort((a, b) => a.broader.length - b.broader.length || (a.code < b.code ? -1 : 1))
  const byCode = new Map(all.map((topic) => [topic.code, topic]))
  return { byCode, branches: branchesOf(byCode), aliases: readAliases() }
}

function above(code: string, parents: ReadonlyMap<string, string>): string[] {
  const parent = parents.get(code) ?? ''
  return parent === '' ? [] : [parent, ...above(parent, parents)]
}

function branchesOf(byCode: ReadonlyMap<string, Topic>): Branch[] {
  return dataLines('topics.txt').map((line) => {
    const { code, rest } = codeAndRest(line)
    const [key = '', mark] = rest.split(' ')
    const topic = byCode.get(`medtop:${code}`)
    if (!topic) throw new Error(`topics.txt names ${code}, which concepts.tsv has not.`)
    return { ...topic, key, isUsual: mark === 'usual' }
  })
}

function readAliases(): ReadonlyMap<string, string> {
  return new Map(
    dataLines('concept-aliases.tsv').map((line) => {
      const [code = '', standing = ''] = line.split('\t')
      return [code, `medtop:${standing}`]
    }),
  )
}

/** The branch that a topic lies in: itself, or the last of those above. */
export function branchOf({ code, broader }: Pick<Topic, 'code' | 'broader'>): string {
  return broader.at(-1) ?? code
}
