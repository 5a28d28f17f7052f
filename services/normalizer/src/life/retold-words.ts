import type { NormalizedItem } from '@newswire/model'

type Words = Pick<NormalizedItem, 'headline' | 'subheadline' | 'body' | 'source'>

/** What a text is to one that stands: the same, a part of it, that one and more, or another. */
export type Relation = 'same' | 'less' | 'more' | 'other'

/** A shorter text stands in many others by chance. */
const charsMin = 40
/** The same for a headline that was cut. */
const headlineCharsMin = 20

const cutEnd = /\s*[[(]?(?:\.{3}|…)[\])]?\s*$/u
const mediaMark = /\s*\((?:FOTO|AUDIO|VIDEO|BILD|PHOTO)\)\s*$/iu

/** Whether a text ends in the sign that there is more of it. */
export function isCut(text: string): boolean {
  return cutEnd.test(text)
}

/**
 * Compares what a reader sees of two texts. Between two sources case, punctuation and white space
 * don't count, but signs of numbers do; a source's own words count as they are. Of full texts none
 * is a part of another.
 */
export function relationOf(draft: Words, standing: Words): Relation {
  const isOwn = draft.source === standing.source
  const wordsOf = isOwn ? exactWords : looseWords
  const headline = partOf(
    wordsIn(draft.headline, wordsOf),
    wordsIn(standing.headline, wordsOf),
    headlineCharsMin,
  )
  if (headline === 'other') return 'other'
  const text = textRelation(
    wordsIn(textOf(draft), wordsOf),
    wordsIn(textOf(standing), wordsOf),
    isOwn,
  )
  const isWhole = draft.body.complete && standing.body.complete
  if (isWhole && text !== 'same') return 'other'
  if (headline === 'same') return text
  return text === 'same' || text === headline ? headline : 'other'
}

function textRelation(one: Part, other: Part, isOwn: boolean): Relation {
  if (one.words === other.words) return 'same'
  // A source that leaves out the end without a sign of it has edited.
  if (isOwn && !(one.isCut && other.isCut)) return 'other'
  if (one.words === '' || isWithin(one, other)) return 'less'
  return partOf(one, other, charsMin)
}

interface Part {
  words: string
  isCut: boolean
}

function wordsIn(text: string, wordsOf: (text: string) => string): Part {
  const bare = text.replace(mediaMark, '')
  return { words: wordsOf(bare.replace(cutEnd, '')), isCut: isCut(bare) }
}

function textOf({ subheadline, body }: Words): string {
  return `${subheadline ?? ''}\n${body.text}`
}

function partOf(one: Part, other: Part, min: number): Relation {
  if (one.words === other.words) return 'same'
  if (isBeginning(one, other, min)) return 'less'
  return isBeginning(other, one, min) ? 'more' : 'other'
}

/** A cut may go through a word; what ends by itself ends with one. */
function isBeginning({ words, isCut }: Part, { words: whole }: Part, min: number): boolean {
  if (words.length < min || !whole.startsWith(words)) return false
  return isCut || whole[words.length] === ' '
}

/** Without the line that stands above the text in another feed. */
function isWithin({ words }: Part, { words: whole }: Part): boolean {
  return words.length >= charsMin && ` ${whole} `.includes(` ${words} `)
}

function exactWords(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

const dashes = /[\u2010-\u2015\u2212]/gu
const word = /-?\d+(?:[.,:]\d+)*|[\p{L}\p{M}\p{N}]+/gu

function looseWords(text: string): string {
  const even = text.normalize('NFKC').toLowerCase().replace(dashes, '-')
  return (even.match(word) ?? []).join(' ')
}
