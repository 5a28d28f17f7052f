/** A word of a text, with UTF-16 offsets. */
export interface Word {
  readonly start: number
  readonly end: number
  /** Lower case, no accents: what vocabularies are keyed by. */
  readonly key: string
  readonly isCapital: boolean
  /** Every letter is a capital; digits don't count, but a number alone is none. */
  readonly isAllCaps: boolean
}

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu
const plainPattern = /^[a-z0-9]*$/

export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const { 0: raw, index } of text.matchAll(wordPattern)) {
    words.push(wordAt(raw, index))
  }
  return words
}

function wordAt(raw: string, start: number): Word {
  const lower = raw.toLowerCase()
  const first = raw.charAt(0)
  return {
    start,
    end: start + raw.length,
    key: foldWord(lower),
    isCapital: first !== lower.charAt(0),
    isAllCaps: raw !== lower && raw === raw.toUpperCase(),
  }
}

/** Folds one word that is in lower case already. */
export function foldWord(lower: string): string {
  if (plainPattern.test(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
}

/** The keys of a name as the vocabularies write it. */
export function keysOf(name: string): string[] {
  return wordsOf(name).map(({ key }) => key)
}
