import { dataSections } from '../data-files.js'
import type { Language } from '../languages.js'
import { keysOf } from '../words.js'

/** What one term of the lexicon says: `topic` is a key of topics.txt, or `none`. */
export interface Meaning {
  readonly topic: string
  /** 1 a hint, 2 strong, 3 telling. */
  readonly weight: number
  /** The term as the file spells it: two forms of one word are one term. */
  readonly term: string
}

export interface Phrase extends Meaning {
  readonly rest: readonly string[]
  readonly isOpen: boolean
}

/** Words of one language; stems are filed under their first or last letters for one look-up. */
export interface Lexicon {
  readonly exact: Map<string, Meaning[]>
  readonly starts: Map<string, (Meaning & { readonly stem: string })[]>
  readonly ends: Map<string, (Meaning & { readonly stem: string })[]>
  readonly phrases: Map<string, Phrase[]>
  /** What words were found to mean. */
  readonly known: Map<string, readonly Meaning[]>
}

/** Letters of a stem that it is filed under; no stem is shorter. */
export const filedLetters = 3

export function loadLexicon(language: Language): Lexicon {
  const lexicon = emptyLexicon()
  for (const meaning of readTerms(`lexicon/${language}.txt`)) addTerm(lexicon, meaning)
  return lexicon
}

export function emptyLexicon(): Lexicon {
  return {
    exact: new Map(),
    starts: new Map(),
    ends: new Map(),
    phrases: new Map(),
    known: new Map(),
  }
}

/** Terms of a file of `[topic weight]` headings; without a weight it is 1. */
export function readTerms(file: string): Meaning[] {
  return dataSections(file).flatMap(({ heading, lines }) => {
    const [topic = '', weight = '1'] = heading.split(' ')
    const terms = lines.join(' ').split(',')
    return terms
      .map((term) => ({ topic, weight: Number(weight), term: term.trim() }))
      .filter(({ term }) => term !== '')
  })
}

/** `fan-*` is the word before a hyphen, which ends it: "Fan-Zone", but not "fand". */
export function addTerm(lexicon: Lexicon, meaning: Meaning): void {
  const isOpen = meaning.term.endsWith('*') && !meaning.term.endsWith('-*')
  const [stem = '', ...rest] = keysOf(meaning.term)
  if (stem === '') return
  if (rest.length > 0) push(lexicon.phrases, stem, { ...meaning, rest, isOpen })
  else if (meaning.term.startsWith('*')) {
    push(lexicon.ends, stem.slice(-filedLetters), { ...meaning, stem })
  } else if (isOpen && stem.length >= filedLetters) {
    push(lexicon.starts, stem.slice(0, filedLetters), { ...meaning, stem })
  } else push(lexicon.exact, stem, meaning)
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
