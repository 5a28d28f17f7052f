const tailChars = 120
const wholeLineCharsMax = 90

const capitals = "\\p{Lu}[\\p{Lu}\\p{M}'’.\\-]*(?![\\p{Ll}])"
const joint = '(?:,\\s+and\\s+|,\\s+|\\s+(?:and|et|y|und|e|&)\\s+|\\s+|/)'
const region =
  "(?:The\\s+)?\\p{Lu}[\\p{L}\\p{M}'’.\\-]{0,24}(?:\\s+\\p{Lu}[\\p{L}\\p{M}'’.\\-]{0,24}){0,2}"
/** `NEW YORK and NOIDA, India`: names in capitals, then regions in mixed case, up to the date. */
const inCapitals = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{N}])(?<text>${capitals}(?:${joint}${capitals}){0,12}(?:,\\s+${region}){0,3})\\s*,?\\s*$`,
  'u',
)
const inMixedCase = /^\s*(?<text>\p{Lu}[\p{L}\p{M}'’.,&/()\- ]*?)\s*,?\s*$/u
const smallWords = new Set(
  'a al am an auf and bei da das de del den der des di do du e el en et i im in la las le les los ob of on sur the u und upon van vom von vor y zu zum zur'.split(
    ' ',
  ),
)

/** The place that stands right before a dateline's date, and where it begins in the text. */
export function placeBefore(text: string): { text: string; start: number } | undefined {
  return asWholeLine(text) ?? asCapitals(text)
}

/** The line is nothing but the place: every word begins with a capital. */
function asWholeLine(text: string): { text: string; start: number } | undefined {
  if (text.length > wholeLineCharsMax) return undefined
  const place = inMixedCase.exec(text)?.groups?.['text']
  if (place === undefined || !looksLikePlace(place) || endsInOtherCase(place)) return undefined
  return { text: place, start: text.indexOf(place) }
}

/** Whether every word is written as one of a name: a sentence has others. */
export function looksLikePlace(place: string): boolean {
  return place
    .split(/[\s,/()]+/)
    .filter((word) => word !== '')
    .every((word) => !/^\p{Ll}/u.test(word) || smallWords.has(word))
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

function asCapitals(text: string): { text: string; start: number } | undefined {
  const offset = Math.max(0, text.length - tailChars)
  const match = inCapitals.exec(text.slice(offset))
  const place = match?.groups?.['text']
  return match && place !== undefined ? { text: place, start: offset + match.index } : undefined
}
