import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { languageRows } from './language-rows.js'
import { type Language, languages } from './languages.js'
import { createLookup, type GivenRow, type Lookup, type VocabularyRow } from './lookup.js'
import { nearestRows } from './nearest.js'

/** Keys of a filter whose values come from a vocabulary. */
export type CodesKey = 'region' | 'topic' | 'lang'

/** Every code that a filter or a tag may have, with its labels. */
export interface Codes {
  readonly lookup: (key: CodesKey) => Lookup
  /** The row of a code in its own spelling. */
  readonly row: (key: CodesKey, code: string) => VocabularyRow | undefined
  readonly labelOf: (key: CodesKey, code: string, language: Language) => string | undefined
  /** What may be meant by a code that there is not, or by a word: the best first. */
  readonly nearest: (key: CodesKey, text: string, language: Language) => readonly VocabularyRow[]
}

const file = new URL('../data/codes.tsv.gz', import.meta.url)
let loaded: Codes | undefined

/** Reads the shipped file once: 6,000 rows, some 50 ms. */
export function loadCodes(): Codes {
  loaded ??= createCodes(rowsOf(gunzipSync(readFileSync(file)).toString('utf8')))
  return loaded
}

function createCodes(rows: readonly GivenRow[]): Codes {
  const isTopic = ({ scheme }: GivenRow) => scheme === 'medtop'
  const lookups: Record<CodesKey, Lookup> = {
    region: createLookup(rows.filter((row) => !isTopic(row))),
    topic: createLookup(rows.filter(isTopic)),
    lang: createLookup(languageRows()),
  }
  const row = (key: CodesKey, code: string) => {
    const found = lookups[key].byCode(code)
    return found?.code === code ? found : undefined
  }
  return {
    lookup: (key) => lookups[key],
    row,
    labelOf: (key, code, language) => row(key, code)?.labels[language],
    nearest: (key, text, language) => nearestRows(key, lookups[key], text, language),
  }
}

/** The file's text: a row a line, `scheme code ancestors label…`, parted by tabs. */
export function codesFileOf(rows: readonly GivenRow[]): string {
  const lines = rows.map(({ scheme, code, broader, labels }) =>
    [scheme, code, broader.join(' '), ...languages.map((each) => labels[each])].join('\t'),
  )
  return `${lines.sort().join('\n')}\n`
}

function rowsOf(text: string): GivenRow[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [scheme = '', code = '', broader = '', ...labels] = line.split('\t')
      const named = languages.map((language, at) => [language, labels[at] ?? ''])
      return {
        scheme,
        code,
        broader: broader === '' ? [] : broader.split(' '),
        labels: Object.fromEntries(named) as GivenRow['labels'],
      }
    })
}
