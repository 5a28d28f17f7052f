import { codeAndRest, dataLines } from '../data-files.js'
import { type Language, languages } from '../languages.js'

/** An IPTC Media Topic of level 1. */
export interface Topic {
  /** `medtop:04000000`. */
  readonly code: string
  /** What our own data files call it: `economy`. */
  readonly key: string
  readonly labels: Readonly<Record<Language, string>>
  readonly broader: readonly string[]
}

/** Topics by the key of the data files. */
export function loadTopics(): ReadonlyMap<string, Topic> {
  const topics = dataLines('topics.txt').map((line) => {
    const { code, rest } = codeAndRest(line)
    const [key = '', ...names] = rest.split('|')
    const labels = Object.fromEntries(languages.map((language, index) => [language, names[index]]))
    return { code: `medtop:${code}`, key, labels: labels as Topic['labels'], broader: [] }
  })
  return new Map(topics.map((topic) => [topic.key, topic]))
}
