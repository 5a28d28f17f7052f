const tailChars = 120
const wholeLineCharsMax = 90
/** Longer names are a title in capitals that ran into the place. */
const nameWordsMax = 5

const capitals = "['’]?\\p{Lu}[\\p{Lu}\\p{M}'’.\\-]*(?![\\p{Ll}])"
const joint = '(?:,\\s+and\\s+|,\\s+|\\s+(?:and|et|y|und|e|&|/)\\s+|\\s+|/)'
const region =
  "(?:The\\s+)?\\p{Lu}[\\p{L}\\p{M}'’.\\-]{0,24}(?:\\s+\\p{Lu}[\\p{L}\\p{M}'’.\\-]{0,24}){0,2}"
/** `NEW YORK and NOIDA, India`: names in capitals, then regions in mixed case, up to the date. */
const inCapitals = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{N}])(?<text>${capitals}(?:${joint}${capitals}){0,12}(?:,\\s+${region}){0,3})$`,
  'u',
)
const inMixedCase = /^\s*(?<text>(?:['’]|\p{Lu})[\p{L}\p{M}'’.,&/()\- ]*?)$/u
/** `… data centers Dubai, United Arab Emirates`: behind a word in small letters, or a full stop. */
const behindProse = new RegExp(
  `(?:[\\p{Ll}\\d]|[.!?;:)])\\s+(?<text>${region}(?:,\\s+${region}){0,2})$`,
  'u',
)
const inHan = /(?<text>[\p{Lo}\p{M}]{1,20}(?:\s*[、,，·和及]\s*[\p{Lo}\p{M}]{1,20}){0,4})$/u
/** `9:00 A.M. ET NEW YORK`: a notice in capitals ran into the place. */
const clockBefore = /^.{0,40}?(?<!\p{L})[AP]\.?M\.?(?:\s+[A-Z]{2,4}(?=\s))?\s+/u
/** `… NEWSWIRE SERVICES. VANCOUVER`: a sentence in capitals did. */
const sentenceBefore = /^.*\p{Lu}{5}\.\s+(?=\p{Lu})/u
const smallWords = new Set(
  'a al am an auf and bei da das de del den der des di do du e el en et i im in la las le les los ob of on sur the u und upon van vom von vor y zu zum zur'.split(
    ' ',
  ),
)

interface Place {
  text: string
  start: number
}

export interface PlaceOptions {
  /** No date proves that this is a dateline: only a short name in capitals does. */
  isAlone: boolean
}

/** A text without the spaces, commas and dashes at its ends. */
export function withoutEdge(text: string): string {
  return text.replace(/^\s+|[\s,，、\-\u2010-\u2015]+$/gu, '')
}

/** The place that stands right before a dateline's date, and where it begins in the text. */
export function placeBefore(text: string, { isAlone }: PlaceOptions): Place | undefined {
  const cut = text.replace(/[\s,，、\-\u2010-\u2015]+$/u, '')
  const whole = asWholeLine(cut)
  if (isAlone) return whole && /^\p{Lu}{2}/u.test(whole.text) ? whole : undefined
  return whole ?? asCapitals(cut) ?? atEnd(cut, behindProse) ?? atEnd(cut, inHan)
}

/** The line is nothing but the place: every word begins with a capital. */
function asWholeLine(text: string): Place | undefined {
  if (text.length > wholeLineCharsMax) return undefined
  const place = inMixedCase.exec(text)?.groups?.['text']
  if (place === undefined || !looksLikePlace(place) || endsInOtherCase(place)) return undefined
  return sentenceBefore.test(place) ? undefined : { text: place, start: text.indexOf(place) }
}

/** Whether every word is written as one of a name: a sentence has others. */
export function looksLikePlace(place: string): boolean {
  return place
    .split(/[\s,/()]+/)
    .filter((word) => word !== '')
    .every((word) => !/^\p{Ll}/u.test(word) || /^[dl]['’]/u.test(word) || smallWords.has(word))
}

/** `Award for Acme Group NEW YORK`: a title in mixed case ran into a name in capitals. */
function endsInOtherCase(place: string): boolean {
  const first = place.split(',', 1)[0] ?? ''
  const words = first.split(/\s+/)
  return isCapitals(words.at(-1) ?? '') && words.some((word) => /\p{Ll}{2}/u.test(word))
}

function isCapitals(word: string): boolean {
  return /^\p{Lu}{3,}$/u.test(word)
}

function asCapitals(text: string): Place | undefined {
  const found = atEnd(text, inCapitals)
  if (!found) return undefined
  const clock = clockBefore.exec(found.text)?.[0].length ?? 0
  const sentence = sentenceBefore.exec(found.text)?.[0].length ?? 0
  const title = titleBefore(found.text)
  const before = Math.max(clock, sentence, title)
  return { text: found.text.slice(before), start: found.start + before }
}

/** `ACME OPENS PLANT IN OLD TOWN NEW YORK, N.Y.`: the last two words are the best guess. */
function titleBefore(text: string): number {
  const first = text.split(',', 1)[0] ?? ''
  const words = first.split(/\s+/)
  if (words.length <= nameWordsMax || /\s(?:and|&|et|y|und|e)\s/u.test(first)) return 0
  return first.length - words.slice(-2).join(' ').length
}

function atEnd(text: string, form: RegExp): Place | undefined {
  const offset = Math.max(0, text.length - tailChars)
  const match = form.exec(text.slice(offset))
  const place = match?.groups?.['text']
  if (!match || place === undefined) return undefined
  return { text: place, start: offset + match.index + match[0].length - place.length }
}
