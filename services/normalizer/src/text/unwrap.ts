/** A line that is longer was never wrapped: it is a paragraph. */
const wrapWidthMax = 90
const wrapWidthMin = 50
/** Wires wrap at "about" 80: a word that would have ended this near the width did not fit. */
const slackChars = 3
const softLineMin = 60
/** A line with a word this long is as long as that word makes it. */
const longWord = /\S{45}/u

const indented = /^(?: {2,}|\t)/
const bullet = /^\s*(?:[•●▪◦‣*·–—]|--|-|\d{1,2}[.)])\s+\S/
const urlOnly = /^\s*\(?https?:\/\/\S+\)?\s*$/i
const sentenceEnd = /[.!?:;]["'”’»)\]]*$/

export interface UnwrapOptions {
  /** Lines that are a paragraph of their own whatever stands around them. */
  standsAlone: (line: string) => boolean
}

/**
 * Paragraphs of a plain text that may be hard-wrapped. Lines of one sentence are joined by a space,
 * never by nothing, since that glues words; a line end that the author meant stays as `\n`.
 */
export function unwrap(lines: readonly string[], options: UnwrapOptions): string[] {
  const width = wrapWidthOf(lines, options)
  return groupLines(lines, options).map((group) =>
    joinLines(
      group.map((index) => lines[index] ?? ''),
      width,
    ),
  )
}

/** The lines of each paragraph, by their numbers; empty lines belong to none. */
export function groupLines(lines: readonly string[], options: UnwrapOptions): number[][] {
  const { standsAlone } = options
  const width = wrapWidthOf(lines, options)
  const paragraphs: number[][] = []
  let open: number[] | undefined
  let alone = false
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') {
      open = undefined
      continue
    }
    const isAlone = standsAlone(line)
    const [first = 0] = open ?? []
    const opens = opensParagraph(line, lines[index - 1] ?? '', lines[first] ?? '', width)
    if (!open || isAlone || alone || opens) {
      open = []
      paragraphs.push(open)
    }
    open.push(index)
    alone = isAlone
  }
  return paragraphs
}

/**
 * The longest line where the text looks hard-wrapped, else 0. The wire's own lines do not count.
 */
function wrapWidthOf(lines: readonly string[], { standsAlone }: UnwrapOptions): number {
  let width = 0
  for (const line of lines) {
    const { length } = line.trimEnd()
    if (length <= width) continue
    if (length <= wrapWidthMax) width = length
    else if (!longWord.test(line) && !standsAlone(line)) return 0
  }
  return width >= wrapWidthMin && width <= wrapWidthMax ? width : 0
}

function opensParagraph(line: string, before: string, first: string, width: number): boolean {
  if (bullet.test(line)) return !isProse(before, line, width)
  // The lines of a bullet hang under its text.
  if (indented.test(line)) return !bullet.test(first)
  if (width > 0) return false
  return line.length > wrapWidthMax || before.length > wrapWidthMax
}

/**
 * What a wrap brought to the start of a line is no bullet: `customers \n- who`, `am \n24. Juni`.
 */
function isProse(before: string, line: string, width: number): boolean {
  return (
    /^(?:[-–—]|\d{1,2}\.)\s/.test(line) &&
    isSoft(before, line, width) &&
    !sentenceEnd.test(before.trimEnd())
  )
}

function joinLines(lines: readonly string[], width: number): string {
  let text = lines[0]?.trim() ?? ''
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue
    const before = lines[index - 1] ?? ''
    text += jointOf(before, line, width) + line.trim()
  }
  return text
}

/** `Wirtschafts-` and what else waits for its second half keeps its space. */
const hyphenEnd = /\p{L}-$/u
const secondHalf = /^\s*(?!(?:und|oder|bzw|sowie|bis|and|or|to|et|ou|e|o|y)(?!\p{L}))\p{Ll}/u

function jointOf(before: string, line: string, width: number): string {
  if (!isSoft(before, line, width)) return '\n'
  return hyphenEnd.test(before.trimEnd()) && secondHalf.test(line) ? '' : ' '
}

/** Whether the line end is the wrap's, not the author's: the next word would not have fitted. */
function isSoft(line: string, next: string, width: number): boolean {
  if (width === 0 || urlOnly.test(next) || urlOnly.test(line)) return false
  const length = line.trimEnd().length
  if (length >= softLineMin && !sentenceEnd.test(line.trimEnd())) return true
  const word = /^\s*(\S*)/.exec(next)?.[1] ?? ''
  return length + 1 + word.length > width - slackChars
}
