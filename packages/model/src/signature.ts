import { fold } from './fold.js'
import type { NormalizedItem } from './item.js'

/** What of a release stays the same in every language: for telling whether two are one. */
export interface Signature {
  /** Distinctive numbers of headline and first sentences, `1234.5`. */
  lead: readonly string[]
  /** The same of the whole text above the words about the issuer. */
  numbers: readonly string[]
  /** Words that begin with a capital letter in the midst of a sentence, folded. */
  names: readonly string[]
  /** Addresses that lead to more than a front page, without scheme. */
  links: readonly string[]
  tickers: readonly string[]
  /** The dateline's day, `YYYY-MM-DD`. */
  date?: string
  /** The dateline's first place, folded. */
  place?: string
  /** The wire as the dateline names it: `ots/PRNewswire`. */
  wire?: string
}

const limits = {
  textChars: 5_000,
  leadChars: 600,
  lead: 16,
  numbers: 48,
  names: 32,
  links: 12,
  tickers: 8,
} as const

export type Signed = Pick<
  NormalizedItem,
  'headline' | 'subheadline' | 'body' | 'links' | 'tickers' | 'dateline' | 'issuer'
>

export function signatureOf(item: Signed): Signature {
  const text = aboveAbout(item.body.text.slice(0, limits.textChars))
  const head = `${item.headline}\n${item.subheadline ?? ''}`
  const { date, places = [], wire } = item.dateline ?? {}
  const place = fold(places[0] ?? '')
  const lead = numbersOf(`${head}\n${text.slice(0, limits.leadChars)}`)
  return {
    lead: lead.slice(0, limits.lead),
    numbers: [...new Set([...lead, ...numbersOf(text)])].slice(0, limits.numbers),
    names: namesOf(text, `${item.issuer.name} ${places.join(' ')}`),
    links: item.links.flatMap(deepLinkOf).slice(0, limits.links),
    tickers: item.tickers.slice(0, limits.tickers),
    ...(date === undefined ? {} : { date }),
    ...(place === '' ? {} : { place }),
    ...(wire === undefined ? {} : { wire }),
  }
}

/** The words about the issuer and its forecasts are the same under all of its releases. */
const aboutHeading =
  /\n\n\s*(?:About|Über|À propos|A propos|Acerca de|Sobre|Informazioni su|Chi è|Forward[- ]Looking|Safe Harbor|Disclaimer|Zukunftsgerichtete|Vorausschauende)\b/iu

function aboveAbout(text: string): string {
  const at = text.search(aboutHeading)
  return at > 0 ? text.slice(0, at) : text
}

const wordGap = /[ \t\n]+/
const groupSpace = /(?<=\d)[\u00a0\u202f](?=\d{3})/gu
const address = /:\/\/|@|^www\./iu
const dateOrTime = /^\W*(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2})/u
const phoneBegin = /^\W*(?:\+\d|\(0\)|0\d{2,5}(?:[/-]\d+)*\/?$)/u
const phonePart = /^[\d()/.-]{1,16}$/u
const figure =
  /^(?:\p{Sc}|\p{Lu}{2,3}\p{Sc}|[^\p{L}\d+]){0,3}(?<figure>\d{1,3}(?:[.,'’]\d{3})+(?:[.,]\d{1,3})?|\d+(?:[.,]\d+)?)[^\p{L}\d]{0,4}$/u
const assigned = /^\W{0,2}\p{L}{1,2}[=<>≤]/u
const smallMax = 100
const years = { from: 1900, to: 2100 } as const

/**
 * Distinctive numbers in order, each once: no years, no small whole numbers, no dates, no phones,
 * none that are part of a name (`CUR-118`). `1.234,5`, `1,234.5` and `1’234.5` are one number.
 */
export function numbersOf(text: string): string[] {
  const found = new Set<string>()
  let isInPhone = false
  for (const word of text.replace(groupSpace, '').split(wordGap)) {
    if (!/\d/.test(word)) {
      isInPhone &&= phonePart.test(word)
      continue
    }
    isInPhone = phoneBegin.test(word) || (isInPhone && phonePart.test(word))
    const number = isInPhone ? undefined : numberIn(word)
    if (number !== undefined) found.add(number)
  }
  return [...found]
}

function numberIn(word: string): string | undefined {
  if (address.test(word) || dateOrTime.test(word)) return undefined
  const written = figure.exec(word.replace(assigned, ''))?.groups?.['figure']
  if (written === undefined) return undefined
  const value = figureOf(written)
  return isDistinctive(value, written) ? String(value) : undefined
}

function figureOf(written: string): number {
  const plain = written.replace(/['’]/gu, '')
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','))
  if (last < 0) return Number(plain)
  const [head, tail] = [plain.slice(0, last), plain.slice(last + 1)]
  const whole = head.replace(/[.,]/g, '')
  const groups = tail.length === 3 && isGrouped(head, plain[last])
  return groups ? Number(`${whole}${tail}`) : Number(`${whole}.${tail}`)
}

/** Three digits behind one kind of sign are thousands; `1.234,567` ends in decimals. */
function isGrouped(head: string, sign: string | undefined): boolean {
  const other = sign === '.' ? ',' : '.'
  return !head.includes(other) && head !== '0'
}

function isDistinctive(value: number, written: string): boolean {
  if (!Number.isInteger(value)) return true
  const isYear = value >= years.from && value <= years.to && /^\d{4}$/.test(written)
  return value >= smallMax && !isYear
}

const capitalised = /^[("„“‘']{0,2}(?<name>\p{Lu}[\p{Script=Latin}\p{N}-]{3,30})/u
const sentenceEnd = /[.!?:]["”“’)]{0,2}$/u

/** A first look that costs little: most words begin with a small letter. */
function mayBeName(word: string): boolean {
  const code = word.charCodeAt(0)
  return !(code >= 97 && code <= 122)
}

/** Names in Latin script that stand within a sentence; what the issuer and the place bring, not. */
function namesOf(text: string, known: string): string[] {
  const written = new Set<string>()
  for (const line of text.split('\n')) {
    const words = line.split(' ')
    words.forEach((word, at) => {
      if (at === 0 || !mayBeName(word) || sentenceEnd.test(words[at - 1] ?? '')) return
      const name = capitalised.exec(word)?.groups?.['name']
      if (name !== undefined) written.add(name)
    })
  }
  const ignored = new Set(['', ...fold(known).split(' ')])
  const names = new Set(
    Array.from(written)
      .slice(0, 2 * limits.names)
      .map(fold),
  )
  return [...names].filter((name) => !ignored.has(name)).slice(0, limits.names)
}

/** Host and path; none for a front page, or a page in a language's front room. */
function deepLinkOf(link: string): string[] {
  if (!URL.canParse(link)) return []
  const { host, pathname } = new URL(link)
  const path = pathname.replace(/\/+$/, '').replace(/^\/(?:[a-z]{2}(?:-[a-z]{2})?)(?=\/|$)/iu, '')
  return path.length < 4 ? [] : [`${host.replace(/^www\./, '')}${path}`.toLowerCase()]
}
