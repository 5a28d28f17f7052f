import { Buffer } from 'node:buffer'

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

const wordPattern = /[\p{L}\p{N}\p{M}]+/uy
const plainPattern = /^[a-z0-9]*$/
const plainCodesMax = 0x250
const { isWordCode, isPlain } = codeTables()

/** Letters, digits and marks in a row. Latin letters are looked up; the rest asks the pattern. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  const { length } = text
  let at = 0
  while (at < length) {
    const code = text.charCodeAt(at)
    if (code < plainCodesMax && isWordCode[code] === 0) {
      at += 1
      continue
    }
    const end = wordEnd(text, at)
    if (end > at) words.push(wordAt(text.slice(at, end), at))
    at = Math.max(end, at + 1)
  }
  return words
}

function wordEnd(text: string, start: number): number {
  let end = start
  while (end < text.length && isWordCode[text.charCodeAt(end)] === 1) end += 1
  if (end === text.length || text.charCodeAt(end) < plainCodesMax) return end
  wordPattern.lastIndex = start
  return wordPattern.test(text) ? wordPattern.lastIndex : end
}

/** What a spelling is, wherever it stands. */
type Spelling = Omit<Word, 'start' | 'end'>

/** Spellings that are kept: those that a wire uses every day. What is kept changes no result. */
const knownSpellingsMax = 16_384
const knownSpellings = new Map<string, Spelling>()

/** A piece of a text is no copy in V8: whoever keeps it would keep the whole text. */
export function copyOf(piece: string): string {
  return Buffer.from(piece).toString()
}

function wordAt(raw: string, start: number): Word {
  const { key, isCapital, isAllCaps } = knownSpellings.get(raw) ?? learn(copyOf(raw))
  return { start, end: start + raw.length, key, isCapital, isAllCaps }
}

function learn(raw: string): Spelling {
  if (knownSpellings.size >= knownSpellingsMax) knownSpellings.clear()
  const spelling = spellingOf(raw)
  knownSpellings.set(raw, spelling)
  return spelling
}

function spellingOf(raw: string): Spelling {
  const lower = raw.toLowerCase()
  const isLower = lower === raw
  return {
    key: foldWord(lower),
    isCapital: !isLower && raw.charAt(0) !== lower.charAt(0),
    isAllCaps: !isLower && raw === raw.toUpperCase(),
  }
}

/** Folds one word that is in lower case already. */
export function foldWord(lower: string): string {
  if (isPlainWord(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
}

function isPlainWord(lower: string): boolean {
  for (let at = 0; at < lower.length; at += 1) {
    if (isPlain[lower.charCodeAt(at)] !== 1) return false
  }
  return true
}

/** The keys of a name as the vocabularies write it. */
export function keysOf(name: string): string[] {
  return wordsOf(name).map(({ key }) => key)
}

/** One byte per code of the Latin blocks: what is part of a word, and what folding leaves alone. */
function codeTables() {
  const codes = Array.from({ length: plainCodesMax }, (_, code) => String.fromCharCode(code))
  return {
    isWordCode: Uint8Array.from(codes, (char) => Number(/[\p{L}\p{N}\p{M}]/u.test(char))),
    isPlain: Uint8Array.from(codes, (char) => Number(plainPattern.test(char))),
  }
}
