import { withoutIllegal } from '@newswire/model'

/** Few texts hold any of these; the others are found right in one look. Emoji get a second one. */
const doubtful = /[^\t\n\r -~\u00a0-\ud7ff\ue002-\ufdcf\ufdf0-\ufffc]/
const controls = /[\u007f-\u0084\u0086-\u009f\ue000\ue001\p{Noncharacter_Code_Point}]/gu
const lost = /\ufffd/g
const nextLine = /\u0085/g

/**
 * Text that no reader complains of: without what XML 1.0 forbids (section 2.2), and without what it
 * discourages and validators remark on: C1 controls, code points that are no characters, and
 * U+FFFD, which says that a character was lost. Nor with the two signs of private use that mark
 * texts while the library writes (`Texts`).
 */
export function readable(text: string): string {
  if (!doubtful.test(text)) return text
  return withoutIllegal(text).replace(controls, '').replace(nextLine, '\n').replace(lost, '?')
}

/** The value with every string in it readable, at any depth; the same object where all are. */
export function readableThroughout<T>(value: T): T
export function readableThroughout(value: unknown): unknown {
  if (typeof value === 'string') return readable(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return readableList(value)
  let changed: Record<string, unknown> | undefined
  for (const [key, each] of Object.entries(value)) {
    const shown = readableThroughout(each)
    if (shown === each) continue
    changed ??= { ...value }
    changed[key] = shown
  }
  return changed ?? value
}

function readableList(values: readonly unknown[]): readonly unknown[] {
  const shown = values.map((each) => readableThroughout(each))
  return shown.some((each, at) => each !== values[at]) ? shown : values
}

/** Single spaces, most of a text, are right as they stand. */
const unevenSpace = / \s+|[^\S ]\s*/g

export function oneLine(text: string): string {
  return text.replace(unevenSpace, ' ').trim()
}

/** At most so many UTF-16 units of the text in one line, cut at a word, never in a character. */
export function beginningOf(whole: string, charsMax: number): string {
  // Runs of white space are short, so the rest of a long text need not be looked at.
  const text = oneLine(whole.slice(0, 4 * charsMax))
  const isWhole = whole.length <= 4 * charsMax && text.length <= charsMax
  if (isWhole) return text
  const kept = text.slice(0, charsMax)
  const words = text.length > charsMax ? kept.replace(/\s+\S*$/, '') : kept
  return `${words.replace(/[\ud800-\udbff]$/, '')} …`
}

/**
 * Plain text as XML character data or attribute value. `&` and `<` are hexadecimal references, as
 * the RSS Advisory Board's profile asks for plain text (so "S&P500" is no start of an entity).
 */
export function xmlText(plain: string): string {
  return plain
    .replaceAll('&', '&#x26;')
    .replaceAll('<', '&#x3C;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** HTML as character data that stays readable in the source of a feed. */
export function xmlData(html: string): string {
  return `<![CDATA[${html.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

/**
 * Whether a reader that guesses takes the plain text for HTML: by an end tag. Character references
 * it would look for too, but `&` is written as the profile has it (see `xmlText`).
 */
export function looksLikeMarkup(plain: string): boolean {
  return /<\/\w/.test(plain)
}

const wordJoiner = '\u2060'

/**
 * Plain text for RSS, whose titles do not say whether they are text or HTML: readers guess. What
 * looks like an end tag gets an invisible word joiner (U+2060), so it is shown as written.
 */
export function unmistakable(plain: string): string {
  return plain.replace(/<(?=\/\w)/g, `<${wordJoiner}`)
}
