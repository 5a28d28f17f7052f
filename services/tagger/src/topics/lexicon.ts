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
  readonly exact: ReadonlyMap<string, readonly Meaning[]>
  readonly starts: ReadonlyMap<string, readonly (Meaning & { readonly stem: string })[]>
  readonly ends: ReadonlyMap<string, readonly (Meaning & { readonly stem: string })[]>
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>
}

/** Letters of a stem that it is filed under; no stem is shorter. */
export const filedLetters = 3

export function loadLexicon(language: Language): Lexicon {
  const lexicon = {
    exact: new Map<string, Meaning[]>(),
    starts: new Map<string, (Meaning & { stem: string })[]>(),
    ends: new Map<string, (Meaning & { stem: string })[]>(),
    phrases: new Map<string, Phrase[]>(),
  }
  for (const { heading, lines } of dataSections(`lexicon/${language}.txt`)) {
    const [topic = '', weight = '0'] = heading.split(' ')
    for (const term of lines.join(' ').split(',')) {
      file(lexicon, { topic, weight: Number(weight), term: term.trim() })
    }
  }
  return lexicon
}

function file(
  lexicon: {
    exact: Map<string, Meaning[]>
    starts: Map<string, (Meaning & { stem: string })[]>
    ends: Map<string, (Meaning & { stem: string })[]>
    phrases: Map<string, Phrase[]>
  },
  meaning: Meaning,
): void {
  const isOpen = meaning.term.endsWith('*')
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
