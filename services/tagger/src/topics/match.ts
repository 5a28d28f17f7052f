import { type Field, isMasked } from '../fields.js'
import type { Word } from '../words.js'
import { filedLetters, type Lexicon, type Meaning, type Phrase } from './lexicon.js'

/** A term of the lexicon in a field. */
export interface Hit extends Meaning {
  readonly field: Field
  readonly start: number
  readonly end: number
}

/** All terms in a field; words that name a region speak of no topic. */
export function matchTerms(
  field: Field,
  lexicon: Lexicon,
  isRegion: (word: number) => boolean,
): Hit[] {
  const hits: Hit[] = []
  const { words } = field
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as Word
    if (isRegion(at) || isMasked(field, word.start)) continue
    const phrases = phrasesAt(words, at, lexicon)
    for (const { meaning, last } of phrases) {
      hits.push(hitOf(meaning, field, word.start, words[last]?.end ?? word.end))
    }
    if (phrases.length > 0) {
      at = Math.max(...phrases.map(({ last }) => last))
      continue
    }
    for (const meaning of meaningsOf(word.key, lexicon)) {
      hits.push(hitOf(meaning, field, word.start, word.end))
    }
  }
  return hits
}

function hitOf({ topic, weight, term }: Meaning, field: Field, start: number, end: number): Hit {
  return { topic, weight, term, field, start, end }
}

/** Words whose meanings a lexicon keeps: those of a language that a wire uses every day. */
const knownWordsMax = 8_192

function meaningsOf(key: string, lexicon: Lexicon): readonly Meaning[] {
  const known = lexicon.known.get(key)
  if (known) return known
  if (lexicon.known.size >= knownWordsMax) lexicon.known.clear()
  const found = readMeanings(key, lexicon)
  lexicon.known.set(key, found)
  return found
}

/**
 * What the word itself means; else the longest stem that it starts with; else that it ends with.
 */
function readMeanings(key: string, lexicon: Lexicon): readonly Meaning[] {
  const exact = lexicon.exact.get(key)
  if (exact) return exact.some(({ topic }) => topic === 'none') ? [] : exact
  if (key.length <= filedLetters) return []
  const starts = lexicon.starts.get(key.slice(0, filedLetters)) ?? []
  const prefixed = longest(starts.filter(({ stem }) => key.startsWith(stem)))
  if (prefixed.length > 0) return prefixed
  const ends = lexicon.ends.get(key.slice(-filedLetters)) ?? []
  return longest(ends.filter(({ stem }) => key.endsWith(stem)))
}

function longest<T extends { readonly stem: string }>(found: readonly T[]): readonly T[] {
  if (found.length < 2) return found
  const chars = Math.max(...found.map(({ stem }) => stem.length))
  return found.filter(({ stem }) => stem.length === chars)
}

interface FoundPhrase {
  readonly meaning: Phrase
  readonly last: number
}

const none: readonly FoundPhrase[] = []

function phrasesAt(words: readonly Word[], at: number, lexicon: Lexicon): readonly FoundPhrase[] {
  const phrases = lexicon.phrases.get(words[at]?.key ?? '')
  if (!phrases) return none
  return phrases
    .filter(({ rest, isOpen }) =>
      rest.every((key, index) => {
        const found = words[at + 1 + index]?.key
        const isLast = index === rest.length - 1
        return found === key || (isOpen && isLast && found?.startsWith(key) === true)
      }),
    )
    .map((meaning) => ({ meaning, last: at + meaning.rest.length }))
}
