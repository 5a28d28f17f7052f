import type { Evidence, NormalizedItem } from '@newswire/model'
import { datelineEnd } from './dateline.js'
import { type Word, wordsOf } from './words.js'

export type FieldName = Evidence['field']

/** A text of an item that is tagged; offsets of evidence count in `text`. */
export interface Field {
  readonly name: 'headline' | 'text' | 'dateline'
  readonly text: string
  readonly words: readonly Word[]
  /** From here on the text speaks of the issuer, not of the news. */
  readonly aboutFrom: number
  /** Up to here it is a dateline that nobody took off. */
  readonly datelineTo: number
  /** Parts that speak of the wire: credit lines, addresses. Sorted, apart from each other. */
  readonly masked: readonly Part[]
}

interface Part {
  readonly start: number
  readonly end: number
}

/** What of an item is tagged. */
export type Taggable = Pick<
  NormalizedItem,
  'headline' | 'language' | 'dateline' | 'sourceCodes' | 'subheadline'
> & { readonly body: Pick<NormalizedItem['body'], 'text'> }

/** Characters of a text that are looked at; what follows is appendix, tables and addresses. */
export const taggedCharsMax = 40_000

const maskPattern =
  /https?:\/\/\S+|www\.\S+|^(?:Original-Content von|OTS-ORIGINALTEXT|SOURCE |Quelle:|Source ?:).*$/gim
const mailPattern = /[\w.+-]{1,64}@[\w.-]{1,255}/g
const aboutPattern =
  /^[ \t]*(?:über (?:die |das |den )?\p{Lu}|about (?:the )?\p{Lu}|à propos d|a propos d|informazioni su|sobre (?:la |el )?\p{Lu}|acerca de)[^\n]{0,80}$|^[ \t]*(?:pressekontakt|rückfragehinweis|rückfragen|medienkontakt|media contact|press contact|contact presse|contatti stampa|contacto de prensa|forward-looking statements?|safe harbor)[^\n]{0,80}$/imu

/** Dateline first, as it weighs most. */
export function fieldsOf(item: Taggable): Field[] {
  const dateline = item.dateline?.raw ?? ''
  return [
    field('dateline', dateline, { datelineTo: dateline.length }),
    field('headline', item.headline, {}),
    field('text', item.body.text, {
      datelineTo: dateline === '' ? datelineEnd(item.body.text) : 0,
    }),
  ]
}

function field(
  name: Field['name'],
  text: string,
  { datelineTo = 0 }: { datelineTo?: number },
): Field {
  const looked = text.length > taggedCharsMax ? text.slice(0, taggedCharsMax) : text
  const isText = name === 'text'
  return {
    name,
    text,
    words: wordsOf(looked),
    datelineTo,
    aboutFrom: isText ? (aboutPattern.exec(looked)?.index ?? text.length) : text.length,
    masked: isText ? maskedParts(looked) : [],
  }
}

function maskedParts(text: string): Part[] {
  const parts = partsOf(text, maskPattern)
  // Dear to look for, and seldom there.
  if (!text.includes('@')) return parts
  const mails = partsOf(text, mailPattern)
  const apart = mails.filter(({ start }) => !isWithin(parts, start))
  return [...parts, ...apart].sort((a, b) => a.start - b.start)
}

function partsOf(text: string, pattern: RegExp): Part[] {
  return [...text.matchAll(pattern)].map(({ 0: part, index }) => ({
    start: index,
    end: index + part.length,
  }))
}

export function isMasked({ masked }: Field, at: number): boolean {
  return isWithin(masked, at)
}

function isWithin(parts: readonly Part[], at: number): boolean {
  let low = 0
  let high = parts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((parts[middle]?.end ?? 0) <= at) low = middle + 1
    else high = middle
  }
  const part = parts[low]
  return part !== undefined && at >= part.start
}
