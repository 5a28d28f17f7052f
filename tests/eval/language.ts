import { findLanguage } from '@newswire/tagger'
import { eld } from 'eld/extrasmall'
import { franc } from 'franc'
import { detect } from 'tinyld'
import { percent, table } from './report.js'
import type { Sentence } from './sets.js'

const wordsTold = 6

const iso1: Readonly<Record<string, string>> = {
  deu: 'de',
  eng: 'en',
  fra: 'fr',
  ita: 'it',
  spa: 'es',
}

const systems: readonly { name: string; of: (text: string) => string }[] = [
  {
    name: 'Newswire',
    of: (text) => findLanguage({ headline: '', language: 'und', body: { text } }).code,
  },
  { name: 'eld (extrasmall)', of: (text) => eld.detect(text).language },
  { name: 'tinyld', of: detect },
  { name: 'franc', of: (text) => iso1[franc(text, { minLength: 1 })] ?? '' },
  {
    name: 'franc, told the five',
    of: (text) => iso1[franc(text, { minLength: 1, only: Object.keys(iso1) })] ?? '',
  },
]

/** Share of sentences whose language is found, from their first words and from all of them. */
export function reportLanguages(sentences: readonly Sentence[]): string {
  const rows = systems.map(({ name, of }) => {
    const right = (words: number) =>
      sentences.filter(({ text, language }) => of(firstWords(text, words)) === language).length /
      sentences.length
    return [name, percent(right(wordsTold)), percent(right(Number.POSITIVE_INFINITY))]
  })
  const wrong = sentences
    .map((each) => ({ ...each, first: firstWords(each.text, wordsTold) }))
    .map((each) => ({ ...each, found: systems[0]?.of(each.first) }))
    .filter(({ found, language }) => found !== language)
  return [
    `LANGUAGE: ${sentences.length} sentences of SIB-200 dev in de, en, fr, it, es`,
    table(['', `first ${wordsTold} words`, 'whole'], rows),
    'What we get wrong at six words:',
    ...wrong.map(({ first, language, found }) => `  ${language} taken for ${found}: ${first}`),
  ].join('\n')
}

function firstWords(text: string, count: number): string {
  return text.split(' ').slice(0, count).join(' ')
}
