import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages } from '../../languages.js'
import { wordsOf } from '../../words.js'
import { isTelling } from '../features.js'
import { readTerms } from '../lexicon.js'
import type { Branch } from '../topic.js'

/** A text that speaks of one branch, as the model sees it. */
export interface Document {
  /** Different folded words. */
  readonly words: readonly string[]
  /** Number of its branch. */
  readonly branch: number
  /** What it counts beside the others. */
  readonly weight: number
}

/** What one text of a kind counts: ours are what the model is to read. */
const kindWeights = { own: 8, sentence: 1, term: 0.5, label: 0.7 } as const
/** A telling term counts more than a hint. */
const termWeights: Readonly<Record<string, number>> = { 1: 0.6, 2: 1.2, 3: 2 }

export const ownTexts = new URL('../../../training/', import.meta.url)

/** Texts of our own, one in a paragraph: `training/<branch>/<language>.txt`. */
export function ownDocuments(branches: readonly Branch[]): Document[] {
  return branches.flatMap(({ key }, branch) =>
    languages.flatMap((language) =>
      readFileSync(new URL(`${key}/${language}.txt`, ownTexts), 'utf8')
        .split(/\n\s*\n/)
        .filter((text) => text.trim() !== '')
        .map((text) => ({ words: wordsIn(text), branch, weight: kindWeights.own })),
    ),
  )
}

/** Each term of the lexicon as a text of its own. */
export function termDocuments(branches: readonly Branch[]): Document[] {
  const numbers = new Map(branches.map(({ key }, branch) => [key, branch]))
  return languages.flatMap((language) =>
    readTerms(`lexicon/${language}.txt`).flatMap(({ topic, weight, term }) => {
      const branch = numbers.get(topic)
      const counts = kindWeights.term * (termWeights[weight] ?? 1)
      return branch === undefined ? [] : [{ words: wordsIn(term), branch, weight: counts }]
    }),
  )
}

const sentenceTopics: Readonly<Record<string, string>> = {
  'science/technology': 'science',
  politics: 'politics',
  sports: 'sport',
  health: 'health',
  entertainment: 'culture',
  travel: 'lifestyle',
}

/** SIB-200 (Apache-2.0): `<language>_Latn.train.tsv` with the columns id, category, text. */
export function sentenceDocuments(folder: string, branches: readonly Branch[]): Document[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.train.tsv'))
  return names.sort().flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, category = '', text = ''] = line.split('\t')
        const branch = branches.findIndex(({ key }) => key === sentenceTopics[category])
        if (branch < 0) return []
        return [{ words: wordsIn(text), branch, weight: kindWeights.sentence }]
      }),
  )
}

interface Concept {
  readonly qcode: string
  readonly prefLabel?: Readonly<Record<string, string>>
  readonly definition?: Readonly<Record<string, string>>
  readonly broader?: readonly string[]
}

const iptcFiles = ['mediatopics-2019-04.json', 'subjectcodes-2018-01.json'] as const
const iptcLanguages = ['de', 'en-GB', 'fr', 'it', 'es']

/** IPTC's labels with their definitions (CC BY 4.0); the definitions go no further than here. */
export function labelDocuments(folder: string, branches: readonly Branch[]): Document[] {
  return iptcFiles.flatMap((name) => {
    const { conceptSet } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      conceptSet: readonly Concept[]
    }
    const byCode = new Map(conceptSet.map((concept) => [concept.qcode, concept]))
    return conceptSet.flatMap((concept) => {
      const code = `medtop:${topOf(concept, byCode).slice(-8, -6)}000000`
      const branch = branches.findIndex((each) => each.code === code)
      return branch < 0 ? [] : labelTexts(concept).map((words) => documentOf(words, branch))
    })
  })
}

function documentOf(words: readonly string[], branch: number): Document {
  return { words, branch, weight: kindWeights.label }
}

function labelTexts({ prefLabel = {}, definition = {} }: Concept): string[][] {
  return iptcLanguages
    .map((language) => [prefLabel[language], definition[language]].filter(Boolean).join(' '))
    .filter((text) => text !== '')
    .map(wordsIn)
}

/** The code at the top of the tree; subject codes have theirs in their first two digits. */
function topOf({ qcode, broader }: Concept, byCode: ReadonlyMap<string, Concept>): string {
  if (qcode.startsWith('subj:')) return `subj:${qcode.slice(5, 7)}000000`
  const parent = byCode.get(`medtop:${broader?.[0]?.split('/').at(-1)}`)
  return parent ? topOf(parent, byCode) : qcode
}

function wordsIn(text: string): string[] {
  return [...new Set(wordsOf(text).map(({ key }) => key))].filter(isTelling)
}
