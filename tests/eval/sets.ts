import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { classOf } from './label-map.js'

/** A text with the topic (two digits of its IPTC branch) that its set gives. */
export interface TopicText {
  readonly headline: string
  readonly text: string
  readonly language: string
  readonly topic: string
  /** What the set itself calls it. */
  readonly label: string
}

export interface TopicSet {
  readonly name: string
  readonly texts: readonly TopicText[]
}

export interface Sentence {
  readonly text: string
  readonly language: string
}

const sibLanguages = { de: 'deu', en: 'eng', fr: 'fra', it: 'ita', es: 'spa' } as const

export function readTopicSets(folder: string): TopicSet[] {
  return [
    { name: '10kGNAD-a (de)', texts: readGnad(join(folder, '10kgnad-a.csv')) },
    ...readMasakha(folder, 'eng', 'en'),
    ...readMasakha(folder, 'fra', 'fr'),
    ...Object.keys(sibLanguages).map((language) => ({
      name: `SIB-200 dev (${language})`,
      texts: readSib(folder, language),
    })),
  ].filter(({ texts }) => texts.length > 0)
}

/** Sentences of SIB-200 dev in the five languages. */
export function readSentences(folder: string): Sentence[] {
  return Object.keys(sibLanguages).flatMap((language) =>
    sibRows(folder, language).map((row) => ({ text: row['text'] ?? '', language })),
  )
}

function readGnad(file: string): TopicText[] {
  return rowsOf(file, { delimiter: ';', quote: "'", columns: ['label', 'text'] }).flatMap(
    ({ label = '', text = '' }) => {
      const topic = classOf('10kgnad', label)
      return topic === undefined ? [] : [{ headline: '', text, language: 'de', topic, label }]
    },
  )
}

function readMasakha(folder: string, name: string, language: string): TopicSet[] {
  const rows = rowsOf(join(folder, `masakhanews-${name}-dev.tsv`), { delimiter: '\t' })
  const texts = rows.flatMap(({ category = '', headline = '', text = '' }) => {
    const topic = classOf('masakhanews', category)
    return topic === undefined ? [] : [{ headline, text, language, topic, label: category }]
  })
  return [{ name: `MasakhaNEWS dev (${language})`, texts }]
}

function readSib(folder: string, language: string): TopicText[] {
  return sibRows(folder, language).flatMap(({ category = '', text = '' }) => {
    const topic = classOf('sib200', category)
    return topic === undefined ? [] : [{ headline: '', text, language, topic, label: category }]
  })
}

function sibRows(folder: string, language: string): Record<string, string>[] {
  const name = sibLanguages[language as keyof typeof sibLanguages]
  const file = join(folder, `sib200/${name}_Latn.dev.tsv`)
  return rowsOf(file, { delimiter: '\t', quote: false })
}

function rowsOf(file: string, options: object): Record<string, string>[] {
  if (!existsSync(file)) return []
  const text = readFileSync(file, 'utf8')
  return parse(text, { columns: true, skip_empty_lines: true, relax_quotes: true, ...options })
}
