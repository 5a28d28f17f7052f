import type { NormalizedItem, Tag } from '@newswire/model'
import { eld } from 'eld/extrasmall'
import { isLanguage } from './languages.js'

/** From so many letters on, a text may overrule what its source states. */
const overruleLettersMin = 200
/** Without a statement, fewer letters than these are no ground for an answer. */
const detectLettersMin = 12
/** The stated language must explain the text at most so well as the found one. */
const disagreementMax = 0.85
/** Characters of a text that are read: a sentence is enough (SIB-200: 100 %), three are sure. */
const readCharsMax = 480
/** Up to so many characters a name or a foreign word can outweigh the rest of the text. */
const shortCharsMax = 120
/** What the words in lower case count beside the whole: names of people and places have none. */
const lowerCaseWeight = 0.5
/** Releases come in the languages of the vocabularies far more often than in their neighbours. */
const expectedFactor = 1.02
const evidenceCharsMax = 60

export interface LanguageFinding {
  /** ISO 639-1, or `und`. */
  readonly code: string
  readonly tag: Tag | undefined
}

type Spoken = Pick<NormalizedItem, 'headline' | 'language'> & { readonly body: { text: string } }

/** The source's statement, unless it says nothing or the text clearly speaks another language. */
export function findLanguage(item: Spoken): LanguageFinding {
  const stated = primarySubtag(item.language)
  // An item of several languages takes that of its body.
  const field = hasLetters(item.body.text, detectLettersMin) ? 'text' : 'headline'
  const text = field === 'text' ? item.body.text : item.headline
  const read = plain(text.slice(0, readCharsMax))
  if (!hasLetters(read, detectLettersMin)) return statement(stated)
  const found = eld.detect(read)
  const scores = scoresOf(found.getScores(), read)
  const code = likeliest(scores)
  if (code === '') return statement(stated)
  if (code === stated) return confirmed(stated, field, text)
  if (stated === 'und') return detected(code, field, text, found.isReliable())
  const disagrees =
    (scores[stated] ?? 0) <= (scores[code] ?? 0) * disagreementMax && found.isReliable()
  if (!disagrees || !hasLetters(read, overruleLettersMin)) return statement(stated)
  return detected(code, field, text, true)
}

type Scores = Readonly<Record<string, number>>

/** A short text is read twice, once without its names: "Si visita Rogaland" is no Norwegian. */
function scoresOf(whole: Scores, text: string): Scores {
  if (text.length > shortCharsMax) return whole
  const lower = text
    .split(/\s+/)
    .filter((word) => word === word.toLowerCase())
    .join(' ')
  if (!hasLetters(lower, 2)) return whole
  const again: Scores = eld.detect(lower).getScores()
  const sums = Object.entries(whole).map(
    ([code, score]) => [code, score + lowerCaseWeight * (again[code] ?? 0)] as const,
  )
  return Object.fromEntries(sums)
}

function likeliest(scores: Scores): string {
  let found = ''
  let most = 0
  for (const [code, score] of Object.entries(scores)) {
    const weighed = isLanguage(code) ? score * expectedFactor : score
    if (weighed > most) [found, most] = [code, weighed]
  }
  return found
}

function statement(code: string): LanguageFinding {
  if (code === 'und') return { code, tag: undefined }
  const place = { field: 'source' as const, start: 0, end: code.length, text: code }
  const evidence = [{ ...place, weight: 1, how: 'source' as const }]
  return { code, tag: languageTag(code, 1, 'source', evidence) }
}

/** The statement, with the words that bear it out. */
function confirmed(code: string, field: 'text' | 'headline', text: string): LanguageFinding {
  return { code, tag: languageTag(code, 1, 'source', [opening(field, text)]) }
}

function detected(
  code: string,
  field: 'text' | 'headline',
  text: string,
  isReliable: boolean,
): LanguageFinding {
  const score = isReliable ? 0.95 : 0.6
  return { code, tag: languageTag(code, score, 'model', [opening(field, text)]) }
}

function opening(field: 'text' | 'headline', text: string): Tag['evidence'][number] {
  const end = wordEnd(text, evidenceCharsMax)
  return { field, start: 0, end, text: text.slice(0, end), weight: 1, how: 'model' }
}

function languageTag(code: string, score: number, how: Tag['how'], evidence: Tag['evidence']): Tag {
  return { scheme: 'lang', code, label: code, score, primary: true, how, evidence, broader: [] }
}

function primarySubtag(language: string): string {
  const subtag = language.toLowerCase().split(/[-_]/)[0] ?? ''
  return /^[a-z]{2,3}$/.test(subtag) ? subtag : 'und'
}

/** Addresses are in no language. */
function plain(text: string): string {
  if (!/@|http/.test(text)) return text
  return text.replace(/https?:\/\/\S+|[\w.+-]{1,64}@\S+/g, ' ')
}

function hasLetters(text: string, lettersMin: number): boolean {
  let letters = 0
  const pattern = /\p{L}/gu
  while (letters < lettersMin && pattern.test(text)) letters += 1
  return letters >= lettersMin
}

/** The end of the last whole word within the limit. */
function wordEnd(text: string, charsMax: number): number {
  if (text.length <= charsMax) return text.length
  const space = text.lastIndexOf(' ', charsMax)
  return space > 0 ? space : charsMax
}
